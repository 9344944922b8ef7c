package io.github.rocketmigrate.sandbox;

import static io.github.rocketmigrate.sandbox.WaitingMessages.WhyWaiting.BEHIND;
import static io.github.rocketmigrate.sandbox.WaitingMessages.WhyWaiting.NOT_CONNECTED;
import static io.github.rocketmigrate.sandbox.WaitingMessages.WhyWaiting.NO_ANSWER;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.wire.AdminConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.exception.RemotingException;
import org.apache.rocketmq.remoting.protocol.ResponseCode;

/**
 * Asks every broker of both clusters for the messages that a reader missed. The clients of the {@link Shop} see only the
 * brokers that their own name servers list, so they take messages on other brokers for lost.
 */
final class WaitingMessagesSearch implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Endpoints endpoints;
    private final AdminConnection connection;
    /** A broker that is down costs a timeout; it is asked once. */
    private final Set<String> silent = new HashSet<>();

    private WaitingMessagesSearch(Endpoints endpoints, AdminConnection connection) {
        this.endpoints = endpoints;
        this.connection = connection;
    }

    /** "Lost" alarms everybody, so all brokers of both clusters are asked before a message counts as lost. */
    static ShopTally recount(ShopTally tally, Endpoints endpoints) {
        if (tally.lost() == 0) {
            return tally;
        }
        try (WaitingMessagesSearch search = open(endpoints)) {
            return tally.recounted(search::find);
        }
    }

    private static WaitingMessagesSearch open(Endpoints endpoints) {
        // Every request goes to the address of a broker, so one client serves both clusters.
        String nameServers = endpoints.cluster(Side.SOURCE).nameServers();
        return new WaitingMessagesSearch(endpoints, AdminConnection.open(nameServers, endpoints.admin(), TIMEOUT));
    }

    /** Counts only messages that wait, and brokers that may hold some. */
    private List<WaitingMessages> find(ShopTally.Line line) {
        List<WaitingMessages> found = new ArrayList<>();
        for (Side side : Side.values()) {
            for (Map.Entry<String, String> broker :
                    endpoints.cluster(side).brokers().entrySet()) {
                WaitingMessages on = ask(line, side, broker.getKey(), broker.getValue());
                if (on.messages() > 0 || on.cause() == NO_ANSWER) {
                    found.add(on);
                }
            }
        }
        return found;
    }

    private WaitingMessages ask(ShopTally.Line line, Side side, String broker, String address) {
        if (!silent.contains(broker)) {
            try {
                Shop.ShopGroup group = Shop.groupOf(line.reader());
                boolean connected = isConnected(group, address);
                long messages = unread(line.topic(), group, connected, address);
                return new WaitingMessages(
                        line.topic(), line.reader(), side, broker, messages, connected ? BEHIND : NOT_CONNECTED);
            } catch (RemotingException | MQBrokerException | MQClientException noAnswer) {
                silent.add(broker);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                silent.add(broker);
            }
        }
        return new WaitingMessages(line.topic(), line.reader(), side, broker, 0, NO_ANSWER);
    }

    private boolean isConnected(Shop.ShopGroup group, String address)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        try {
            return !connection
                    .admin()
                    .examineConsumerConnectionInfo(group.name(), address)
                    .getConnectionSet()
                    .isEmpty();
        } catch (MQBrokerException e) {
            if (e.getResponseCode() == ResponseCode.CONSUMER_NOT_ONLINE) {
                return false;
            }
            throw e;
        }
    }

    private long unread(String topic, Shop.ShopGroup group, boolean connected, String address)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        if (!group.broadcasting()) {
            long behind = connection
                    .admin()
                    .examineConsumeStats(address, group.name(), topic, TIMEOUT.toMillis())
                    .computeTotalDiff();
            return Math.max(0, behind);
        }
        // Members of a broadcasting group keep their offsets, and have counted what they see.
        return connected ? 0 : held(topic, address);
    }

    private long held(String topic, String address)
            throws RemotingException, MQBrokerException, MQClientException, InterruptedException {
        try {
            return connection.admin().examineTopicStats(address, topic).getOffsetTable().values().stream()
                    .mapToLong(queue -> queue.getMaxOffset() - queue.getMinOffset())
                    .sum();
        } catch (MQClientException e) {
            if (e.getResponseCode() == ResponseCode.TOPIC_NOT_EXIST) {
                return 0;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
