package io.github.rocketmigrate.sim;

/** A situation that the product does not master yet. Seeds meet one of them only with {@code -Dsim.open}. */
enum OpenSituation {
    /**
     * The write that opens the second side of a fence is not answered. The fence is put back half a minute later, when
     * producers have followed the routes and sent to the side that closes again.
     */
    UNANSWERED_OPENING,
    /** A group of another team has the same name in the destination. */
    SAME_GROUP,
    /** A producer keeps the source's name servers. */
    PRODUCER_FORGOTTEN,
    /** An orderly group reads a topic that is not typed FIFO. */
    ORDERLY_READS_NORMAL,
    /** An operator closes a topic on a source broker for writing, to drain it. */
    OPERATOR_CLOSES_TOPIC,
    /** Producers keep routes for five minutes, as proxies do. */
    PROXIES,
    /** Messages have a delay level above 18. */
    EXTENDED_DELAY,
    /** The name servers of the destination lose their disks while a source broker is down with unread messages. */
    RECORD_LOST,
    /** A group is disabled at a source broker after its topics have moved. */
    GROUP_DISABLED,
    /** Producers avoid slow brokers, and then choose a queue of a broker that is closed for writing. */
    LATENCY_AVOIDED
}
