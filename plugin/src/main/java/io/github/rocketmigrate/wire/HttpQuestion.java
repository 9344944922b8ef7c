package io.github.rocketmigrate.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks an HTTP server with GET, for a limited time and for an answer of limited length. Redirects are answers. */
public final class HttpQuestion {
    private static final int LONGEST = 1 << 20;

    private final CompletableFuture<HttpResponse<String>> answer;
    private final CompletableFuture<HttpResponse<String>> timed;
    private final Duration limit;

    /** The status and the body of an answer. */
    public record HttpAnswer(int status, String body) {}

    /** No usable answer came; the message says why, and begins with a verb. */
    public static final class NoAnswer extends Exception {
        private static final long serialVersionUID = 1L;

        NoAnswer(String why) {
            super(why);
        }
    }

    private HttpQuestion(CompletableFuture<HttpResponse<String>> answer, Duration limit) {
        this.answer = answer;
        // The client's own limit ends with the headers, and a body may take forever.
        this.timed = answer.copy().orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS);
        this.limit = limit;
    }

    /** A client that holds no connection for longer than its answer takes. */
    public static HttpClient client(Duration limit) {
        return HttpClient.newBuilder().connectTimeout(limit).build();
    }

    /** Sends the request, and does not wait for the answer. */
    public static HttpQuestion ask(HttpClient client, URI address, Duration limit) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(limit)
                .header("Accept", "application/json, */*")
                .GET()
                .build();
        return new HttpQuestion(client.sendAsync(request, info -> new Bounded()), limit);
    }

    /** Waits for the answer, no longer than the limit since the question. */
    public HttpAnswer await() throws NoAnswer, InterruptedException {
        try {
            HttpResponse<String> response = timed.get();
            return new HttpAnswer(response.statusCode(), response.body());
        } catch (ExecutionException e) {
            throw new NoAnswer(why(e.getCause()));
        } finally {
            answer.cancel(true);
        }
    }

    private String why(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "did not answer within "
                    + (limit.toSeconds() > 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms");
        }
        if (cause instanceof TooLong) {
            return "answered more than " + (LONGEST >> 20) + " MB";
        }
        String message = cause.getMessage();
        return "could not be reached: "
                + (message == null || message.isBlank() ? cause.getClass().getSimpleName() : message);
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Collects a body, and ends the connection where the body is too long. */
    private static final class Bounded implements BodySubscriber<String> {
        private final CompletableFuture<String> body = new CompletableFuture<>();
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private Flow.Subscription subscription;

        @Override
        public CompletionStage<String> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription begun) {
            subscription = begun;
            begun.request(1);
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            for (ByteBuffer part : parts) {
                if (bytes.size() + part.remaining() > LONGEST) {
                    subscription.cancel();
                    body.completeExceptionally(new TooLong());
                    return;
                }
                byte[] copy = new byte[part.remaining()];
                part.get(copy);
                bytes.writeBytes(copy);
            }
            subscription.request(1);
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(bytes.toString(UTF_8));
        }
    }
}
