package io.github.rocketmigrate.wire;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * Sends requests to all servers of one cluster, many at once, and counts them.
 *
 * <p>RocketMQ's admin client is not used for this: it sends one request after the other, and sends heartbeats.
 */
final class Requests implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** The client looks for late answers once a second, and loses requests that fail inside it. */
    private static final Duration BACKSTOP = Duration.ofSeconds(10);

    private final NettyRemotingClient client;
    private final NioEventLoopGroup network;
    private final DefaultEventExecutorGroup encrypting;
    private final Encryption encryption;
    private final Optional<String> user;
    private final RequestRate rate;
    private final Map<String, RequestQueue> queues = new ConcurrentHashMap<>();
    private final Map<Request, LongAdder> asked = new ConcurrentHashMap<>();
    private final AtomicLong received = new AtomicLong();

    Requests(Encryption encryption, Optional<Credentials> credentials) {
        this(encryption, credentials, RequestRate.of(OptionalInt.empty()));
    }

    /** Closes {@code rate} with itself. */
    Requests(Encryption encryption, Optional<Credentials> credentials, RequestRate rate) {
        this.encryption = encryption;
        this.rate = rate;
        this.user = credentials.map(Credentials::accessKey);
        NettyClientConfig config = new NettyClientConfig();
        config.setUseTLS(encryption.tls().isOn());
        config.setConnectTimeoutMillis((int) CONNECT.toMillis());
        config.setDisableNettyWorkerGroup(true);
        config.setScanAvailableNameSrv(false);
        network = new NioEventLoopGroup(1, new DefaultThreadFactory("migrate-wire", true));
        encrypting = new DefaultEventExecutorGroup(1, new DefaultThreadFactory("migrate-tls", true));
        client = new EncryptedClient(config, network, encrypting, encryption);
        credentials.ifPresent(pair -> client.registerRPCHook(
                new AclClientRPCHook(new SessionCredentials(pair.accessKey(), pair.secretKey()))));
        client.start();
    }

    /** Sends a request. The future fails with {@link Refused} or the network failure. */
    CompletableFuture<Answer> send(
            String address, Request request, Map<String, String> fields, byte[] body, Duration timeout) {
        asked.computeIfAbsent(request, key -> new LongAdder()).increment();
        RequestQueue queue = queues.computeIfAbsent(address, key -> new RequestQueue());
        return rate.turn()
                .thenCompose(turn -> queue.send(() -> {
                    RemotingCommand command = RemotingCommand.createRequestCommand(request.code(), null);
                    if (!fields.isEmpty()) {
                        // Signing adds fields.
                        command.setExtFields(new HashMap<>(fields));
                    }
                    command.setBody(body);
                    return client.invoke(address, command, timeout.toMillis())
                            .orTimeout(timeout.plus(BACKSTOP).toMillis(), TimeUnit.MILLISECONDS)
                            .exceptionallyCompose(
                                    failure -> CompletableFuture.failedFuture(withoutAnswer(failure, address, timeout)))
                            .thenCompose(this::answer);
                }));
    }

    /** On an overloaded machine, the client may forget a request: this is a timeout as any other. */
    static Throwable withoutAnswer(Throwable failure, String address, Duration timeout) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof TimeoutException
                ? new RemotingTimeoutException(address, timeout.toMillis(), cause)
                : failure;
    }

    private CompletableFuture<Answer> answer(RemotingCommand response) {
        if (response.getCode() != ResponseCode.SUCCESS) {
            return CompletableFuture.failedFuture(new Refused(response.getCode(), response.getRemark()));
        }
        Answer answer = new Answer(response.getBody(), response.getExtFields());
        received.addAndGet(answer.body().length);
        return CompletableFuture.completedFuture(answer);
    }

    Encryption encryption() {
        return encryption;
    }

    Optional<String> user() {
        return user;
    }

    Map<Request, Long> asked() {
        Map<Request, Long> counts = new HashMap<>();
        asked.forEach((request, count) -> counts.put(request, count.sum()));
        return Map.copyOf(counts);
    }

    long received() {
        return received.get();
    }

    @Override
    public void close() {
        rate.close();
        client.closeChannels(new ArrayList<>(queues.keySet()));
        // Otherwise the client would keep its threads for two more seconds.
        network.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
        encrypting.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(1, TimeUnit.SECONDS);
        Closing.hurried(client::shutdown);
    }
}
