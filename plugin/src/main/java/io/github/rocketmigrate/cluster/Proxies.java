package io.github.rocketmigrate.cluster;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Clients.GroupMember;
import java.time.Duration;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds the proxies of a cluster, whose clients no broker lists. Proxies tell each other about their clients through a
 * topic, so each of them is a member of the group that reads it.
 */
public final class Proxies {
    /** The topic of proxies; {@code heartbeatSyncerTopicName} may give it another name, which has to begin like this. */
    public static final String TOPIC = "DefaultHeartBeatSyncerTopic";

    /**
     * How long a proxy keeps a route that nobody asks for. A route in use is read again every 20 s, and the first message
     * after that time still follows the old one.
     */
    public static final Duration KEEPS_ROUTES = Duration.ofMinutes(5);

    private static final String GROUP_PREFIX = "CID_";

    private Proxies() {}

    static boolean isTopic(String name) {
        return name.startsWith(TOPIC);
    }

    public static boolean isGroup(String name) {
        return name.startsWith(GROUP_PREFIX + TOPIC);
    }

    /** The topics of proxies that a cluster has. */
    public static SortedSet<String> topics(Metadata metadata) {
        return metadata.masters()
                .flatMap(broker -> broker.topics().keySet().stream())
                .filter(Proxies::isTopic)
                .collect(toCollection(TreeSet::new));
    }

    /** The groups that proxies of a cluster may have. */
    public static SortedSet<String> groups(Metadata metadata) {
        return topics(metadata).stream().map(topic -> GROUP_PREFIX + topic).collect(toCollection(TreeSet::new));
    }

    /** Whether a master has the topic that a group of proxies reads. */
    public static boolean has(Broker broker, String group) {
        return broker.topics().containsKey(group.substring(GROUP_PREFIX.length()));
    }

    /** The proxies among the clients of a cluster, by client id. */
    public static SortedMap<String, GroupMember> among(Clients clients) {
        SortedMap<String, GroupMember> proxies = new TreeMap<>();
        clients.groups().forEach((name, group) -> {
            if (isGroup(name)) {
                proxies.putAll(group.members());
            }
        });
        return proxies;
    }
}
