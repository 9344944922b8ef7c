package io.github.rocketmigrate.sim;

/**
 * Something that a server or client may do next, without the run.
 *
 * @param what it does, in words
 */
record Step(Kind kind, String who, String what, Runnable action) {
    static final String CONSUMER = "reader-";
    static final String PRODUCER = "sender-";

    /** The kinds of steps. */
    enum Kind {
        /** A broker brings its topics to a name server, at once after a change. */
        REGISTER(0),
        /**
         * A client asks for its routes, every 30 s. A producer sends a message just before and one just after; a consumer
         * shares the queues again.
         */
        POLL(2),
        /** A consumer shares the queues again because others have moved, every 20 s. */
        REBALANCE(1),
        /** A consumer has consumed what it has pulled, in up to 20 s, and commits the offsets. */
        COMMIT(1);

        private final int pauses;

        Kind(int pauses) {
            this.pauses = pauses;
        }

        /** How many pauses of a run it can be put off. */
        int pauses() {
            return pauses;
        }
    }

    /** A step that does not happen, to ask what would depend on it. */
    static Step imagined(Kind kind, String who) {
        return new Step(kind, who, "", () -> {});
    }

    boolean is(Kind other) {
        return kind == other;
    }

    boolean isOfConsumer() {
        return who.startsWith(CONSUMER);
    }

    boolean isOfProducer() {
        return who.startsWith(PRODUCER);
    }

    /** Tells it from other steps. */
    String name() {
        return who + " " + what;
    }
}
