package io.github.rocketmigrate.wire;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Sends requests to one server, many at once, but never so many that the queue of the server overflows. */
final class RequestQueue {
    private static final int MOST_UNDER_WAY = 128;

    private final Queue<Waiting<?>> waiting = new ArrayDeque<>();
    private int underWay;
    private boolean sending;

    private record Waiting<T>(Supplier<CompletableFuture<T>> request, CompletableFuture<T> answer) {}

    <T> CompletableFuture<T> send(Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(new Waiting<>(request, answer));
        }
        sendWaiting();
        return answer;
    }

    /** A loop, not a recursion: a server that refuses the connection fails thousands of requests at once. */
    private void sendWaiting() {
        Waiting<?> next = begin();
        while (next != null) {
            start(next);
            synchronized (this) {
                sending = false;
            }
            next = begin();
        }
    }

    private synchronized Waiting<?> begin() {
        if (sending || underWay >= MOST_UNDER_WAY || waiting.isEmpty()) {
            return null;
        }
        sending = true;
        underWay++;
        return waiting.remove();
    }

    /** A request that cannot be sent fails like one that is not answered. */
    private static <T> CompletableFuture<T> begun(Waiting<T> next) {
        try {
            return next.request().get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private <T> void start(Waiting<T> next) {
        CompletableFuture<T> unused = begun(next).whenComplete((value, failure) -> {
            synchronized (this) {
                underWay--;
            }
            if (failure == null) {
                next.answer().complete(value);
            } else {
                next.answer().completeExceptionally(failure);
            }
            sendWaiting();
        });
    }
}
