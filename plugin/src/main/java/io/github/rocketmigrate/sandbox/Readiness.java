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

/** Waits until the servers of a sandbox can be used, and says why one cannot. */
final class Readiness {
    static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What servers of all versions print when they listen. */
    private static final String LISTENS = "boot success";

    private static final long LOOK_EVERY_MILLIS = 50;

    private Readiness() {}

    /** A condition that is asked until it holds. */
    private interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    static void awaitListening(ServerProcess server) throws IOException, InterruptedException {
        awaitOutput(server, LISTENS);
    }

    static void awaitOutput(ServerProcess server, String text) throws IOException, InterruptedException {
        await(server, () -> server.hasPrinted(text));
    }

    /** Waits until a broker is listed by its name server and answers. */
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
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    /**
     * A 5.x broker registers while it is still connecting to its name server, which comes to nothing, and then again
     * after 10 s. Setting the permission that it has anyway makes it register at once.
     */
    private static void registerNow(ServerProcess broker, String address, AdminConnection connection)
            throws InterruptedException {
        Properties readAndWrite = new Properties();
        readAndWrite.setProperty("brokerPermission", "6");
        try {
            connection.admin().updateBrokerConfig(address, readAndWrite);
        } catch (RemotingException | MQBrokerException | MQClientException | UnsupportedEncodingException e) {
            throw new Fault(
                    broker.name() + " does not take its configuration: " + e.getMessage(),
                    "Run again; if that does not help, choose another version.",
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

    /** In its first second a broker has no statistics yet and fails when it is asked for them. */
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
