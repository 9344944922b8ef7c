package io.github.rocketmigrate.sim;

/** A situation that the product does not master yet. Seeds meet one of them only with {@code -Dsim.open}. */
enum OpenSituation {
    /**
     * A write that sets the routes of a fence, or one after it, is not answered, so that the fence is put back half a minute
     * later, or the routes are set late; or the run ends or stands still there, and something else replaces the routes.
     * Producers have followed the routes by then: they have sent to a side that closes again, or find no queue.
     */
    FENCE_INTERRUPTED,
    /** A producer keeps the source's name servers. */
    PRODUCER_FORGOTTEN,
    /** Producers avoid slow brokers, and then choose a queue of a broker that is closed for writing. */
    LATENCY_AVOIDED
}
