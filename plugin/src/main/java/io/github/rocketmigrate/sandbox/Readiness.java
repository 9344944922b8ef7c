package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.AdminConnection;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Waits until the servers of a sandbox can be used, each at most for the time that the user gives. */
final class Readiness {
    /** The text that servers of all versions print when they listen. */
    private static final String LISTENS = "boot success";

    private static final long POLL_MILLIS = 50;

    private final Duration patience;
    private final BiConsumer<String, Duration> waiting;

    Readiness(Duration patience) {
        this(patience, (server, after) -> {});
    }

    /**
     * Waits, and says so.
     *
     * @param waiting gets the name of the server and how long it has been waited for
     */
    Readiness(Duration patience, BiConsumer<String, Duration> waiting) {
        this.patience = patience;
        this.waiting = waiting;
    }

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    void awaitListening(ServerProcess server) throws IOException, InterruptedException {
        awaitOutput(server, LISTENS);
    }

    void awaitOutput(ServerProcess server, String text) throws IOException, InterruptedException {
        await(server, () -> server.hasPrinted(text));
    }

    /** Waits until the name server lists a broker and the broker answers. */
    void awaitListed(ServerProcess broker, String address, AdminConnection connection, ServerVersion version)
            throws IOException, InterruptedException {
        awaitListening(broker);
        if (!version.isFour()) {
            await(broker, () -> hasRegistered(broker.name(), address, connection));
        }
        await(broker, () -> isListed(connection, broker.name()) && answers(connection, address));
    }

    /**
     * Waits until a name server lists a broker, if the broker's settings name this name server.
     *
     * @param started the server that was started and has to stay alive meanwhile
     */
    void awaitRegistered(
            ServerProcess started, String broker, String address, AdminConnection connection, String nameServer)
            throws IOException, InterruptedException {
        await(
                started,
                () -> !registersWith(nameServer, address, connection)
                        || isListed(connection, broker)
                        || (hasRegistered(broker, address, connection) && isListed(connection, broker)));
    }

    private static boolean registersWith(String nameServer, String address, AdminConnection connection)
            throws InterruptedException {
        try {
            String all = connection.admin().getBrokerConfig(address).getProperty(ServerFiles.NAME_SERVERS, "");
            return List.of(all.split(";", -1)).contains(nameServer);
        } catch (RemotingException | MQBrokerException | UnsupportedEncodingException notYet) {
            return true;
        }
    }

    private void await(ServerProcess server, Condition condition) throws IOException, InterruptedException {
        long since = System.nanoTime();
        while (!condition.holds()) {
            if (!server.isAlive()) {
                throw server.died();
            }
            Duration passed = Duration.ofNanos(System.nanoTime() - since);
            if (passed.compareTo(patience) > 0) {
                throw server.slow(passed, patience);
            }
            waiting.accept(server.name(), passed);
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /**
     * Makes a broker register at once. The first registration of a 5.x broker fails, because the connection to the name
     * server is not open yet, and the second would follow after 10 s. Brokers register every 30 s afterwards, with a name
     * server that has started again too. Setting the broker's permission to its present value triggers one.
     */
    private static boolean hasRegistered(String broker, String address, AdminConnection connection)
            throws InterruptedException {
        Properties readAndWrite = new Properties();
        readAndWrite.setProperty("brokerPermission", "6");
        try {
            connection.admin().updateBrokerConfig(address, readAndWrite);
            return true;
        } catch (RemotingException busy) {
            return false;
        } catch (MQBrokerException | MQClientException | UnsupportedEncodingException e) {
            throw new Fault(
                    broker + " rejected its configuration: " + e.getMessage(),
                    "Read the server.log in its folder of the sandbox.",
                    e);
        }
    }

    private static boolean isListed(AdminConnection connection, String broker) throws InterruptedException {
        try {
            return connection
                    .admin()
                    .examineBrokerClusterInfo()
                    .getBrokerAddrTable()
                    .containsKey(broker);
        } catch (RemotingException | MQBrokerException notYet) {
            return false;
        }
    }

    /** A broker fails requests for its statistics in its first second, when it has none. */
    private static boolean answers(AdminConnection connection, String address) throws InterruptedException {
        try {
            return !connection
                    .admin()
                    .fetchBrokerRuntimeStats(address)
                    .getTable()
                    .isEmpty();
        } catch (RemotingException | MQBrokerException notYet) {
            return false;
        }
    }
}
