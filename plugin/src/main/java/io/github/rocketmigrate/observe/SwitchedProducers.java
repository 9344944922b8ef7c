package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Separates the producers of a topic that reach the destination from those that see only the source.
 *
 * <p>Brokers do not tell which topics a producer uses, but each message has the address of the connection that it came
 * through, and brokers list their connections with the ids of the clients. A client that uses the destination's name
 * servers reports to the brokers of both clusters as soon as its topic is in both. If the connection has ended since,
 * what is known of its host decides. A producer that sends rarely has none of the last messages, but belongs to a producer
 * group that has.
 *
 * @param switched the ids of producers, or the hosts of connections that have ended, that reach the destination
 * @param old the producers that do not, by id
 * @param silent the producers that do not either and sent none of the last messages, in groups of those that did, by id
 * @param unknown when a host last sent of which nothing else is known, by host
 * @param unseen why some of the last messages were not read; empty if all were
 */
public record SwitchedProducers(
        SortedSet<String> switched,
        SortedMap<String, OldProducer> old,
        SortedMap<String, SilentProducer> silent,
        SortedMap<String, Instant> unknown,
        Optional<String> unseen) {
    /** Who has not sent for so long is not looked for. */
    public static final Duration RECENT = Duration.ofHours(24);

    public SwitchedProducers {
        switched = unmodifiableSortedSet(switched);
        old = unmodifiableSortedMap(old);
        silent = unmodifiableSortedMap(silent);
        unknown = unmodifiableSortedMap(unknown);
        requireNonNull(unseen, "unseen is null");
    }

    /**
     * A producer that has not switched.
     *
     * @param groups its producer groups; none if its broker does not list them
     * @param address at which the source sees it
     * @param last when its last message came
     */
    public record OldProducer(SortedSet<String> groups, String address, Instant last) {
        public OldProducer {
            groups = unmodifiableSortedSet(groups);
            requireNonNull(address, "address is null");
            requireNonNull(last, "last is null");
        }
    }

    /**
     * A producer that only the source knows and that may send to the topic.
     *
     * @param groups those of its producer groups in which others have sent
     * @param address at which the source sees it
     */
    public record SilentProducer(SortedSet<String> groups, String address) {
        public SilentProducer {
            groups = unmodifiableSortedSet(groups);
            requireNonNull(address, "address is null");
        }
    }

    /** Whether the last messages of a topic are to be read: its next step may close the source for producers. */
    public static boolean areInQuestion(Situation situation, String topic) {
        return situation.isBetweenEnds(topic)
                && situation.isOpen(Side.SOURCE, topic)
                && situation.scope().topics().stream()
                        .anyMatch(planned ->
                                planned.name().equals(topic) && planned.wanted().isAheadOf(Stage.READ_BOTH));
    }

    /** The producers of a topic; empty if its last messages were not read. */
    public static Optional<SwitchedProducers> of(Situation situation, Traffic traffic, String topic) {
        return Optional.ofNullable(traffic.at(Side.SOURCE).clients().senders().get(topic))
                .map(senders -> new Attribution(situation, traffic).of(senders));
    }

    public int count() {
        return switched.size() + old.size() + unknown.size();
    }

    /** A client with one of its groups. */
    private record Member(String group, Client client) {
        boolean isProducer() {
            return !group.equals(Clients.ALL_JAVA_CLIENTS);
        }
    }

    /** What brokers know of the connections of both clusters. */
    private static final class Attribution {
        private final Traffic traffic;
        private final boolean isByHost;
        private final List<Member> here;
        private final List<Member> there;
        private final Set<String> idsThere;
        /** With a client of any kind: a producer of an application with two clients connects when it first sends. */
        private final Set<String> hostsThere;

        Attribution(Situation situation, Traffic traffic) {
            this.traffic = traffic;
            this.isByHost = situation.routing().equals(Optional.of(Routing.CLIENT));
            this.here = members(traffic.at(Side.SOURCE).clients());
            this.there = members(traffic.at(Side.DESTINATION).clients());
            this.idsThere = there.stream().map(member -> member.client().id()).collect(toSet());
            this.hostsThere = there.stream()
                    .flatMap(member -> SwitchedClients.hosts(member.client()).stream())
                    .collect(toSet());
        }

        /** Proxies send for their clients, and consume the topic in which they tell each other about them. */
        private static List<Member> members(Clients clients) {
            List<Member> members = new ArrayList<>();
            clients.producers()
                    .orElse(Map.of())
                    .forEach((group, producers) ->
                            producers.forEach(producer -> members.add(new Member(group, producer))));
            Proxies.among(clients).values().forEach(proxy -> members.add(new Member(Proxies.TOPIC, proxy.client())));
            return members;
        }

        SwitchedProducers of(TopicSenders senders) {
            SortedSet<String> switched = new TreeSet<>();
            SortedMap<String, OldProducer> old = new TreeMap<>();
            SortedMap<String, Instant> unknown = new TreeMap<>();
            Instant least = traffic.readAt().minus(RECENT);
            senders.last().forEach((address, last) -> {
                if (last.isBefore(least)) {
                    return;
                }
                List<Client> connected = connectedFrom(address);
                for (Client client : connected) {
                    if (isSwitched(client)) {
                        switched.add(client.id());
                    } else {
                        old.put(client.id(), new OldProducer(groups(client.id()), address, last));
                    }
                }
                String host = SwitchedClients.host(address);
                if (connected.isEmpty() && isSwitched(host)) {
                    switched.add(host);
                } else if (connected.isEmpty()) {
                    unknown.merge(host, last, (one, other) -> one.isAfter(other) ? one : other);
                }
            });
            Set<String> known = new TreeSet<>(switched);
            known.addAll(old.keySet());
            return new SwitchedProducers(switched, old, silent(known), unknown, senders.unseen());
        }

        /** Who shares a producer group with somebody who has sent runs the same application, as a rule. */
        private SortedMap<String, SilentProducer> silent(Set<String> known) {
            Set<String> senders = new TreeSet<>();
            known.forEach(id -> senders.addAll(groups(id)));
            senders.remove(Proxies.TOPIC);
            SortedMap<String, SilentProducer> silent = new TreeMap<>();
            for (Member member : here) {
                Client client = member.client();
                if (senders.contains(member.group()) && !known.contains(client.id()) && !isSwitched(client)) {
                    SortedSet<String> groups = groups(client.id());
                    groups.retainAll(senders);
                    silent.put(client.id(), new SilentProducer(groups, client.address()));
                }
            }
            return silent;
        }

        /** Usually one; brokers that list each client in several groups do so with the same id. */
        private List<Client> connectedFrom(String address) {
            return here.stream()
                    .map(Member::client)
                    .filter(client -> client.address().equals(address))
                    .distinct()
                    .toList();
        }

        private boolean isSwitched(Client client) {
            return idsThere.contains(client.id())
                    || (isByHost && SwitchedClients.hosts(client).stream().anyMatch(hostsThere::contains));
        }

        /** The process that sent is gone: those that the host has now stand for it, all of them. */
        private boolean isSwitched(String host) {
            return there.stream().anyMatch(member -> member.isProducer() && isAt(host, member))
                    && producersHere()
                            .filter(member -> isAt(host, member))
                            .allMatch(member -> isSwitched(member.client()));
        }

        private static boolean isAt(String host, Member member) {
            return SwitchedClients.hosts(member.client()).contains(host);
        }

        /** Brokers that cannot list producers list all their clients. */
        private Stream<Member> producersHere() {
            return here.stream().anyMatch(Member::isProducer)
                    ? here.stream().filter(Member::isProducer)
                    : here.stream();
        }

        private SortedSet<String> groups(String id) {
            return here.stream()
                    .filter(member ->
                            member.isProducer() && member.client().id().equals(id))
                    .map(Member::group)
                    .collect(toCollection(TreeSet::new));
        }
    }
}
