package io.github.rocketmigrate.wire;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection to all servers of one cluster that can change them. Goals that only read are never given one. */
public final class WritingConnection implements AutoCloseable {
    private final Requests requests;
    private final ReadingConnection reading;
    private final Duration writeTimeout;

    private WritingConnection(Requests requests, Duration readTimeout, Duration writeTimeout) {
        this.requests = requireNonNull(requests, "requests is null");
        this.reading = new ReadingConnection(requests, readTimeout);
        this.writeTimeout = requireNonNull(writeTimeout, "writeTimeout is null");
    }

    /**
     * Opens a connection without sending anything.
     *
     * @param readTimeout the time that a server has to answer a reading request
     * @param writeTimeout the time that a server has to answer a changing request
     */
    public static WritingConnection open(
            Encryption encryption, Optional<Credentials> credentials, Duration readTimeout, Duration writeTimeout) {
        return new WritingConnection(new Requests(encryption, credentials), readTimeout, writeTimeout);
    }

    /** The same connection, restricted to reading. */
    public ReadingConnection reading() {
        return reading;
    }

    /** Sends a changing request to the server at {@code address}. Its answer is a claim, to be verified by reading. */
    public CompletableFuture<Answer> send(
            String address, WriteRequest request, Map<String, String> fields, byte[] body) {
        return requests.send(address, request, fields, body, writeTimeout);
    }

    /** The time that a server has to answer a changing request. */
    public Duration timeout() {
        return writeTimeout;
    }

    /** The number of changing requests that were sent, by kind. */
    public Map<WriteRequest, Long> sent() {
        return requests.asked().entrySet().stream()
                .filter(asked -> asked.getKey() instanceof WriteRequest)
                .collect(toMap(asked -> (WriteRequest) asked.getKey(), Map.Entry::getValue));
    }

    @Override
    public void close() {
        requests.close();
    }
}
