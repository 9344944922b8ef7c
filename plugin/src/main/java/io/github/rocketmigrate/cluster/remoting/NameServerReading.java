package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.Refused;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.rocketmq.common.namesrv.NamesrvUtil;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/** Reads brokers, routes and notes from every name server of a cluster: name servers do not share what they know. */
final class NameServerReading {
    /** The namespace in which name servers keep the notes of migrations. */
    static final String NAMESPACE = "ROCKETMIGRATE";

    static final String NAMESPACE_FIELD = "namespace";

    private final List<String> addresses;
    private final Supplier<RequestGroup> requests;

    NameServerReading(List<String> addresses, Supplier<RequestGroup> requests) {
        this.addresses = List.copyOf(addresses);
        this.requests = requireNonNull(requests, "requests is null");
    }

    List<NameServer> nameServers() throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, Asked<byte[]>> brokers = new HashMap<>();
        Map<String, Asked<byte[]>> topics = new HashMap<>();
        for (String address : addresses) {
            brokers.put(address, group.ask(address, ReadRequest.BROKERS, Answer::body));
            topics.put(address, group.ask(address, ReadRequest.TOPIC_NAMES, Answer::body));
        }
        group.await();
        return addresses.stream()
                .map(address -> NameServerDecoder.nameServer(
                        address,
                        brokers.get(address).value(),
                        topics.get(address).value()))
                .toList();
    }

    Map<String, Map<String, RouteEntry>> routes(String nameServer, Collection<String> topics)
            throws InterruptedException {
        return new NameServerReading(List.of(nameServer), requests)
                .routes(topics)
                .get(nameServer);
    }

    Map<String, Map<String, Map<String, RouteEntry>>> routes(Collection<String> topics) throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, Map<String, Asked<Map<String, RouteEntry>>>> asked = new LinkedHashMap<>();
        for (String address : addresses) {
            asked.put(address, topics.stream().collect(toMap(topic -> topic, topic -> route(group, address, topic))));
        }
        group.await();
        Map<String, Map<String, Map<String, RouteEntry>>> routes = new LinkedHashMap<>();
        asked.forEach((address, ofOne) -> routes.put(
                address,
                ofOne.entrySet().stream()
                        .collect(toMap(
                                Map.Entry::getKey, topic -> topic.getValue().value()))));
        return routes;
    }

    private static Asked<Map<String, RouteEntry>> route(RequestGroup group, String address, String topic) {
        return group.ask(
                address,
                ReadRequest.ROUTE,
                // Without this field, name servers write brokers' ids without quotes.
                Map.of("topic", topic, "acceptStandardJsonOnly", "true"),
                answer -> NameServerDecoder.route(answer.body()),
                failure -> emptyIf(ResponseCode.TOPIC_NOT_EXIST, failure));
    }

    Map<String, Map<String, String>> notes() throws InterruptedException {
        return ask(
                ReadRequest.NOTES,
                Map.of(NAMESPACE_FIELD, NAMESPACE),
                answer -> NameServerDecoder.notes(answer.body()));
    }

    Map<String, SortedSet<String>> orderedTopics() throws InterruptedException {
        Map<String, SortedSet<String>> topics = new LinkedHashMap<>();
        ask(
                        ReadRequest.NOTES,
                        Map.of(NAMESPACE_FIELD, NamesrvUtil.NAMESPACE_ORDER_TOPIC_CONFIG),
                        answer -> NameServerDecoder.notes(answer.body()))
                .forEach((address, configs) -> topics.put(address, new TreeSet<>(configs.keySet())));
        return topics;
    }

    Map<String, String> note(String key) throws InterruptedException {
        Map<String, String> notes = new LinkedHashMap<>();
        ask(ReadRequest.NOTE, Map.of(NAMESPACE_FIELD, NAMESPACE, "key", key), Answer::fields)
                .forEach((address, fields) -> {
                    if (fields.containsKey("value")) {
                        notes.put(address, fields.get("value"));
                    }
                });
        return notes;
    }

    /** Sends the same request to every name server. A name server that has no notes refuses it. */
    private Map<String, Map<String, String>> ask(
            ReadRequest request, Map<String, String> fields, Function<Answer, Map<String, String>> decoder)
            throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, Asked<Map<String, String>>> asked = new LinkedHashMap<>();
        for (String address : addresses) {
            asked.put(
                    address,
                    group.ask(
                            address,
                            request,
                            fields,
                            decoder,
                            failure -> emptyIf(ResponseCode.QUERY_NOT_FOUND, failure)));
        }
        group.await();
        Map<String, Map<String, String>> answers = new LinkedHashMap<>();
        asked.forEach((address, answer) -> answers.put(address, answer.value()));
        return answers;
    }

    private static <T> CompletableFuture<Map<String, T>> emptyIf(int code, Throwable failure) {
        return failure instanceof Refused refused && refused.code() == code
                ? CompletableFuture.completedFuture(Map.of())
                : CompletableFuture.failedFuture(failure);
    }
}
