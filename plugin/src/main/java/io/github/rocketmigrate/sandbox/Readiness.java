package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.AdminConnection;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** Waits until the servers of a sandbox can be used, and explains failures. */
final class Readiness {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** The text that servers of all versions print when they listen. */
    private static final String LISTENS = "boot success";

    private static final long POLL_MILLIS = 50;

    private Readiness() {}

    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    static void awaitListening(ServerProcess server) throws IOException, InterruptedException {
        awaitOutput(server, LISTENS);
    }

    static void awaitOutput(ServerProcess server, String text) throws IOException, InterruptedException {
        await(server, () -> server.hasPrinted(text));
    }

    /** Waits until the name server lists a broker and the broker answers. */
    static void awaitListed(ServerProcess broker, String address, AdminConnection connection, ServerVersion version)
            throws IOException, InterruptedException {
        awaitListening(broker);
        if (!version.isFour()) {
            registerNow(broker, address, connection);
        }
        await(broker, () -> isListed(connection, broker.name()) && answers(connection, address));
    }

    private static void await(ServerProcess server, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (!server.isAlive()) {
                throw server.died();
            }
            if (System.nanoTime() > deadline) {
                throw server.silent(PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /**
     * Makes a 5.x broker register at once. Its first registration fails, because the connection to the name server is not
     * open yet, and the second would follow after 10 s. Setting the broker's permission to its present value triggers one.
     */
    private static void registerNow(ServerProcess broker, String address, AdminConnection connection)
            throws InterruptedException {
        Properties readAndWrite = new Properties();
        readAndWrite.setProperty("brokerPermission", "6");
        try {
            connection.admin().updateBrokerConfig(address, readAndWrite);
        } catch (RemotingException | MQBrokerException | MQClientException | UnsupportedEncodingException e) {
            throw new Fault(
                    broker.name() + " rejected its configuration: " + e.getMessage(),
                    "Run again. If it fails again, choose another version.",
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
