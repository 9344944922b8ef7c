package io.github.rocketmigrate.discover;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.TopicSenders;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds topics that producers and programs couple. Brokers do not tell which topics a producer uses, but each message has
 * the address of the connection that it came through.
 */
final class Programs {
    /** A Java client's id is the host, the process and the time of its start: 10.0.0.7@4711#81234567890. */
    private static final char START_TIME = '#';

    private Programs() {}

    /** Finds the topics that one producer group writes, and those that one program consumes and writes. */
    static List<Coupling> couplings(Clients clients) {
        SortedMap<String, SortedSet<String>> ofProducers = new TreeMap<>();
        SortedMap<String, SortedSet<String>> written = new TreeMap<>();
        Map<String, SortedSet<String>> byAddress = byAddress(clients.senders());
        clients.producers().orElse(Map.of()).forEach((group, members) -> {
            for (Client member : members) {
                SortedSet<String> topics = byAddress.getOrDefault(member.address(), new TreeSet<>());
                if (!group.equals(Clients.ALL_JAVA_CLIENTS)) {
                    ofProducers.computeIfAbsent(group, key -> new TreeSet<>()).addAll(topics);
                }
                written.computeIfAbsent(program(member), key -> new TreeSet<>()).addAll(topics);
            }
        });
        // Proxies send for all of their clients.
        Proxies.among(clients).values().forEach(proxy -> written.remove(program(proxy.client())));
        List<Coupling> couplings = new ArrayList<>();
        ofProducers.forEach(
                (group, topics) -> couplings.add(new Coupling(topics, "producer group " + group + " writes")));
        Map<String, SortedSet<String>> consumed = consumed(clients);
        Set<SortedSet<String>> known = new HashSet<>();
        written.forEach((program, topics) -> {
            SortedSet<String> both = new TreeSet<>(consumed.getOrDefault(program, new TreeSet<>()));
            if (!topics.isEmpty() && !both.isEmpty()) {
                both.addAll(topics);
                // A program that runs on many hosts is one reason.
                if (known.add(both)) {
                    couplings.add(new Coupling(both, "program " + program + " consumes or writes"));
                }
            }
        });
        return couplings;
    }

    private static Map<String, SortedSet<String>> byAddress(Map<String, TopicSenders> senders) {
        Map<String, SortedSet<String>> topics = new HashMap<>();
        senders.forEach((topic, ofTopic) -> ofTopic.last()
                .keySet()
                .forEach(address ->
                        topics.computeIfAbsent(address, key -> new TreeSet<>()).add(topic)));
        return topics;
    }

    private static Map<String, SortedSet<String>> consumed(Clients clients) {
        Map<String, SortedSet<String>> consumed = new HashMap<>();
        clients.groups()
                .values()
                .forEach(group -> group.members()
                        .values()
                        .forEach(member -> group.topics().stream()
                                .filter(topic -> !SystemNames.isTopic(topic))
                                .forEach(topic -> consumed.computeIfAbsent(
                                                program(member.client()), key -> new TreeSet<>())
                                        .add(topic))));
        return consumed;
    }

    private static String program(Client client) {
        int end = client.id().indexOf(START_TIME);
        return end < 0 ? client.id() : client.id().substring(0, end);
    }
}
