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
    private ShopProducers producers;
    private volatile boolean stopping;

    ShopSender(Shop.ShopTopic topic, ShopProducers producers, ShopLedger ledger, PrintStream out) {
        this.topic = topic;
        this.producers = producers;
        this.ledger = ledger;
        this.out = out;
        this.thread = new Thread(this::run, "shop-" + topic.name());
    }

    String topic() {
        return topic.name();
    }

    void start() {
        thread.start();
    }

    /** Sends with other producers from the next message on, as after a restart that lets the current message end. */
    synchronized void use(ShopProducers others) {
        producers = requireNonNull(others, "others is null");
    }

    synchronized boolean uses(ShopProducers some) {
        return producers.equals(some);
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
        try {
            producers.send(topic, number, 1, true);
            ledger.sent(topic.name(), number);
        } catch (RemotingException | MQBrokerException | MQClientException | RuntimeException e) {
            ledger.failed(topic.name());
            out.println(topic.name() + ": not sent: " + e);
        }
    }
}
