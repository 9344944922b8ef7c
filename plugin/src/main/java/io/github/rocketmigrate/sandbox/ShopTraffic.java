package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.wire.Credentials;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.exception.MQBrokerException;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.exception.RemotingException;

/**
 * Runs the {@link Shop}'s applications in a JVM of their own until they are asked to stop. Then they stop sending, consume
 * the remaining messages, and write the tally.
 */
public final class ShopTraffic {
    /** Printed when all producers and consumers have started. */
    static final String RUNS = "The shop's applications run.";

    /** The file whose presence asks the applications to stop. */
    static final String STOP = "stop";

    /** The interval at which consumers rebalance their queues; the default is 20 s. */
    static final String REBALANCE_PROPERTY = "rocketmq.client.rebalance.waitInterval";

    private static final long SEND_EVERY_MILLIS = 200;
    private static final long POLL_MILLIS = 100;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
    /** A repeated message may arrive shortly after the last new one. */
    private static final Duration STILL_WHEN_COMPLETE = Duration.ofSeconds(1);
    /** In addition to the interval at which clients discover new queues. */
    private static final Duration STILL_WHEN_NOT = Duration.ofSeconds(5);

    private final Path folder;
    private final Duration routePoll;
    private final ShopLedger ledger;
    private final ShopProducers producers;
    private final PrintStream out;
    private final List<Thread> senders = new ArrayList<>();
    private volatile boolean stopping;

    private ShopTraffic(Path folder, Duration routePoll, ShopLedger ledger, ShopProducers producers, PrintStream out) {
        this.folder = folder;
        this.routePoll = routePoll;
        this.ledger = ledger;
        this.producers = producers;
        this.out = out;
    }

    /**
     * Runs the applications until the file {@code stop} appears.
     *
     * @param args the folder, the name servers, the interval of route polls in milliseconds and, if the cluster has ACL,
     *     access key and secret
     */
    public static void main(String[] args) throws Exception {
        Duration routePoll = Duration.ofMillis(Long.parseLong(args[2]));
        Optional<Credentials> credentials =
                args.length == 5 ? Optional.of(new Credentials(args[3], args[4])) : Optional.empty();
        ShopLedger ledger = new ShopLedger();
        ShopConsumers consumers = ShopConsumers.open(args[1], routePoll, credentials, ledger);
        ShopProducers producers = ShopProducers.open(args[1], routePoll, credentials);
        consumers.awaitQueues();
        new ShopTraffic(Path.of(args[0]), routePoll, ledger, producers, System.out).run();
    }

    private void run() throws InterruptedException, IOException {
        for (Shop.ShopTopic topic : Shop.TOPICS) {
            Thread sender = new Thread(() -> produce(topic), "shop-" + topic.name());
            senders.add(sender);
            sender.start();
        }
        out.println(RUNS);
        long reported = System.nanoTime() - REPORT_EVERY.toNanos();
        while (!Files.exists(folder.resolve(STOP))) {
            if (System.nanoTime() - reported >= REPORT_EVERY.toNanos() && ledger.receptions() > 0) {
                report();
                reported = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        stopping = true;
        for (Thread sender : senders) {
            sender.join();
        }
        settle();
        report();
        ledger.tally().write(folder);
    }

    private void produce(Shop.ShopTopic topic) {
        try {
            for (int number = topic.firstOfTraffic(); !stopping; number++) {
                send(topic, number);
                TimeUnit.MILLISECONDS.sleep(SEND_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(Shop.ShopTopic topic, int number) throws InterruptedException {
        try {
            producers.send(topic, number, 1, true);
            ledger.sent(topic.name(), number);
        } catch (RemotingException | MQBrokerException | MQClientException | RuntimeException e) {
            ledger.failed(topic.name());
            out.println(topic.name() + ": not sent: " + e);
        }
    }

    /** Waits until every message is received, or no more messages arrive. */
    private void settle() throws InterruptedException {
        long seen = ledger.receptions();
        long since = System.nanoTime();
        while (System.nanoTime() - since < stillness().toNanos()) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            if (ledger.receptions() != seen) {
                seen = ledger.receptions();
                since = System.nanoTime();
            }
        }
    }

    private Duration stillness() {
        return ledger.isComplete() ? STILL_WHEN_COMPLETE : routePoll.plus(STILL_WHEN_NOT);
    }

    private void report() {
        ShopTally tally = ledger.tally();
        out.printf(
                "sent %,d, failed %,d, received %,d, twice %,d, late %,d%n",
                tally.sent(), tally.failed(), tally.received(), tally.twice(), tally.late());
    }
}
