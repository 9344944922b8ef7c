package io.github.rocketmigrate.wire;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection to all servers of one cluster that can change it; goals that only read are never given one. */
public final class WritingConnection implements AutoCloseable {
    private final Requests requests;
    private final ReadingConnection reading;
    private final Duration patience;

    private WritingConnection(Requests requests, Duration patienceToRead, Duration patience) {
        this.requests = requireNonNull(requests, "requests is null");
        this.reading = new ReadingConnection(requests, patienceToRead);
        this.patience = requireNonNull(patience, "patience is null");
    }

    /**
     * Opens one; nothing is sent yet.
     *
     * @param patienceToRead how long a server may take to answer a question
     * @param patience how long it may take to change something
     */
    public static WritingConnection open(
            boolean tls, Optional<Credentials> credentials, Duration patienceToRead, Duration patience) {
        return new WritingConnection(new Requests(tls, credentials), patienceToRead, patience);
    }

    /** The same connection for whoever only reads. */
    public ReadingConnection reading() {
        return reading;
    }

    /** Tells the server at {@code address} to do something; its answer is a claim, and the truth is for a reading. */
    public CompletableFuture<Answer> tell(
            String address, WriteRequest request, Map<String, String> fields, byte[] body) {
        return requests.send(address, request, fields, body, patience);
    }

    /** How long a server may take to change something. */
    public Duration patience() {
        return patience;
    }

    /** How often each request was sent that changes something. */
    public Map<WriteRequest, Long> told() {
        return requests.asked().entrySet().stream()
                .filter(asked -> asked.getKey() instanceof WriteRequest)
                .collect(toMap(asked -> (WriteRequest) asked.getKey(), Map.Entry::getValue));
    }

    @Override
    public void close() {
        requests.close();
    }
}
