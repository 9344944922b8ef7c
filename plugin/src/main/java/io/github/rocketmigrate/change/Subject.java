package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Side;
import java.util.Optional;

/**
 * Names the topic, group or broker that something is about, with its cluster and its position in the plan.
 *
 * @param batch of the object; brokers have none
 * @param at its position in the plan; saved change sets do not hold it
 */
public record Subject(Kind kind, String name, Side side, Optional<String> batch, Optional<Position> at) {
    public Subject {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(side, "side is null");
        requireNonNull(batch, "batch is null");
        requireNonNull(at, "at is null");
    }

    /** The kinds of objects, in the order in which runs change them. */
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
