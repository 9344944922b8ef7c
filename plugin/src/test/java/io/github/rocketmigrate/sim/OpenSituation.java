package io.github.rocketmigrate.sim;

/** A situation that the product does not master yet. Seeds meet one of them only with {@code -Dsim.open}. */
enum OpenSituation {
    /**
     * A run ends or is suspended between the routes of a fence and its last write, and meanwhile a broker registers anew, which
     * replaces its routes. Producers that have turned find other queues, or return to the side that was to be closed. With
     * {@code routing: client}, it is enough that a server does not answer: producers find no queue until all is put back.
     *
     * <p>No seed is known that violates an invariant by it, so it has no {@link OpenHazard}. It is open all the same: name
     * servers keep routes that were set in memory only, and no single write turns all brokers.
     */
    FENCE_INTERRUPTED,
    /** Producers avoid slow brokers, and then choose a queue of a broker that is closed for writing. */
    LATENCY_AVOIDED,
    /**
     * With {@code routing: client}, name servers show each write of a fence at once. A producer that polls its route when
     * one of several masters is open, and another one is not yet, or has refused, sends a key to another queue than later.
     * Its seeds also show a run that is suspended in a write, and makes it after another run has taken over.
     */
    FENCE_OF_SEVERAL_MASTERS,
    /**
     * A broadcasting group reads a topic that passes a fence, and the routes that keep its members at their queues are lost
     * while the fence is closed, or there are none, as with {@code routing: client}. When it opens, the members begin at the
     * end of the queues.
     */
    BROADCASTING_IN_FENCE
}
