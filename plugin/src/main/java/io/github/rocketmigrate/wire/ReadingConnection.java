package io.github.rocketmigrate.wire;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

/** A connection to all servers of one cluster that can send only {@link ReadRequest}s. It counts them. */
public final class ReadingConnection implements AutoCloseable {
    private static final byte[] NO_BODY = null;

    private final Requests requests;
    private final Duration timeout;

    ReadingConnection(Requests requests, Duration timeout) {
        this.requests = requireNonNull(requests, "requests is null");
        this.timeout = requireNonNull(timeout, "timeout is null");
    }

    /**
     * Opens a connection without sending anything.
     *
     * @param timeout the time that a server has to answer
     */
    public static ReadingConnection open(Encryption encryption, Optional<Credentials> credentials, Duration timeout) {
        return open(encryption, credentials, timeout, OptionalInt.empty());
    }

    /** Opens a connection that sends at most {@code perSecond} requests in a second. */
    public static ReadingConnection open(
            Encryption encryption, Optional<Credentials> credentials, Duration timeout, OptionalInt perSecond) {
        return new ReadingConnection(new Requests(encryption, credentials, RequestRate.of(perSecond)), timeout);
    }

    public CompletableFuture<Answer> ask(String address, ReadRequest request) {
        return ask(address, request, Map.of());
    }

    /** Sends a request to the server at {@code address}. The future fails with {@link Refused} or the network failure. */
    public CompletableFuture<Answer> ask(String address, ReadRequest request, Map<String, String> fields) {
        return ask(address, request, fields, timeout);
    }

    /** Sends a request that has its own time limit. */
    public CompletableFuture<Answer> ask(
            String address, ReadRequest request, Map<String, String> fields, Duration ownTimeout) {
        return requests.send(address, request, fields, NO_BODY, ownTimeout);
    }

    public Encryption encryption() {
        return requests.encryption();
    }

    /** The user as whom it sends requests; empty if it has no credentials. */
    public Optional<String> user() {
        return requests.user();
    }

    /** The time that a server has to answer. */
    public Duration timeout() {
        return timeout;
    }

    /** The number of reading requests that were sent, by kind. */
    public Map<ReadRequest, Long> asked() {
        return requests.asked().entrySet().stream()
                .filter(asked -> asked.getKey() instanceof ReadRequest)
                .collect(toMap(asked -> (ReadRequest) asked.getKey(), Map.Entry::getValue));
    }

    /** The number of bytes in the bodies of all answers. */
    public long received() {
        return requests.received();
    }

    @Override
    public void close() {
        requests.close();
    }
}
