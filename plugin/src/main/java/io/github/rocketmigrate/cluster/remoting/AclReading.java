package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.Refused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Reads the accounts of masters that require accounts. A broker of 4.x without accounts never answers the request, so only
 * the settings decide who is asked. Failures are described without a word of the answer: it has the secrets.
 */
final class AclReading {
    private final Supplier<RequestGroup> requests;

    AclReading(Supplier<RequestGroup> requests) {
        this.requests = requireNonNull(requests, "requests is null");
    }

    /** An answer, or why there is none. */
    private record Body(Answer answer, String failure) {
        static Body of(Answer answer) {
            return new Body(answer, "");
        }

        byte[] bytes() {
            return answer.body();
        }

        boolean failed() {
            return !failure.isEmpty();
        }
    }

    Map<String, AclTable> read(Metadata metadata) throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, Supplier<AclTable>> asked = new HashMap<>();
        metadata.masters()
                .filter(Broker::requiresAccounts)
                .forEach(broker -> asked.put(
                        broker.name(),
                        broker.has(Broker.AUTHENTICATION) ? users(group, broker) : plain(group, broker)));
        group.await();
        Map<String, AclTable> tables = new HashMap<>();
        asked.forEach((name, table) -> tables.put(name, table.get()));
        return tables;
    }

    private static Supplier<AclTable> plain(RequestGroup group, Broker broker) {
        if (!listsPlain(broker.version())) {
            return () -> AclTable.unread(
                    true, "broker " + broker.name() + " of " + broker.version() + " has no request that lists them");
        }
        Asked<Body> body = ask(group, broker, ReadRequest.PLAIN_ACL);
        return () -> body.value().failed()
                ? AclTable.unread(true, body.value().failure())
                : decoded(broker, true, () -> AclDecoder.plain(body.value().bytes()));
    }

    /** From 4.6.1 on, until it was removed from both lines because it gives the secrets away. */
    private static boolean listsPlain(ServerVersion version) {
        return version.isFour()
                ? version.isAtLeast(4, 6, 1) && !version.isAtLeast(4, 9, 8)
                : !version.isAtLeast(5, 2, 0);
    }

    private static Supplier<AclTable> users(RequestGroup group, Broker broker) {
        Asked<Body> users = ask(group, broker, ReadRequest.USERS);
        Asked<Body> policies = ask(group, broker, ReadRequest.POLICIES);
        return () -> {
            for (Asked<Body> asked : List.of(users, policies)) {
                if (asked.value().failed()) {
                    return AclTable.unread(false, asked.value().failure());
                }
            }
            return decoded(
                    broker,
                    false,
                    () -> AclDecoder.users(
                            users.value().bytes(), policies.value().bytes()));
        };
    }

    private static Asked<Body> ask(RequestGroup group, Broker broker, ReadRequest request) {
        return group.ask(
                broker.address(),
                request,
                Map.of(),
                Body::of,
                failure -> CompletableFuture.completedFuture(new Body(
                        new Answer(new byte[0], Map.of()),
                        "broker " + broker.name()
                                + (failure instanceof Refused ? " refuses to list them" : " did not answer"))));
    }

    private static AclTable decoded(Broker broker, boolean isPlain, Supplier<AclTable> decoding) {
        try {
            return decoding.get();
        } catch (RuntimeException unknown) {
            // The exception of the parser quotes the answer.
            return AclTable.unread(isPlain, "broker " + broker.name() + " lists them in an unknown format");
        }
    }
}
