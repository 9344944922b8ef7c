package io.github.rocketmigrate.decide;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Judgement;
import java.util.List;

/** A reason why a change is not made now. */
public sealed interface Obstacle {
    /** The reason as reports print it. */
    String words();

    /** Whether the reason may end with time or another reading, without anyone's action. */
    default boolean mayEndByItself() {
        return false;
    }

    /** Whether the reason concerns the clusters as a whole. */
    default boolean isOfClusters() {
        return false;
    }

    /** Several reasons in one line. */
    static String words(List<Obstacle> reasons) {
        return reasons.stream().map(Obstacle::words).collect(joining("; "));
    }

    /**
     * A check that did not pass.
     *
     * @param endsByItself whether it fails because of an earlier step of ours, and passes with time
     */
    record OfCheck(Judgement judgement, boolean endsByItself) implements Obstacle {
        public OfCheck {
            requireNonNull(judgement, "judgement is null");
        }

        @Override
        public boolean mayEndByItself() {
            return endsByItself || judgement.check().needsAnotherLook(judgement.verdict());
        }

        @Override
        public String words() {
            return judgement.check().name() + ", " + judgement.verdict().what();
        }

        @Override
        public boolean isOfClusters() {
            return judgement.topic().isEmpty();
        }
    }

    /** Groups that are not complete at the destination yet. */
    record OfGroups(GroupReadiness readiness) implements Obstacle {
        public OfGroups {
            requireNonNull(readiness, "readiness is null");
        }

        @Override
        public String words() {
            return readiness.waitsFor().orElse("");
        }

        @Override
        public boolean mayEndByItself() {
            return true;
        }
    }

    /** Something that the plan asks for but that cannot be done. */
    record OfPlan(String words) implements Obstacle {
        public OfPlan {
            requireNonNull(words, "words is null");
        }
    }
}
