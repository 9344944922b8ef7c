package io.github.rocketmigrate.model;

/** Why a cluster is written to; it decides which checks have to pass first. */
public enum Purpose {
    /** Topics and groups are created or aligned at the destination. */
    WRITE_OBJECTS(true),
    /** Source brokers register with the destination's name servers. */
    JOIN(true),
    /** Source brokers leave the destination's name servers. */
    LEAVE_JOIN(true),
    /** The first rung up: consumers read from both clusters. */
    LEAVE_SOURCE(true),
    /** Producers may write to both clusters. */
    OPEN_BOTH(true),
    /** Producers write to the destination and no longer to the source. */
    TO_DESTINATION(true),
    /** Producers of a FIFO topic write to the destination, where nobody reads until the source is drained. */
    CLOSE_FENCE(true),
    /** All producers have polled their routes and found no queue: they may write again, in the other cluster. */
    END_PAUSE(false),
    /** The source is drained: consumers may read from the destination. */
    OPEN_FENCE(false),
    /** On the way back the destination is drained: consumers may read from the source. */
    OPEN_REVERSE_FENCE(false),
    /** The topic no longer uses the source. */
    LEAVE_BEHIND(true),
    /** A step back. */
    BACK(false),
    /** A stopped run left a write half done. */
    FINISH(false),
    /** The way back while the destination is down: the source opens, and nothing else can be done. */
    OPEN_SOURCE(false);

    private final boolean mayWait;

    Purpose(boolean mayWait) {
        this.mayWait = mayWait;
    }

    /** Whether it is a step of one topic, and not a change of a whole cluster. */
    public boolean isOfTopic() {
        return this != WRITE_OBJECTS && this != JOIN && this != LEAVE_JOIN;
    }

    /** Whether it can be done later as well. A closed fence has to open, and a step back has a reason. */
    public boolean mayWait() {
        return mayWait;
    }
}
