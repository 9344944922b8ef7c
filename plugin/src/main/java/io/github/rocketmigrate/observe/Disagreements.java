package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Broker.Replica;
import io.github.rocketmigrate.cluster.ClusterMembers;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds name servers of one side that list different slaves or topics, and replicas with other message types than
 * their master. Name servers that disagree about a master make a check fail: see {@link MasterListings}.
 */
public final class Disagreements {
    private static final int MOST_NAMED = 5;

    private final Situation situation;
    private final List<String> found = new ArrayList<>();

    private Disagreements(Situation situation) {
        this.situation = situation;
    }

    /** The differences as reports print them. */
    public static List<String> in(Situation situation) {
        Disagreements disagreements = new Disagreements(situation);
        for (Side side : Side.values()) {
            disagreements.ofNameServers(side);
        }
        disagreements.ofReplicas();
        return List.copyOf(disagreements.found);
    }

    private void ofNameServers(Side side) {
        Metadata cluster = situation.at(side);
        Map<String, Map<Long, String>> known = new TreeMap<>();
        cluster.nameServers()
                .forEach(nameServer -> slaves(cluster, nameServer)
                        .forEach((name, addresses) -> known.computeIfAbsent(name, key -> new TreeMap<>())
                                .putAll(addresses)));
        for (NameServer nameServer : cluster.nameServers()) {
            Map<String, Map<Long, String>> here = slaves(cluster, nameServer);
            known.forEach((broker, addresses) -> {
                Map<Long, String> its = here.getOrDefault(broker, Map.of());
                if (!its.equals(addresses)) {
                    tell(
                            side,
                            nameServer,
                            "lists "
                                    + (its.isEmpty() ? "no slave" : String.join(", ", its.values()) + " for the slaves")
                                    + " of broker " + broker + "; other name servers list "
                                    + String.join(", ", addresses.values()));
                }
            });
            List<String> missing = planned()
                    .filter(topic -> !nameServer.topics().contains(topic)
                            && !cluster.topic(topic).isEmpty())
                    .toList();
            if (!missing.isEmpty()) {
                tell(
                        side,
                        nameServer,
                        "has no route for " + Counts.noun(missing.size(), "topic") + " " + Names.of(missing, MOST_NAMED)
                                + ", although brokers have " + Counts.itOrThem(missing.size()));
            }
        }
    }

    private static Map<String, Map<Long, String>> slaves(Metadata cluster, NameServer nameServer) {
        Map<String, Map<Long, String>> own = new TreeMap<>(nameServer.brokers());
        own.keySet().retainAll(cluster.brokers().keySet());
        own.replaceAll((broker, addresses) -> {
            Map<Long, String> slaves = new TreeMap<>(addresses);
            slaves.remove(ClusterMembers.MASTER);
            return slaves;
        });
        return own;
    }

    private void tell(Side side, NameServer nameServer, String what) {
        found.add("The " + side.word() + "'s name server " + nameServer.address() + " " + what + ".");
    }

    /** A replica that becomes the master keeps its own settings. */
    private void ofReplicas() {
        situation
                .destination()
                .masters()
                .forEach(master -> master.replicas().forEach(replica -> {
                    List<String> others = planned()
                            .filter(topic -> differs(master, replica, topic))
                            .toList();
                    if (!others.isEmpty()) {
                        found.add("The destination's replica " + replica.address() + " of broker " + master.name()
                                + " has another message type than the master for " + Counts.noun(others.size(), "topic")
                                + " " + Names.of(others, MOST_NAMED)
                                + ".");
                    }
                }));
    }

    private static boolean differs(Broker master, Replica replica, String topic) {
        TopicSettings here = master.topics().get(topic);
        TopicSettings there = replica.topics().get(topic);
        return here != null && there != null && !here.type().equals(there.type());
    }

    private Stream<String> planned() {
        return situation.scope().topics().stream().map(PlannedTopic::name);
    }
}
