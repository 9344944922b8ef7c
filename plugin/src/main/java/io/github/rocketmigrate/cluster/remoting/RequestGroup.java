package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Requests that are under way together; when some fail, all failures are told at once. */
final class RequestGroup {
    private final String who;
    private final ReadingConnection connection;
    private final List<Asked<?>> all = new ArrayList<>();

    /**
     * Begins.
     *
     * @param who whose servers are asked, as in "source"
     */
    RequestGroup(String who, ReadingConnection connection) {
        this.who = requireNonNull(who, "who is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    /** Where a server was asked for something, and what comes of it. */
    record Asked<T>(String address, ReadRequest request, CompletableFuture<T> answer) {
        T value() {
            return answer.join();
        }
    }

    <T> Asked<T> ask(String address, ReadRequest request, Function<Answer, T> understand) {
        return ask(address, request, Map.of(), understand, CompletableFuture::failedFuture);
    }

    /**
     * Sends a request.
     *
     * @param rescue what to make of a failure: an answer after all, or the failure again
     */
    <T> Asked<T> ask(
            String address,
            ReadRequest request,
            Map<String, String> fields,
            Function<Answer, T> understand,
            Function<Throwable, CompletableFuture<T>> rescue) {
        return ask(address, request, fields, connection.patience(), understand, rescue);
    }

    /** Likewise, with a patience of its own. */
    <T> Asked<T> ask(
            String address,
            ReadRequest request,
            Map<String, String> fields,
            Duration patience,
            Function<Answer, T> understand,
            Function<Throwable, CompletableFuture<T>> rescue) {
        Asked<T> asked = new Asked<>(
                address,
                request,
                connection
                        .ask(address, request, fields, patience)
                        .thenApply(understand)
                        .exceptionallyCompose(failure -> rescue.apply(FailureDiagnosis.cause(failure))));
        all.add(asked);
        return asked;
    }

    /** Waits for all answers. */
    void await() throws InterruptedException {
        List<Asked<?>> failed = new ArrayList<>();
        for (Asked<?> asked : all) {
            try {
                asked.answer().get();
            } catch (ExecutionException e) {
                failed.add(asked);
            }
        }
        if (!failed.isEmpty()) {
            throw fault(failed);
        }
    }

    private Fault fault(List<Asked<?>> failed) throws InterruptedException {
        FailureDiagnosis trouble = new FailureDiagnosis(who, connection);
        Map<String, List<Asked<?>>> servers = new LinkedHashMap<>();
        failed.forEach(asked -> servers.computeIfAbsent(asked.address(), key -> new ArrayList<>())
                .add(asked));
        List<Fault> faults = new ArrayList<>();
        for (List<Asked<?>> ofServer : servers.values()) {
            faults.add(trouble.fault(ofServer));
        }
        return new Fault(
                faults.stream().map(Fault::getMessage).collect(joining("\n")),
                faults.stream().map(Fault::nextStep).distinct().collect(joining("\n")),
                faults.get(0));
    }
}
