package io.github.rocketmigrate.sandbox;

import static java.util.Objects.requireNonNull;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** The application of the {@link Shop} that sends to one topic, until it is stopped. */
final class ShopSender {
    private static final long SEND_EVERY_MILLIS = 200;

    private final Shop.ShopTopic topic;
    private final ShopLedger ledger;
    private final PrintStream out;
    private final Thread thread;
    private String nameServers;
    private ShopProducer producer;
    private boolean isOffline;
    private volatile boolean stopping;

    ShopSender(Shop.ShopTopic topic, String nameServers, ShopProducer producer, ShopLedger ledger, PrintStream out) {
        this.topic = topic;
        this.nameServers = nameServers;
        this.producer = producer;
        this.ledger = ledger;
        this.out = out;
        this.thread = new Thread(this::run, "shop-" + topic.name());
    }

    Shop.ShopTopic topic() {
        return topic;
    }

    void start() {
        thread.start();
    }

    /** Sends with another producer from the next message on, as after a restart that lets the current message end. */
    synchronized void restart(String otherNameServers, ShopProducer other) {
        producer.close();
        producer = requireNonNull(other, "other is null");
        nameServers = otherNameServers;
        isOffline = false;
    }

    /** Stops sending until the producer is restarted; returns whether it was sending. */
    synchronized boolean goOffline() {
        if (isOffline) {
            return false;
        }
        producer.close();
        isOffline = true;
        return true;
    }

    synchronized boolean isOffline() {
        return isOffline;
    }

    synchronized String nameServers() {
        return nameServers;
    }

    synchronized boolean uses(String someNameServers) {
        return !isOffline && nameServers.equals(someNameServers);
    }

    /** Stops after the current message. */
    void stop() throws InterruptedException {
        stopping = true;
        thread.join();
    }

    private void run() {
        try {
            for (int number = topic.firstOfTraffic(); !stopping; number++) {
                send(number);
                TimeUnit.MILLISECONDS.sleep(SEND_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void send(int number) throws InterruptedException {
        if (isOffline) {
            return;
        }
        try {
            producer.send(number, 1, true);
            ledger.sent(topic.name(), number);
        } catch (RemotingException | MQBrokerException | MQClientException | RuntimeException e) {
            ledger.failed(topic.name());
            out.println(topic.name() + ": not sent: " + e);
        }
    }
}
