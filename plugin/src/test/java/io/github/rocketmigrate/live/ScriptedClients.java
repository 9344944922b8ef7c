package io.github.rocketmigrate.live;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.sandbox.Eventually;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Producers and consumers that a test starts and stops one by one, all in one JVM with the client of one release. */
public final class ScriptedClients implements AutoCloseable {
    /** How long the application of a producer waits before it sends a message again. */
    public static final Duration BETWEEN_TRIES = Duration.ofMillis(500);

    private final LiveProcess process;
    private final Ledger ledger = new Ledger();

    private ScriptedClients(LiveProcess process) {
        this.process = process;
        ledger.add(process.diary());
    }

    /** Starts the JVM, and warms it up so that no later client has to wait for its classes. */
    public static ScriptedClients start(Path folder, ServerVersion version, LiveSettings settings, String nameServer)
            throws Exception {
        ScriptedClients clients =
                new ScriptedClients(LiveProcess.launch(folder, version, ScriptedClientsMain.class, settings));
        try {
            clients.tell(ScriptedClientsMain.WARM_UP, nameServer, settings);
            clients.await(ScriptedClientsMain.WARM_UP);
            return clients;
        } catch (Exception | Error e) {
            clients.close();
            throw e;
        }
    }

    private void tell(String order, String subject, LiveSettings settings) {
        process.tell(String.join(
                " ",
                order,
                subject,
                Long.toString(settings.routePoll().toMillis()),
                Long.toString(settings.heartbeat().toMillis())));
    }

    private void await(String notice) throws Exception {
        Eventually.holds(process.name() + " says: " + notice, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException(process.tail());
            }
            ledger.update();
            return ledger.hasNotice(process.diary(), notice);
        });
    }

    /** Starts a member of a group, and returns when its client has started. */
    public void consumer(
            String name, String group, boolean orderly, String nameServers, Set<String> topics, Duration takes)
            throws Exception {
        process.tell(String.join(
                " ",
                ScriptedClientsMain.CONSUMER,
                name,
                group,
                Boolean.toString(orderly),
                nameServers,
                String.join(",", topics),
                Long.toString(takes.toMillis())));
        await(ScriptedClientsMain.started(name));
    }

    /** Starts a consumer that would pull, and is its group's only member; returns when its client has started. */
    public void puller(String group, String nameServers, String topic) throws Exception {
        process.tell(String.join(" ", ScriptedClientsMain.PULLER, group, nameServers, topic));
        await(ScriptedClientsMain.started(group));
    }

    /** Starts a producer that sends a message after the other, and returns when its client has started. */
    public void producer(String name, String nameServers, String topic) throws Exception {
        process.tell(String.join(" ", ScriptedClientsMain.PRODUCER, name, nameServers, topic));
        await(ScriptedClientsMain.started(name));
    }

    /** Starts a producer that avoids brokers that were slow, with {@code sendLatencyFaultEnable}. */
    public void producerThatAvoidsSlowBrokers(String name, String nameServers, String topic) throws Exception {
        process.tell(String.join(" ", ScriptedClientsMain.AVOIDING_PRODUCER, name, nameServers, topic));
        await(ScriptedClientsMain.started(name));
    }

    /** Sends messages to one queue of a broker after the other, and returns when the broker has them all. */
    public void send(String nameServers, String topic, String broker, int queues, int count) throws Exception {
        String order = String.join(
                " ",
                ScriptedClientsMain.SEND,
                nameServers,
                topic,
                broker,
                Integer.toString(queues),
                Integer.toString(count));
        process.tell(order);
        await(order);
    }

    /** Shuts a client down in order. */
    public void stop(String name) throws Exception {
        process.tell(String.join(" ", ScriptedClientsMain.STOP, name));
        await(ScriptedClientsMain.stopped(name));
    }

    /** Reads on what the clients have written down. */
    public void update() throws IOException {
        ledger.update();
    }

    public List<Sent> sent() {
        return ledger.sent();
    }

    public List<SendError> errors() {
        return ledger.errors();
    }

    public List<Received> received() {
        return ledger.received();
    }

    @Override
    public void close() {
        process.kill();
    }
}
