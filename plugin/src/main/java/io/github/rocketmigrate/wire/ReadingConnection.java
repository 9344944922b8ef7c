package io.github.rocketmigrate.wire;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A connection to all servers of one cluster that can send nothing but {@link ReadRequest}s: many at once, and counted. */
public final class ReadingConnection implements AutoCloseable {
    private static final byte[] NO_BODY = null;

    private final Requests requests;
    private final Duration patience;

    ReadingConnection(Requests requests, Duration patience) {
        this.requests = requireNonNull(requests, "requests is null");
        this.patience = requireNonNull(patience, "patience is null");
    }

    /**
     * Opens one; nothing is sent yet.
     *
     * @param patience how long a server may take to answer
     */
    public static ReadingConnection open(boolean tls, Optional<Credentials> credentials, Duration patience) {
        return new ReadingConnection(new Requests(tls, credentials), patience);
    }

    public CompletableFuture<Answer> ask(String address, ReadRequest request) {
        return ask(address, request, Map.of());
    }

    /** Asks the server at {@code address}; the answer comes, or a {@link Refused}, or why there is none. */
    public CompletableFuture<Answer> ask(String address, ReadRequest request, Map<String, String> fields) {
        return ask(address, request, fields, patience);
    }

    /** Likewise, with a patience of its own. */
    public CompletableFuture<Answer> ask(
            String address, ReadRequest request, Map<String, String> fields, Duration itsPatience) {
        return requests.send(address, request, fields, NO_BODY, itsPatience);
    }

    public boolean isTls() {
        return requests.isTls();
    }

    /** As whom it asks, if it says so. */
    public Optional<String> user() {
        return requests.user();
    }

    /** How long a server may take to answer. */
    public Duration patience() {
        return patience;
    }

    /** How often each request was sent. */
    public Map<ReadRequest, Long> asked() {
        return requests.asked().entrySet().stream()
                .filter(asked -> asked.getKey() instanceof ReadRequest)
                .collect(toMap(asked -> (ReadRequest) asked.getKey(), Map.Entry::getValue));
    }

    /** How many bytes the answers held. */
    public long received() {
        return requests.received();
    }

    @Override
    public void close() {
        requests.close();
    }
}
