package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Position;
import java.util.Optional;

/**
 * What something is about: a topic, group or broker in one of the clusters, and where the plan asks for it.
 *
 * @param batch that the plan has it in; brokers are in none
 * @param at where the plan asks for it; a change set in a file does not hold it
 */
public record Subject(Kind kind, String name, Side side, Optional<String> batch, Optional<Position> at) {
    public Subject {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(side, "side is null");
        requireNonNull(batch, "batch is null");
        requireNonNull(at, "at is null");
    }

    /** The kinds of object, in the order in which they are changed. */
    public enum Kind {
        BROKER("broker"),
        GROUP("group"),
        TOPIC("topic");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
