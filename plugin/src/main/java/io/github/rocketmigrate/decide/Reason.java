package io.github.rocketmigrate.decide;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A reason why a change is not made now. */
public sealed interface Reason {
    /** The code of what follows the removal of other objects. */
    String WAITS_FOR_REMOVALS = "waits-for-removals";

    /** The reason as reports print it after "waits for". */
    String words();

    /** The reason for people who wait for the next step; on the way back, with the side in words first. */
    default String words(Rung next) {
        return words();
    }

    /** The reason in a word or two, for a board: the name of a check, or the word of an impossible change. */
    String brief();

    /** The reason for scripts: the name of a check, or a word that never changes. */
    default String code() {
        return brief();
    }

    /** Whether the reason may end with time or another reading, without anyone's action. */
    default boolean mayClear() {
        return false;
    }

    /** What ends the reason without anyone's action, for people who watch a run wait. */
    default String whyAwaited(FencePolicy policy) {
        return "it ends after an earlier step of this run";
    }

    /** How long it usually takes at most to end, where that is longer than the polls of all clients. */
    default Duration usuallyEndsWithin(FencePolicy policy) {
        return Duration.ZERO;
    }

    /** Before which time the reason cannot end, where that is known. */
    default Optional<Instant> notBefore() {
        return Optional.empty();
    }

    /** What does not go away with time, and who ends it. */
    default Optional<String> stays() {
        return Optional.empty();
    }

    /** What somebody has to do about it; empty where nobody can act, or where the reason says it. */
    default String fix() {
        return "";
    }

    /** Whether the reason concerns the clusters as a whole. */
    default boolean isOfClusters() {
        return false;
    }

    /** Several reasons in one line. */
    static String words(List<Reason> reasons) {
        return reasons.stream().map(reason -> reason.words()).collect(joining("; "));
    }

    /** Several reasons in one line, for people who wait for the next step. */
    static String words(List<Reason> reasons, Rung next) {
        return reasons.stream().map(reason -> reason.words(next)).collect(joining("; "));
    }

    /**
     * A check that did not pass.
     *
     * @param endsByItself whether it fails because of an earlier step of ours, and passes with time
     */
    record OfCheck(Judgement judgement, boolean endsByItself) implements Reason {
        public OfCheck {
            requireNonNull(judgement, "judgement is null");
        }

        @Override
        public boolean mayClear() {
            return endsByItself || judgement.check().needsAnotherLook(judgement.verdict());
        }

        @Override
        public String words() {
            return brief() + ": " + judgement.verdict().what();
        }

        @Override
        public String words(Rung next) {
            return Optional.of(next)
                    .filter(it -> it.isFor(Purpose.OPEN_REVERSE_FENCE))
                    .flatMap(it -> judgement.check().awaitedBack())
                    .map(awaited -> awaited + " (" + brief() + "): "
                            + judgement.verdict().what())
                    .orElseGet(this::words);
        }

        @Override
        public String brief() {
            return judgement.check().name();
        }

        @Override
        public String fix() {
            return judgement.verdict() instanceof Verdict.Failed failed ? failed.fix() : "";
        }

        @Override
        public String whyAwaited(FencePolicy policy) {
            return judgement.check().whyAwaited(policy);
        }

        @Override
        public Duration usuallyEndsWithin(FencePolicy policy) {
            return judgement.check().usuallyPassesWithin(policy);
        }

        @Override
        public Optional<Instant> notBefore() {
            return judgement.notBefore();
        }

        @Override
        public Optional<String> stays() {
            return judgement.outlook().stays();
        }

        @Override
        public boolean isOfClusters() {
            return judgement.topic().isEmpty();
        }
    }

    /** Groups that are not complete at the destination yet. */
    record OfGroups(GroupReadiness readiness) implements Reason {
        public OfGroups {
            requireNonNull(readiness, "readiness is null");
        }

        @Override
        public String words() {
            return readiness.waitsFor().orElse("");
        }

        @Override
        public String brief() {
            return "groups incomplete at destination";
        }

        @Override
        public String code() {
            return "groups-incomplete";
        }

        @Override
        public boolean mayClear() {
            return true;
        }

        @Override
        public String whyAwaited(FencePolicy policy) {
            return "clients send heartbeats to new masters within 30 s";
        }
    }

    /**
     * Something that keeps an object from being removed.
     *
     * @param fix what to do next
     * @param needsOnlyPermission whether the user has only to allow it
     */
    record OfRemoval(String brief, String what, String fix, boolean needsOnlyPermission) implements Reason {
        public OfRemoval {
            requireNonNull(brief, "brief is null");
            requireNonNull(what, "what is null");
            requireNonNull(fix, "fix is null");
        }

        @Override
        public String words() {
            return Sentences.of(what, fix);
        }

        /** An object without a fix of its own is removed together with the others. */
        @Override
        public String code() {
            return fix.isEmpty() ? WAITS_FOR_REMOVALS : "removal";
        }
    }

    /** Something that the plan asks for but that cannot be done. */
    record OfPlan(String brief, String words) implements Reason {
        public OfPlan {
            requireNonNull(brief, "brief is null");
            requireNonNull(words, "words is null");
        }
    }
}
