package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.wire.ReadRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Makes sure that the messages that brokers have stored until now are in queues, where readings find them.
 *
 * <p>A broker stores a message in its log first, and dispatches it to its queue a moment later; a broker that is overloaded
 * or has just started, much later. Brokers of all versions report the end of the log before the number of bytes that they
 * have not dispatched, so the place up to which a log is dispatched is never taken for a later one. Under load there are
 * always some such bytes: what counts is the end that the log had at the first question.
 */
final class DispatchReading {
    private static final String END = "commitLogMaxOffset";
    private static final String BEHIND = "dispatchBehindBytes";
    /** A broker that works dispatches within a millisecond, less than an answer takes. */
    private static final int MOST_QUESTIONS = 5;

    private final Metadata metadata;
    private final Supplier<RequestGroup> requests;
    private final SortedSet<String> failures = new TreeSet<>();

    DispatchReading(Metadata metadata, Supplier<RequestGroup> requests) {
        this.metadata = requireNonNull(metadata, "metadata is null");
        this.requests = requireNonNull(requests, "requests is null");
    }

    /** The log of a broker. */
    private record Log(long end, long behind) {
        static Optional<Log> of(Map<String, String> state) {
            String end = state.getOrDefault(END, "");
            String behind = state.getOrDefault(BEHIND, "");
            return end.matches("\\d{1,18}") && behind.matches("\\d{1,18}")
                    ? Optional.of(new Log(Long.parseLong(end), Long.parseLong(behind)))
                    : Optional.empty();
        }

        long missing(long target) {
            return behind == 0 ? 0 : Math.max(0, target - (end - behind));
        }
    }

    /** Asks brokers for their state; those that are behind, again until they have dispatched what they had at first. */
    void catchUp() throws InterruptedException {
        Map<String, Long> targets = new HashMap<>();
        Map<String, String> behind = new HashMap<>();
        List<Broker> pending = metadata.masters().toList();
        for (int i = 0; i < MOST_QUESTIONS && !pending.isEmpty(); i++) {
            behind.clear();
            ask(pending)
                    .forEach((broker, log) -> problem(log, targets, broker).ifPresent(it -> behind.put(broker, it)));
            pending = pending.stream()
                    .filter(broker -> behind.containsKey(broker.name()))
                    .toList();
        }
        behind.forEach((broker, problem) -> failures.add("broker " + broker + " " + problem));
    }

    private Map<String, Optional<Log>> ask(List<Broker> brokers) throws InterruptedException {
        RequestGroup group = requests.get();
        Map<String, Asked<Optional<Map<String, String>>>> asked = new HashMap<>();
        for (Broker broker : brokers) {
            asked.put(
                    broker.name(),
                    group.askUnlessRefused(
                            broker.address(),
                            ReadRequest.RUNTIME,
                            Map.of(),
                            answer -> BrokerDecoder.runtime(answer.body())));
        }
        group.await();
        Map<String, Optional<Log>> logs = new HashMap<>();
        asked.forEach((broker, state) -> logs.put(broker, state.value().flatMap(Log::of)));
        return logs;
    }

    private static Optional<String> problem(Optional<Log> log, Map<String, Long> targets, String broker) {
        if (log.isEmpty()) {
            return Optional.of("does not report how much of its log is in queues");
        }
        long target = targets.computeIfAbsent(broker, key -> log.get().end());
        long missing = log.get().missing(target);
        return missing == 0
                ? Optional.empty()
                : Optional.of("has not put " + Counts.of(missing, "byte") + " of its log into queues");
    }

    /** Why messages may be in a log and in no queue yet, one sentence for each such broker. */
    List<String> failures() {
        return List.copyOf(failures);
    }
}
