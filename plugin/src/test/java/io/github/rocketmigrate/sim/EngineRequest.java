package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.SystemNames;
import java.util.List;
import java.util.function.Supplier;

/**
 * Something that a run asks for and waits for.
 *
 * @param address the server; empty if the run pauses or has ended
 * @param what the words of the request
 * @param effect what it does to the world; the result is its answer
 * @param micros how long the run pauses
 */
record EngineRequest(Kind kind, String address, String what, Supplier<?> effect, long micros) {
    private static final String QUEUES = "queues of ";
    private static final List<String> TRAFFIC =
            List.of("offsets", QUEUES, "members of ", "groups of ", "messages held back", "retries of ");

    /** The kinds of requests. */
    enum Kind {
        ASK,
        TELL,
        PAUSE,
        /** The run has ended. */
        END
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** Whether it reads the messages of a topic itself, not those that come again. */
    boolean isOfQueues() {
        return kind == Kind.ASK && what.startsWith(QUEUES) && !what.contains(SystemNames.retryTopic(""));
    }

    /** Whether it reads something that later readings are compared with. */
    boolean isOfTraffic() {
        return kind == Kind.ASK && TRAFFIC.stream().anyMatch(what::startsWith);
    }

    /** Whether it is a write that clients may notice. */
    boolean isForClients() {
        return kind == Kind.TELL && !what.contains("note ") && !what.startsWith("group ");
    }

    @Override
    public String toString() {
        return switch (kind) {
            case ASK -> "asks " + address + " for " + what;
            case TELL -> "writes " + what + " at " + address;
            case PAUSE -> "pauses";
            case END -> "ends: " + what;
        };
    }
}
