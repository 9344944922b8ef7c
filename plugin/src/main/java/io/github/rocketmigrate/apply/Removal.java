package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change.Remove;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.ObjectUse;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Carries one topic or group through its removal, to its outcome. */
final class Removal {
    private static final String READS_FIRST = "Run again: the run reads both clusters first.";
    private static final String PLAN_AGAIN = "Plan again: the new plan says what can be done.";

    private final Remove change;
    private final SortedSet<String> servers = new TreeSet<>();
    private Optional<Claim.Rejected> refusal = Optional.empty();
    private Optional<Claim.Unanswered> silence = Optional.empty();
    private Optional<Timing.Stopwatch> writing = Optional.empty();
    private AppliedChange applied;

    Removal(Remove change) {
        this.change = requireNonNull(change, "change is null");
    }

    Remove change() {
        return change;
    }

    private String name() {
        return change.subject().name();
    }

    /** The topics to remove: the topic itself, or the retry topic of a group, which is removed before the group. */
    List<String> topics() {
        if (change.isOfTopic()) {
            return List.of(name());
        }
        return change.withRetryTopic() ? List.of(Traffic.retries(name())) : List.of();
    }

    /** Ends the removal if the object was changed or used since it was planned. */
    void check(Metadata now, ObjectUse use) {
        SortedMap<String, ObjectSettings> found =
                new TreeMap<>(change.isOfTopic() ? now.topic(name()) : now.group(name()));
        found.forEach((broker, settings) -> {
            if (!settings.equals(change.before().get(broker))) {
                end(
                        WriteOutcome.FAILED,
                        "somebody has changed it on broker " + broker + " since it was planned",
                        "Plan again and review what has changed.");
            }
        });
        if (!change.isOfTopic()
                && !change.withRetryTopic()
                && !now.topic(Traffic.retries(name())).isEmpty()) {
            end(WriteOutcome.FAILED, "its retry topic was created since it was planned", PLAN_AGAIN);
        }
        List<String> uses = change.isOfTopic() ? use.ofTopic(name()) : use.ofGroup(name());
        if (!uses.isEmpty()) {
            end(WriteOutcome.FAILED, "it is in use at the destination: it " + String.join("; it ", uses), PLAN_AGAIN);
        }
    }

    /** Notes that a request was sent to a server; the first one begins to measure the time. */
    synchronized void sentTo(String server, Timing timing) {
        servers.add(server);
        if (writing.isEmpty()) {
            writing = Optional.of(timing.stopwatch());
        }
    }

    synchronized void told(Claim claim) {
        if (claim instanceof Claim.Rejected rejected) {
            refusal = Optional.of(rejected);
        } else if (claim instanceof Claim.Unanswered unanswered) {
            silence = Optional.of(unanswered);
        }
    }

    /** Whether a server that did not answer may still remove it. */
    synchronized boolean isUnanswered() {
        return silence.isPresent();
    }

    /** Whether a server refused the removal, and the object is still there. */
    boolean isRefused() {
        return refusal.isPresent() && !applied.outcome().isDone();
    }

    boolean isOpen() {
        return applied == null;
    }

    void end(WriteOutcome outcome, String why, String fix) {
        if (applied == null) {
            applied = outcome == WriteOutcome.CONFIRMED
                    ? AppliedChange.confirmed(change, writing)
                    : new AppliedChange(change, outcome, why, fix);
        }
    }

    AppliedChange applied() {
        return requireNonNull(applied, "no outcome yet");
    }

    /** Whether no master has it any more; a master that could not be read may have it. */
    boolean isGone(Metadata cluster, Map<String, Broker> left) {
        return cluster.brokers().keySet().stream()
                .allMatch(broker -> left.containsKey(broker) && isGone(left.get(broker)));
    }

    private boolean isGone(Broker broker) {
        boolean hasTopic = topics().stream().anyMatch(broker.topics()::containsKey);
        return !hasTopic && (change.isOfTopic() || !broker.groups().containsKey(name()));
    }

    /**
     * Decides the outcome from what was read afterwards.
     *
     * @param left the masters that could be read
     * @param routed name servers that still list a topic, by topic
     */
    AppliedChange judge(Metadata cluster, Map<String, Broker> left, Map<String, String> routed, Optional<Halt> halt) {
        Optional<String> route =
                topics().stream().filter(routed::containsKey).map(routed::get).findFirst();
        if (!isOpen()) {
            return applied;
        }
        if (isGone(cluster, left)) {
            if (route.isPresent()) {
                end(
                        WriteOutcome.UNKNOWN,
                        "no broker has it anymore, but name server " + route.get() + " may still list "
                                + topics().get(0),
                        READS_FIRST);
            } else {
                end(servers.isEmpty() ? WriteOutcome.UNCHANGED : WriteOutcome.CONFIRMED, "", "");
            }
        } else if (silence.isPresent()) {
            end(WriteOutcome.UNKNOWN, silence.get().what(), READS_FIRST);
        } else if (refusal.isPresent()) {
            end(WriteOutcome.FAILED, refusal.get().what(), refusal.get().fix());
        } else if (servers.isEmpty() || halt.isPresent()) {
            end(
                    WriteOutcome.NOT_ATTEMPTED,
                    halt.map(Halt::getMessage).orElse("the brokers could not be read"),
                    halt.map(it -> it.stop().fix()).orElse(READS_FIRST));
        } else {
            end(WriteOutcome.UNKNOWN, "a broker accepted its removal, but still has it or cannot be read", READS_FIRST);
        }
        return applied;
    }
}
