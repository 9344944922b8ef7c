package io.github.rocketmigrate.bench;

import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import io.github.rocketmigrate.wire.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A request whose answer is fetched and thrown away. */
record RawRequest(String address, ReadRequest request, Map<String, String> fields) {
    RawRequest(String address, ReadRequest request) {
        this(address, request, Map.of());
    }

    /** The two long requests for the configuration of a cluster. */
    static List<RawRequest> configuration(Reading reading) {
        return reading.metadata()
                .masters()
                .flatMap(broker -> List.of(
                        new RawRequest(broker.address(), ReadRequest.TOPICS),
                        new RawRequest(broker.address(), ReadRequest.GROUPS))
                        .stream())
                .toList();
    }

    /** All requests that {@code reading} took. */
    static List<RawRequest> everything(Reading reading) {
        List<RawRequest> all = new ArrayList<>();
        reading.metadata().nameServers().forEach(nameServer -> {
            all.add(new RawRequest(nameServer.address(), ReadRequest.BROKERS));
            all.add(new RawRequest(nameServer.address(), ReadRequest.TOPIC_NAMES));
        });
        all.addAll(configuration(reading));
        reading.metadata().masters().forEach(broker -> {
            String address = broker.address();
            all.add(new RawRequest(address, ReadRequest.RUNTIME));
            all.add(new RawRequest(address, ReadRequest.SETTINGS));
            all.add(new RawRequest(address, ReadRequest.OFFSETS));
            reading.ranges()
                    .topics()
                    .keySet()
                    .forEach(topic ->
                            all.add(new RawRequest(address, ReadRequest.TOPIC_OFFSETS, Map.of("topic", topic))));
            all.add(new RawRequest(address, ReadRequest.PRODUCERS));
            reading.clients()
                    .groups()
                    .keySet()
                    .forEach(group ->
                            all.add(new RawRequest(address, ReadRequest.CONSUMERS, Map.of("consumerGroup", group))));
        });
        return all;
    }

    static void send(List<RawRequest> requests, ReadingConnection connection) {
        CompletableFuture.allOf(requests.stream()
                        .map(request -> request.send(connection))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    /** That a group is offline is an answer too. */
    private CompletableFuture<Answer> send(ReadingConnection connection) {
        return connection
                .ask(address, request, fields)
                .exceptionallyCompose(failure -> failure.getCause() instanceof Refused
                        ? CompletableFuture.completedFuture(null)
                        : CompletableFuture.failedFuture(failure));
    }
}
