package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.ConnectionProblem;
import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import io.github.rocketmigrate.wire.Refused;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** Finds out which RocketMQ server listens where a name server should, by requests that only one kind knows. */
final class ServerKind {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final String NAME_SERVERS_OF_BROKER = "namesrvAddr";

    private final ReadingConnection connection;
    private final String address;

    ServerKind(ReadingConnection connection, String address) {
        this.connection = requireNonNull(connection, "connection is null");
        this.address = requireNonNull(address, "address is null");
    }

    /**
     * Explains why a server denied a request that every name server answers.
     *
     * @param side the side that has the address, for messages
     * @param others the name servers of the other cluster, at which a broker that has joined registers too
     */
    Fault isNoNameServer(String side, Set<String> others, Refused refused) throws InterruptedException {
        if (!FailureDiagnosis.isUnknownRequest(refused)) {
            return fault("a broker or a proxy (it asks for an account)", addresses(side), refused);
        }
        boolean broker = knows(ReadRequest.RUNTIME, Map.of());
        String next = broker
                ? nameServersOfBroker(others)
                        .map(known -> "Set " + side + ".nameServers to the name servers of this broker: " + known + ".")
                        .orElseGet(() -> addresses(side))
                : addresses(side);
        return fault(broker ? "a broker" : notABroker(), next, refused);
    }

    private String notABroker() throws InterruptedException {
        if (knows(ReadRequest.CONTROLLERS, Map.of())) {
            return "a controller";
        }
        return knows(ReadRequest.ROUTE, Map.of("topic", "TBW102")) ? "a proxy" : "another RocketMQ server";
    }

    private Fault fault(String server, String next, Refused refused) {
        return new Fault(FailureDiagnosis.notNameServer(address, server), next, refused)
                .withHelp(ConnectionProblem.NOT_A_NAME_SERVER.help());
    }

    private static String addresses(String side) {
        return "Set " + side + ".nameServers to the addresses of the " + side + "'s name servers.";
    }

    private boolean knows(ReadRequest request, Map<String, String> fields) throws InterruptedException {
        try {
            Answer unused = connection.ask(address, request, fields, TIMEOUT).get();
            return true;
        } catch (ExecutionException e) {
            return FailureDiagnosis.cause(e) instanceof Refused refused && !FailureDiagnosis.isUnknownRequest(refused);
        }
    }

    /** The name servers of its own cluster at which a broker registers, if its settings can be read. */
    private Optional<String> nameServersOfBroker(Set<String> others) throws InterruptedException {
        try {
            byte[] settings = connection
                    .ask(address, ReadRequest.SETTINGS, Map.of(), TIMEOUT)
                    .get()
                    .body();
            return Optional.ofNullable(BrokerSettingsDecoder.settings(settings).get(NAME_SERVERS_OF_BROKER))
                    .map(known -> Stream.of(known.split(";", -1))
                            .map(String::strip)
                            .filter(nameServer -> !others.contains(nameServer))
                            .collect(joining(";")))
                    .filter(known -> !known.isBlank());
        } catch (ExecutionException e) {
            return Optional.empty();
        }
    }
}
