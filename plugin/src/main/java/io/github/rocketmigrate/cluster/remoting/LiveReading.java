package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.Refused;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/** Reads who is connected to a cluster and what they do. */
final class LiveReading {
    /** A broker waits for a client that does not answer up to 10 s, in one of 16 threads. */
    private static final Duration PATIENCE_WITH_CLIENTS = Duration.ofSeconds(5);

    private static final String RETRIES = "%RETRY%";

    private final Supplier<RequestGroup> asking;

    LiveReading(Supplier<RequestGroup> asking) {
        this.asking = requireNonNull(asking, "asking is null");
    }

    Clients clients(Metadata of, Collection<String> groups) throws InterruptedException {
        RequestGroup producing = asking.get();
        boolean telling = of.masters().allMatch(broker -> tellsOfProducers(broker.version()));
        List<Asked<Map<String, Set<Client>>>> asked = telling
                ? of.masters()
                        .map(broker -> producing.ask(
                                broker.address(),
                                ReadRequest.PRODUCERS,
                                answer -> ResponseDecoder.producers(answer.body())))
                        .toList()
                : List.of();
        Clients consumers = members(groups, group -> of.masters().filter(broker -> knows(broker, group)));
        producing.await();
        Map<String, Set<Client>> producers = new HashMap<>();
        asked.forEach(one -> one.value()
                .forEach((group, members) ->
                        producers.computeIfAbsent(group, key -> new HashSet<>()).addAll(members)));
        return new Clients(consumers.groups(), telling ? Optional.of(producers) : Optional.empty());
    }

    /** Earlier releases never answer this request. */
    private static boolean tellsOfProducers(ServerVersion version) {
        return version.isAtLeast(4, 9, 4);
    }

    private static boolean knows(Broker broker, String group) {
        return broker.groups().containsKey(group) || broker.topics().containsKey(RETRIES + group);
    }

    /** 4.x brokers have members of groups, too, that they do not know. */
    Clients members(Metadata of, Collection<String> groups) throws InterruptedException {
        return members(groups, group -> of.masters());
    }

    /** Where a group is asked for. */
    private interface Places {
        Stream<Broker> of(String group);
    }

    private Clients members(Collection<String> groups, Places places) throws InterruptedException {
        RequestGroup consuming = asking.get();
        Map<String, List<Asked<ConsumerGroup>>> asked = new HashMap<>();
        for (String group : new TreeSet<>(groups)) {
            asked.put(
                    group,
                    places.of(group)
                            .map(broker -> consuming.ask(
                                    broker.address(),
                                    ReadRequest.CONSUMERS,
                                    Map.of("consumerGroup", group),
                                    answer -> ResponseDecoder.members(broker.name(), answer.body()),
                                    LiveReading::orNobody))
                            .toList());
        }
        consuming.await();
        Map<String, ConsumerGroup> online = new HashMap<>();
        asked.forEach((group, answers) -> online.put(
                group, answers.stream().map(Asked::value).reduce(ConsumerGroup.OFFLINE, ConsumerGroup::and)));
        return new Clients(online, Optional.empty());
    }

    private static CompletableFuture<ConsumerGroup> orNobody(Throwable failure) {
        return failure instanceof Refused refused && refused.code() == ResponseCode.CONSUMER_NOT_ONLINE
                ? CompletableFuture.completedFuture(ConsumerGroup.OFFLINE)
                : CompletableFuture.failedFuture(failure);
    }

    /** What a member says of itself, or why it says nothing. */
    private record Said(Optional<ClientReports.ClientReport> member, String silence) {
        static Said of(ClientReports.ClientReport member) {
            return member.nameServers().isEmpty()
                    ? new Said(Optional.empty(), "it does not say which name servers it uses")
                    : new Said(Optional.of(member), "");
        }

        static CompletableFuture<Said> nothing(Throwable failure) {
            return CompletableFuture.completedFuture(new Said(Optional.empty(), why(failure)));
        }

        private static String why(Throwable failure) {
            if (failure instanceof RemotingTimeoutException
                    || (failure instanceof Refused refused && refused.code() == ResponseCode.CONSUME_MSG_TIMEOUT)) {
                return "it did not answer within " + PATIENCE_WITH_CLIENTS.toSeconds() + " s";
            }
            return failure instanceof Refused
                    ? FailureDiagnosis.firstSentence(failure.getMessage())
                    : failure.toString();
        }
    }

    /** Whoever says nothing through one of the masters that list him is asked through the next. */
    ClientReports clientReports(Metadata of, Clients clients, Map<String, ? extends Collection<String>> members)
            throws InterruptedException {
        Map<String, Map<String, Said>> said = new HashMap<>();
        members.keySet().forEach(group -> said.put(group, new TreeMap<>()));
        for (int turn = 0; turn < of.brokers().size(); turn++) {
            RequestGroup running = asking.get();
            Map<String, Map<String, Asked<Said>>> asked = new HashMap<>();
            for (Map.Entry<String, ? extends Collection<String>> group : members.entrySet()) {
                for (String id : group.getValue()) {
                    List<String> masters = List.copyOf(
                            clients.group(group.getKey()).members().get(id).masters());
                    Said before = said.get(group.getKey()).get(id);
                    if (turn < masters.size()
                            && (before == null || before.member().isEmpty())) {
                        String address = of.brokers().get(masters.get(turn)).address();
                        asked.computeIfAbsent(group.getKey(), key -> new TreeMap<>())
                                .put(id, ask(running, address, group.getKey(), id));
                    }
                }
            }
            if (asked.isEmpty()) {
                break;
            }
            running.await();
            asked.forEach((group, answers) ->
                    answers.forEach((id, answer) -> said.get(group).put(id, answer.value())));
        }
        return clientReports(said);
    }

    private static Asked<Said> ask(RequestGroup running, String address, String group, String id) {
        return running.ask(
                address,
                ReadRequest.RUNNING,
                Map.of("consumerGroup", group, "clientId", id, "jstackEnable", "false"),
                PATIENCE_WITH_CLIENTS,
                answer -> Said.of(ResponseDecoder.clientReport(answer.body())),
                Said::nothing);
    }

    private static ClientReports clientReports(Map<String, Map<String, Said>> said) {
        Map<String, Map<String, ClientReports.ClientReport>> told = new HashMap<>();
        Map<String, Map<String, String>> silent = new HashMap<>();
        said.forEach((group, answers) -> {
            Map<String, ClientReports.ClientReport> talking = new HashMap<>();
            Map<String, String> reasons = new HashMap<>();
            answers.forEach((id, one) -> one.member()
                    .ifPresentOrElse(member -> talking.put(id, member), () -> reasons.put(id, one.silence())));
            told.put(group, talking);
            silent.put(group, reasons);
        });
        return new ClientReports(told, silent);
    }

    Subscribers subscribers(Metadata of, Collection<String> topics) throws InterruptedException {
        RequestGroup subscribing = asking.get();
        Map<String, List<Asked<SortedSet<String>>>> asked = new HashMap<>();
        for (String topic : topics) {
            List<Asked<SortedSet<String>>> ofTopic = of.topic(topic).keySet().stream()
                    .map(broker -> subscribing.ask(
                            of.brokers().get(broker).address(),
                            ReadRequest.SUBSCRIBERS,
                            Map.of("topic", topic),
                            answer -> ResponseDecoder.subscribers(answer.body()),
                            CompletableFuture::failedFuture))
                    .toList();
            if (!ofTopic.isEmpty()) {
                asked.put(topic, ofTopic);
            }
        }
        subscribing.await();
        Map<String, SortedSet<String>> groups = new HashMap<>();
        asked.forEach((topic, answers) -> groups.put(
                topic,
                answers.stream().flatMap(answer -> answer.value().stream()).collect(toCollection(TreeSet::new))));
        return new Subscribers(groups);
    }
}
