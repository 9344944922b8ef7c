package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.wire.Credentials;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.exception.RemotingException;

/** The {@link Shop}'s applications at work, in a JVM of their own, until it is ended. */
public final class ShopTraffic {
    /** What it prints once all producers and consumers have started. */
    static final String RUNS = "The shop's applications run.";

    private static final long SEND_EVERY_MILLIS = 200;
    private static final long REPORT_EVERY_SECONDS = 10;

    private final ShopProducers producers;
    private final ShopConsumers consumers;
    private final PrintStream out;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private ShopTraffic(ShopProducers producers, ShopConsumers consumers, PrintStream out) {
        this.producers = producers;
        this.consumers = consumers;
        this.out = out;
    }

    /**
     * Runs the applications.
     *
     * @param args the name servers and, where the cluster asks for them, access key and secret
     */
    public static void main(String[] args) throws Exception {
        Optional<Credentials> credentials =
                args.length == 3 ? Optional.of(new Credentials(args[1], args[2])) : Optional.empty();
        ShopConsumers consumers = ShopConsumers.open(args[0], credentials);
        ShopProducers producers = ShopProducers.open(args[0], credentials);
        new ShopTraffic(producers, consumers, System.out).run();
    }

    private void run() throws InterruptedException {
        for (Shop.Topic topic : Shop.TOPICS) {
            new Thread(() -> produce(topic), "shop-" + topic.name()).start();
        }
        out.println(RUNS);
        for (long pause = 1; true; pause = REPORT_EVERY_SECONDS) {
            TimeUnit.SECONDS.sleep(pause);
            report();
        }
    }

    private void produce(Shop.Topic topic) {
        try {
            for (long number = topic.messages(); true; number++) {
                send(topic, number);
                TimeUnit.MILLISECONDS.sleep(SEND_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Shop.Topic topic, long number) throws InterruptedException {
        try {
            producers.send(topic, number, 1, true);
            sent.incrementAndGet();
        } catch (RemotingException | MQBrokerException | MQClientException | RuntimeException e) {
            failed.incrementAndGet();
            out.println(topic.name() + ": not sent: " + e);
        }
    }

    private void report() {
        out.printf("sent %,d, failed %,d, received %,d%n", sent.get(), failed.get(), consumers.received());
    }
}
