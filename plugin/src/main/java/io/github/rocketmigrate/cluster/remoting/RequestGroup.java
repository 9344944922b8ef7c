package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.wire.Answer;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import io.github.rocketmigrate.wire.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;

/** Requests that are sent together. If some fail, one fault reports all failures. */
final class RequestGroup {
    private final String side;
    private final PlanPositions positions;
    private final ReadingConnection connection;
    private final List<Asked<?>> all = new ArrayList<>();

    /** Messages name the servers that are asked by {@code side}, such as "source", and by their positions in the plan. */
    RequestGroup(String side, PlanPositions positions, ReadingConnection connection) {
        this.side = requireNonNull(side, "side is null");
        this.positions = requireNonNull(positions, "positions is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    /** One request and its answer, which may still be on its way. */
    record Asked<T>(String address, ReadRequest request, CompletableFuture<T> answer) {
        T value() {
            return answer.join();
        }
    }

    <T> Asked<T> ask(String address, ReadRequest request, Function<Answer, T> decoder) {
        return ask(address, request, Map.of(), decoder, CompletableFuture::failedFuture);
    }

    /** Sends a request; {@code rescue} turns a failure into an answer, or returns the failure. */
    <T> Asked<T> ask(
            String address,
            ReadRequest request,
            Map<String, String> fields,
            Function<Answer, T> decoder,
            Function<Throwable, CompletableFuture<T>> rescue) {
        return ask(address, request, fields, connection.timeout(), decoder, rescue);
    }

    /** Sends a request that a server may refuse without hiding what others answer: then the answer is empty. */
    <T> Asked<Optional<T>> askUnlessRefused(
            String address, ReadRequest request, Map<String, String> fields, Function<Answer, T> decoder) {
        return ask(
                address,
                request,
                fields,
                answer -> Optional.of(decoder.apply(answer)),
                failure -> failure instanceof Refused
                        ? CompletableFuture.completedFuture(Optional.empty())
                        : CompletableFuture.failedFuture(failure));
    }

    /** Sends a request that has its own time limit. */
    <T> Asked<T> ask(
            String address,
            ReadRequest request,
            Map<String, String> fields,
            Duration timeout,
            Function<Answer, T> decoder,
            Function<Throwable, CompletableFuture<T>> rescue) {
        Asked<T> asked = new Asked<>(
                address,
                request,
                connection
                        .ask(address, request, fields, timeout)
                        .thenApply(decoder)
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
        FailureDiagnosis diagnosis = new FailureDiagnosis(side, positions, connection);
        Map<String, List<Asked<?>>> servers = new LinkedHashMap<>();
        failed.forEach(asked -> servers.computeIfAbsent(asked.address(), key -> new ArrayList<>())
                .add(asked));
        List<Fault> faults = new ArrayList<>();
        for (List<Asked<?>> ofServer : servers.values()) {
            faults.add(diagnosis.fault(ofServer));
        }
        return Fault.all(faults);
    }
}
