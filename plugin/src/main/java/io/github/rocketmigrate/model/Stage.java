package io.github.rocketmigrate.model;

import static io.github.rocketmigrate.model.Access.NONE;
import static io.github.rocketmigrate.model.Access.READ;
import static io.github.rocketmigrate.model.Access.READ_WRITE;

/** How far the traffic of a topic has moved: a pair of accesses. Declared in the order in which a topic moves. */
public enum Stage {
    SOURCE("source", READ_WRITE, NONE),
    READ_BOTH("read-both", READ_WRITE, READ),
    WRITE_BOTH("write-both", READ_WRITE, READ_WRITE),
    WRITE_DESTINATION("write-destination", READ, READ_WRITE),
    DESTINATION("destination", NONE, READ_WRITE);

    private final String word;
    private final Access source;
    private final Access destination;

    Stage(String word, Access source, Access destination) {
        this.word = word;
        this.source = source;
        this.destination = destination;
    }

    /** The word for this stage in plans, messages and reports. */
    public String word() {
        return word;
    }

    public Access at(Side side) {
        return switch (side) {
            case SOURCE -> source;
            case DESTINATION -> destination;
        };
    }

    public boolean isAheadOf(Stage other) {
        return compareTo(other) > 0;
    }

    /** One step back. A canary is a stage on demand, so nothing goes back into it. */
    public Stage previous() {
        return switch (this) {
            case SOURCE, READ_BOTH -> SOURCE;
            case WRITE_BOTH, WRITE_DESTINATION -> READ_BOTH;
            case DESTINATION -> WRITE_DESTINATION;
        };
    }
}
