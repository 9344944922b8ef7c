package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.DueTime;
import io.github.rocketmigrate.text.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Says what to do where nothing is left but topics that wait for delayed, timed or half messages, maybe for hours. */
final class HeldByMessages {
    private static final int MOST_NAMED = 3;
    private static final String NOTHING_STRANDED = "nothing-stranded";
    private static final String SOURCE_DRAINED = "source-drained";

    private final SortedSet<String> timed = new TreeSet<>();
    private final SortedSet<String> half = new TreeSet<>();
    private final SortedSet<String> delayed = new TreeSet<>();
    private Optional<Instant> lastDue = Optional.empty();
    /** A check that holds one of the topics, and that a waiver passes over. */
    private Optional<String> check = Optional.empty();

    private final Traffic traffic;

    private HeldByMessages(Traffic traffic) {
        this.traffic = requireNonNull(traffic, "traffic is null");
    }

    /** The rest of the word "Next:", without a full stop; empty if anything else can be done, or if nothing waits. */
    static Optional<NextAfterHold> next(PlanReport report) {
        if (report.situation().traffic().isEmpty()
                || !report.changes().impossible().isEmpty()) {
            return Optional.empty();
        }
        HeldByMessages held = new HeldByMessages(report.situation().traffic().get());
        boolean isAll = report.changes().changes().stream()
                .filter(change -> !(change instanceof Change.SeedOffsets))
                .allMatch(change -> change instanceof MoveTopic move
                        && report.decision(change) instanceof Decision.Awaited awaited
                        && held.add(move, awaited.reasons()));
        return isAll ? held.words() : Optional.empty();
    }

    /**
     * What to do before the next run.
     *
     * @param what continues the word "Next:" and has no full stop
     * @param check the name of the check that waits
     */
    record NextAfterHold(String what, String check) {}

    /** Returns whether messages hold the topic outside its queues. */
    private boolean add(MoveTopic move, List<Reason> reasons) {
        List<Judgement> judgements = reasons.stream()
                .filter(Reason.OfCheck.class::isInstance)
                .map(reason -> ((Reason.OfCheck) reason).judgement())
                .toList();
        String topic = move.subject().name();
        Side side = side(move, judgements);
        boolean isDelayed = count(side, HeldKind.DELAYED, topic) > 0;
        boolean isTimed = count(side, HeldKind.TIMED, topic) > 0;
        boolean isHalf = count(side, HeldKind.HALF, topic) > 0;
        if (isDelayed) {
            delayed.add(topic);
            lastDue = latest(lastDue, traffic.lastDue(side, topic));
        }
        if (isTimed) {
            timed.add(topic);
        }
        if (isHalf) {
            half.add(topic);
        }
        judgements.stream()
                .map(judgement -> judgement.check().name())
                .filter(name -> name.equals(NOTHING_STRANDED) || name.equals(SOURCE_DRAINED))
                .findFirst()
                .ifPresent(name -> check = Optional.of(name));
        return isDelayed || isTimed || isHalf;
    }

    private static Side side(MoveTopic move, List<Judgement> judgements) {
        if (move.rung() instanceof Rung.Wait wait) {
            return wait.until();
        }
        return judgements.stream()
                        .anyMatch(judgement -> judgement.check().name().equals(NOTHING_STRANDED))
                ? Side.DESTINATION
                : Side.SOURCE;
    }

    private long count(Side side, HeldKind kind, String topic) {
        return traffic.at(side)
                .held()
                .kinds()
                .getOrDefault(kind, Amount.NOTHING)
                .of(topic);
    }

    private static Optional<Instant> latest(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    private Optional<NextAfterHold> words() {
        List<String> parts = new ArrayList<>();
        if (!half.isEmpty()) {
            parts.add("have the producers of " + names(half) + " commit or roll back their transactions");
        }
        if (!delayed.isEmpty()) {
            parts.add(lastDue.filter(traffic.readAt()::isBefore)
                    .map(at -> "wait until " + DueTime.words(at, traffic.readAt())
                            + ", when the last delayed message of " + names(delayed) + " is due")
                    .orElseGet(() -> "wait until the delayed messages of " + names(delayed) + " are consumed"));
        }
        if (!timed.isEmpty()) {
            parts.add("wait until the timed messages of " + names(timed) + " are consumed; brokers do not say when they"
                    + " are due");
        }
        return check.filter(name -> !parts.isEmpty())
                .map(name -> new NextAfterHold(
                        String.join("; ", parts) + "; or, if nobody needs these messages, waive " + name, name));
    }

    private static String names(SortedSet<String> topics) {
        return Names.of(topics, MOST_NAMED);
    }
}
