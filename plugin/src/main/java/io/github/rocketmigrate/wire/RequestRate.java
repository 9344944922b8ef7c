package io.github.rocketmigrate.wire;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Spreads the requests to a cluster over time, so that it gets no more than some number of them in a second. */
final class RequestRate implements AutoCloseable {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Optional<ScheduledExecutorService> timer;
    private final boolean isLimited;
    private final Queue<CompletableFuture<Void>> waiting = new ArrayDeque<>();
    private boolean isFree = true;

    private RequestRate(boolean isLimited, Optional<ScheduledExecutorService> timer) {
        this.isLimited = isLimited;
        this.timer = timer;
    }

    /** Limits to a number in a second; empty means no limit. */
    static RequestRate of(OptionalInt perSecond) {
        if (perSecond.isEmpty()) {
            return new RequestRate(false, Optional.empty());
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "migrate-rate");
            thread.setDaemon(true);
            return thread;
        });
        RequestRate rate = new RequestRate(true, Optional.of(timer));
        long between = SECOND / perSecond.getAsInt();
        var unused = timer.scheduleAtFixedRate(rate::next, between, between, TimeUnit.NANOSECONDS);
        return rate;
    }

    /** A limit whose time passes by {@link #next} only. */
    static RequestRate byHand() {
        return new RequestRate(true, Optional.empty());
    }

    /** Completes when the next request may be sent. */
    synchronized CompletableFuture<Void> turn() {
        if (isFree) {
            isFree = !isLimited;
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> turn = new CompletableFuture<>();
        waiting.add(turn);
        return turn;
    }

    /** Lets one more request through. */
    void next() {
        CompletableFuture<Void> turn;
        synchronized (this) {
            turn = waiting.poll();
            isFree = turn == null;
        }
        if (turn != null) {
            turn.complete(null);
        }
    }

    @Override
    public void close() {
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
        List<CompletableFuture<Void>> rest;
        synchronized (this) {
            rest = List.copyOf(waiting);
            waiting.clear();
        }
        rest.forEach(turn -> turn.completeExceptionally(new CancellationException("the connection is closed")));
    }
}
