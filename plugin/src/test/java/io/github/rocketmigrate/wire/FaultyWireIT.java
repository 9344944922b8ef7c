package io.github.rocketmigrate.wire;

import static io.github.rocketmigrate.wire.ReadRequest.GROUPS;
import static io.github.rocketmigrate.wire.ReadRequest.TOPICS;
import static io.github.rocketmigrate.wire.ReadRequest.TOPIC_OFFSETS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.SandboxExtension;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.exception.RemotingSendRequestException;
import org.apache.rocketmq.remoting.exception.RemotingTimeoutException;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Each fault of a {@link FaultyWire} once, at requests that change nothing; another behind it tells what came through. */
@ExtendWith(SandboxExtension.class)
@Timeout(60)
final class FaultyWireIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> order = new CopyOnWriteArrayList<>();
    private FaultyWire servers;
    private FaultyWire wire;
    private ReadingConnection client;

    @BeforeEach
    void open(Endpoints endpoints) throws IOException {
        servers = new FaultyWire(endpoints);
        wire = new FaultyWire(servers.endpoints());
        client = ReadingConnection.open(Encryption.NONE, Optional.empty(), PATIENCE);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        wire.close();
        servers.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .describedAs("all threads have ended")
                .noneMatch(thread -> thread.getName().equals("wire"));
    }

    private CompletableFuture<Answer> ask(ReadRequest request) {
        return ask(client, request, Map.of());
    }

    private CompletableFuture<Answer> ask(
            ReadingConnection connection, ReadRequest request, Map<String, String> fields) {
        return connection.ask(wire.endpoints().cluster(Side.SOURCE).brokers().get("source-a"), request, fields);
    }

    @Test
    void beforeTheServerGetsIt() throws Exception {
        wire.on(TOPICS.code()).before(() -> {
            ask(GROUPS).get();
            order.add("other requests pass");
            assertThat(servers.codes()).isEqualTo(Map.of(GROUPS.code(), 1));
        });
        assertThat(ask(TOPICS).get().body()).isNotEmpty();
        order.add("answered");
        assertThat(order).containsExactly("other requests pass", "answered");
        assertThat(servers.codes()).isEqualTo(Map.of(TOPICS.code(), 1));
        assertThat(wire.unfired()).isEmpty();
    }

    @Test
    void afterTheServerHasAnswered() throws Exception {
        wire.on(TOPICS.code()).after(() -> {
            order.add("the server knows");
            assertThat(servers.codes()).isEqualTo(Map.of(TOPICS.code(), 1));
            ask(GROUPS).get();
        });
        assertThat(ask(TOPICS).get().body()).isNotEmpty();
        order.add("the client knows");
        assertThat(order).containsExactly("the server knows", "the client knows");
        assertThat(wire.unfired()).isEmpty();
    }

    /** As when an action kills the broker: its connections are closed, and its answer is out already. */
    @Test
    void whatTheServerSaidLastIsPassedOn() throws Exception {
        wire.on(TOPICS.code()).after(servers::close);
        assertThat(ask(TOPICS).get().body()).isNotEmpty();
        assertThatThrownBy(ask(TOPICS)::get).isInstanceOf(ExecutionException.class);
    }

    @Test
    void hangUpBefore() throws Exception {
        wire.on(TOPICS.code()).cutBefore();
        assertThatThrownBy(ask(TOPICS)::get).hasCauseInstanceOf(RemotingSendRequestException.class);
        assertThat(servers.codes()).isEmpty();
        assertThat(wire.unfired()).isEmpty();
        assertThat(ask(TOPICS).get().body())
                .describedAs("on the next connection")
                .isNotEmpty();
    }

    @Test
    void hangUpAfter() {
        wire.on(TOPICS.code()).cutAfter();
        assertThatThrownBy(ask(TOPICS)::get).hasCauseInstanceOf(RemotingSendRequestException.class);
        assertThat(servers.codes()).isEqualTo(Map.of(TOPICS.code(), 1));
        assertThat(wire.unfired()).isEmpty();
    }

    @Test
    void theAnswerIsLost() throws Exception {
        wire.on(TOPICS.code()).swallow();
        try (ReadingConnection impatient =
                ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(2))) {
            CompletableFuture<Answer> topics = ask(impatient, TOPICS, Map.of());
            ask(GROUPS).get();
            assertThatThrownBy(topics::get).hasCauseInstanceOf(RemotingTimeoutException.class);
        }
        assertThat(servers.codes()).isEqualTo(Map.of(TOPICS.code(), 1, GROUPS.code(), 1));
        assertThat(wire.unfired()).isEmpty();
    }

    @Test
    void late() throws Exception {
        Duration delay = PATIENCE.dividedBy(4);
        wire.on(TOPICS.code()).delay(delay);
        long start = System.nanoTime();
        CompletableFuture<Void> topics = ask(TOPICS).thenAccept(answer -> order.add("late"));
        ask(GROUPS).thenAccept(answer -> order.add("in time")).get();
        topics.get();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(delay.toNanos());
        assertThat(order).containsExactly("in time", "late");
        assertThat(wire.unfired()).isEmpty();
    }

    /** A request may take effect after its sender has gone. */
    @Test
    void lateEvenIfTheClientHasGone() throws Exception {
        CountDownLatch gone = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        wire.on(TOPICS.code()).before(gone::await);
        servers.on(TOPICS.code()).before(arrived::countDown);
        try (ReadingConnection impatient =
                ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofMillis(100))) {
            assertThatThrownBy(ask(impatient, TOPICS, Map.of())::get)
                    .hasCauseInstanceOf(RemotingTimeoutException.class);
        }
        gone.countDown();
        assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anAnswerThatNoServerGave() throws Exception {
        wire.on(RequestCode.UPDATE_AND_CREATE_TOPIC)
                .with("topic", "wire-never-made")
                .at("destination-a")
                .answer(1, "No space left on device");
        Endpoints.SandboxCluster destination = wire.endpoints().cluster(Side.DESTINATION);
        try (AdminConnection connection = AdminConnection.open(destination.nameServers(), Optional.empty())) {
            assertThatThrownBy(() -> connection
                            .admin()
                            .createAndUpdateTopicConfig(
                                    destination.brokers().get("destination-a"), new TopicConfig("wire-never-made")))
                    .hasMessageContaining("No space left on device");
        }
        assertThat(wire.codes()).containsEntry(RequestCode.UPDATE_AND_CREATE_TOPIC, 1);
        assertThat(servers.codes()).doesNotContainKey(RequestCode.UPDATE_AND_CREATE_TOPIC);
        assertThat(wire.unfired()).isEmpty();
    }

    @Test
    void onlyTheRequestsThatAreMeant() throws Exception {
        int code = TOPIC_OFFSETS.code();
        wire.on(code).with("topic", "payments").answer(1, "not payments");
        wire.on(code).at(Side.DESTINATION).answer(1, "not there");
        wire.on(code).nth(3).every().answer(1, "never again");
        assertThat(offsets("user-events")).isEqualTo("answered");
        assertThat(offsets("payments")).isEqualTo("not payments");
        assertThat(offsets("payments")).isEqualTo("never again");
        assertThat(offsets("user-events")).isEqualTo("never again");
        assertThat(wire.unfired()).containsExactly("request 202 at the destination: answer 1");
        wire.repair();
        assertThat(offsets("payments")).isEqualTo("answered");
        assertThatThrownBy(() -> wire.on(code).at("destination-z")).hasMessageContaining("no destination-z");
    }

    private String offsets(String topic) throws InterruptedException {
        try {
            ask(client, TOPIC_OFFSETS, Map.of("topic", topic)).get();
            return "answered";
        } catch (ExecutionException e) {
            return e.getCause().getMessage();
        }
    }

    @Test
    void whatGoesWrongInATestIsToldAtTheEnd(Endpoints endpoints) throws Exception {
        FaultyWire failing = new FaultyWire(endpoints);
        failing.on(TOPICS.code()).before(() -> {
            throw new IOException("cannot be stopped");
        });
        String broker = failing.endpoints().cluster(Side.SOURCE).brokers().get("source-a");
        assertThatThrownBy(client.ask(broker, TOPICS)::get).hasCauseInstanceOf(RemotingSendRequestException.class);
        assertThat(failing.unfired()).containsExactly("request 21: before");
        assertThatThrownBy(failing::close).hasRootCauseMessage("cannot be stopped");
    }

    /** As a client does that tries whether a server that hangs up speaks TLS. */
    @Test
    void nobodyPassesWithoutBeingRead() {
        String broker = wire.endpoints().cluster(Side.SOURCE).brokers().get("source-a");
        assertThat(TlsProbe.speaksOtherwise(broker, false, TOPICS)).isFalse();
    }

    @Test
    void whereAServerIsGoneTheWireHangsUp() throws Exception {
        servers.close();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(ask(TOPICS)::get).cause().isNotInstanceOf(RemotingTimeoutException.class);
        }
    }
}
