package io.github.rocketmigrate.sim;

import java.util.ArrayList;
import java.util.List;

/** The messages of one queue, and the pulls that wait for the next one. */
final class SimQueue {
    private final long first;
    private final List<SimMessage> messages = new ArrayList<>();
    private List<Runnable> waiting = new ArrayList<>();
    private long firstAt;

    /** Queues of topics that have been in use for long do not begin at 0. */
    SimQueue(long first) {
        this.first = first;
    }

    long first() {
        return first;
    }

    /** The offset that the next message gets. */
    long next() {
        return first + messages.size();
    }

    List<SimMessage> from(long offset, int most) {
        int start = (int) (Math.max(offset, first) - first);
        return start >= messages.size()
                ? List.of()
                : List.copyOf(messages.subList(start, Math.min(messages.size(), start + most)));
    }

    /** When the first message came. */
    long firstAt() {
        return firstAt;
    }

    List<SimMessage> all() {
        return messages;
    }

    /** Returns the pulls that waited for it. */
    List<Runnable> append(SimMessage message, long now) {
        if (messages.isEmpty()) {
            firstAt = now;
        }
        messages.add(message);
        List<Runnable> awake = waiting;
        waiting = new ArrayList<>();
        return awake;
    }

    void await(Runnable pull) {
        waiting.add(pull);
    }
}
