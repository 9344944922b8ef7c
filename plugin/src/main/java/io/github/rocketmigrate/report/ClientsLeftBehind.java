package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.SwitchedClients;
import io.github.rocketmigrate.observe.SwitchedClients.OldClient;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The clients of a group that have not switched, although topics of the group have left the source. Somebody has
 * configured them back or started an old version, or a waiver let the topics pass them.
 *
 * @param group whose clients they are
 * @param clients all clients of the group
 * @param topics the topics that have left {@code source}
 * @param fix how they switch
 */
record ClientsLeftBehind(String group, SwitchedClients clients, SortedSet<String> topics, String fix) {
    /** Names fewer topics than clients: a client has to be found, a topic is only the reason. */
    private static final int MOST_TOPICS = 2;

    ClientsLeftBehind {
        requireNonNull(group, "group is null");
        requireNonNull(clients, "clients is null");
        requireNonNull(topics, "topics is null");
        requireNonNull(fix, "fix is null");
    }

    /** The groups with such clients, as long as topics can move back. */
    static List<ClientsLeftBehind> in(Situation situation, Traffic traffic) {
        if (situation.plan().traffic().filter(it -> !it.complete()).isEmpty()) {
            return List.of();
        }
        SortedMap<String, SortedSet<String>> topics = new TreeMap<>();
        for (PlannedTopic topic : situation.scope().topics()) {
            if (situation.isBetweenEnds(topic.name()) || situation.isAt(Stage.DESTINATION, topic.name())) {
                traffic.groupsOf(topic.name())
                        .forEach(group -> topics.computeIfAbsent(group, key -> new TreeSet<>())
                                .add(topic.name()));
            }
        }
        List<ClientsLeftBehind> behind = new ArrayList<>();
        topics.forEach((group, left) -> {
            SwitchedClients clients = SwitchedClients.of(situation.plan(), traffic, group);
            if (!clients.old().isEmpty()) {
                behind.add(new ClientsLeftBehind(group, clients, left, clients.fix(situation)));
            }
        });
        return behind;
    }

    /** Who has to act: the owner of the group or, if the plan does not have it, of one of its topics. */
    String owner(Situation situation) {
        return new BatchOwners(situation.plan())
                .batchOfGroup(group)
                .or(() -> situation.scope().topics().stream()
                        .filter(topic -> topics.contains(topic.name()))
                        .map(PlannedTopic::batch)
                        .findFirst())
                .map(BatchOwners::name)
                .orElseThrow();
    }

    /** What is so, where, and what to do; names at most so many clients. */
    String message(int most) {
        SortedMap<String, OldClient> old = clients.old();
        int all = old.size() + clients.switched().size() + clients.unknown().size();
        boolean areByPeers =
                old.values().stream().allMatch(client -> client.nameServers().isEmpty());
        return "Group " + group + ": " + old.size() + " of " + Counts.clients(all) + " "
                + (areByPeers
                        ? Counts.hasOrHave(old.size()) + " no peer at the destination"
                        : Counts.verb(old.size(), "uses", "use") + " old name servers")
                + ", but " + Names.of(topics, MOST_TOPICS) + " " + Counts.hasOrHave(topics.size())
                + " left stage source: "
                + Names.of(old.values().stream().map(ClientsLeftBehind::place).toList(), most) + ". " + fix;
    }

    /** {@code 10.0.0.9@77 (from 10.0.0.9:4711, uses 10.0.0.11:9876)}. */
    private static String place(OldClient old) {
        String uses = old.nameServers().isEmpty() ? "" : ", uses " + String.join(", ", old.nameServers());
        return old.client().id() + " (from " + old.client().address() + uses + ")";
    }

    /** The clients and their addresses, so that a log names each only once. */
    SortedSet<String> places() {
        return clients.old().values().stream()
                .map(old -> group + " " + place(old))
                .collect(toCollection(TreeSet::new));
    }
}
