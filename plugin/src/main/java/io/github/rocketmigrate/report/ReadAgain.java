package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds broadcasting groups that consume old messages once more. Before 5.2.0, a client keeps no offset of a queue while it
 * does not read it. When a step opens the queue again, the client begins where its application says: by default at the end,
 * otherwise at the first message.
 */
final class ReadAgain {
    private static final int KEEPS_MAJOR = 5;
    private static final int KEEPS_MINOR = 2;

    private ReadAgain() {}

    /** A sentence for each topic, group and cluster. */
    static List<String> lines(Traffic traffic, List<MoveTopic> moves) {
        List<String> lines = new ArrayList<>();
        for (MoveTopic move : moves) {
            String topic = move.subject().name();
            for (Side side : Side.values()) {
                long held = opens(move, side) ? held(traffic, side, topic) : 0;
                if (held > 0) {
                    traffic.groupsOf(topic).forEach(group -> {
                        long clients = clients(traffic, group);
                        if (clients > 0) {
                            lines.add(topic + ": " + Counts.of(clients, "client") + " of the broadcasting group "
                                    + group + " "
                                    + Counts.verb(clients, "consumes", "consume") + " what the " + side.word()
                                    + " still has (" + Counts.messages(held)
                                    + ") once more from the first message on. The"
                                    + " application asks for it (CONSUME_FROM_FIRST_OFFSET), and clients before 5.2.0"
                                    + " forget their place in queues that they do not read.");
                        }
                    });
                }
            }
        }
        return lines;
    }

    private static boolean opens(MoveTopic move, Side side) {
        return move.wanted().at(side).isReadable()
                && move.found().at(side).stream().noneMatch(Access::isReadable);
    }

    private static long held(Traffic traffic, Side side, String topic) {
        return traffic.at(side).queues().topics().getOrDefault(topic, Map.of()).values().stream()
                .mapToLong(range -> range.next() - range.first())
                .sum();
    }

    private static long clients(Traffic traffic, String group) {
        return List.of(Side.values()).stream()
                .map(side -> traffic.at(side).clients().group(group))
                .filter(ConsumerGroup::broadcasting)
                .filter(ConsumerGroup::beginsAtFirst)
                .flatMap(known -> known.members().values().stream())
                .map(GroupMember::client)
                .filter(client -> !keepsPlaces(client))
                .map(Client::id)
                .distinct()
                .count();
    }

    private static boolean keepsPlaces(Client client) {
        return ServerVersion.of(client.version())
                .filter(version -> version.isAtLeast(KEEPS_MAJOR, KEEPS_MINOR, 0))
                .isPresent();
    }
}
