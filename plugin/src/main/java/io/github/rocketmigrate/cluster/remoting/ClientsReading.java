package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.Refused;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/** Reads which producers and consumers are connected to the masters of a cluster. */
final class ClientsReading {
    private final Supplier<RequestGroup> requests;

    ClientsReading(Supplier<RequestGroup> requests) {
        this.requests = requireNonNull(requests, "requests is null");
    }

    /** Reads all producers, and the members of groups at the masters that have the group. */
    Clients clients(Metadata metadata, Collection<String> groups) throws InterruptedException {
        RequestGroup group = requests.get();
        boolean supported = metadata.masters().allMatch(broker -> listsProducers(broker.version()));
        List<Asked<Map<String, Set<Client>>>> asked = supported
                ? metadata.masters()
                        .map(broker -> askForProducers(group, broker))
                        .toList()
                : List.of();
        Clients consumers = members(groups, name -> metadata.masters().filter(broker -> has(broker, name)));
        group.await();
        return new Clients(consumers.groups(), supported ? Optional.of(union(asked)) : Optional.empty());
    }

    /** Reads the producers of every master; of masters that cannot list them, all Java clients. */
    Map<String, Set<Client>> producers(Metadata metadata) throws InterruptedException {
        RequestGroup group = requests.get();
        List<Asked<Map<String, Set<Client>>>> asked = metadata.masters()
                .map(broker -> listsProducers(broker.version())
                        ? askForProducers(group, broker)
                        : askForJavaClients(group, broker))
                .toList();
        group.await();
        return union(asked);
    }

    private static Asked<Map<String, Set<Client>>> askForProducers(RequestGroup group, Broker broker) {
        return group.ask(broker.address(), ReadRequest.PRODUCERS, answer -> ClientDecoder.producers(answer.body()));
    }

    private static Asked<Map<String, Set<Client>>> askForJavaClients(RequestGroup group, Broker broker) {
        return group.ask(
                broker.address(),
                ReadRequest.PRODUCER_GROUP,
                Map.of("producerGroup", Clients.ALL_JAVA_CLIENTS),
                answer -> Map.of(Clients.ALL_JAVA_CLIENTS, ClientDecoder.producerGroup(answer.body())),
                failure -> failure instanceof Refused refused && refused.code() == ResponseCode.SYSTEM_ERROR
                        ? CompletableFuture.completedFuture(Map.of())
                        : CompletableFuture.failedFuture(failure));
    }

    private static Map<String, Set<Client>> union(List<Asked<Map<String, Set<Client>>>> asked) {
        Map<String, Set<Client>> producers = new HashMap<>();
        asked.forEach(one -> one.value()
                .forEach((name, members) ->
                        producers.computeIfAbsent(name, key -> new HashSet<>()).addAll(members)));
        return producers;
    }

    /** Brokers before 4.9.4 never answer this request. */
    private static boolean listsProducers(ServerVersion version) {
        return version.isAtLeast(4, 9, 4);
    }

    private static boolean has(Broker broker, String group) {
        return broker.groups().containsKey(group) || broker.topics().containsKey(SystemNames.retryTopic(group));
    }

    /** Reads the members of groups at all masters: 4.x brokers accept members of groups that they do not have. */
    Clients members(Metadata metadata, Collection<String> groups) throws InterruptedException {
        return members(groups, name -> metadata.masters());
    }

    /** Reads the proxies of a cluster, where masters have their topic. */
    Clients proxies(Metadata metadata) throws InterruptedException {
        return members(
                Proxies.groups(metadata), name -> metadata.masters().filter(broker -> Proxies.has(broker, name)));
    }

    /** Reads the members of groups at masters that depend on the group. */
    Clients members(Collection<String> groups, Function<String, Stream<Broker>> masters) throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, List<Asked<ConsumerGroup>>> asked = new HashMap<>();
        for (String name : new TreeSet<>(groups)) {
            asked.put(
                    name,
                    masters.apply(name)
                            .map(broker -> group.ask(
                                    broker.address(),
                                    ReadRequest.CONSUMERS,
                                    Map.of("consumerGroup", name),
                                    answer -> ClientDecoder.group(broker.name(), answer.body()),
                                    ClientsReading::offline))
                            .toList());
        }
        group.await();
        Map<String, ConsumerGroup> online = new HashMap<>();
        asked.forEach((name, answers) ->
                online.put(name, answers.stream().map(Asked::value).reduce(ConsumerGroup.OFFLINE, ConsumerGroup::and)));
        return new Clients(online, Optional.empty());
    }

    private static CompletableFuture<ConsumerGroup> offline(Throwable failure) {
        return failure instanceof Refused refused && refused.code() == ResponseCode.CONSUMER_NOT_ONLINE
                ? CompletableFuture.completedFuture(ConsumerGroup.OFFLINE)
                : CompletableFuture.failedFuture(failure);
    }
}
