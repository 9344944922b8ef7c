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
 * The {@link Shop}'s applications at work, in a JVM of their own, until they are told to come to an end: then they send
 * nothing more, consume what is left, and write down what became of all messages.
 */
public final class ShopTraffic {
    /** What it prints once all producers and consumers have started. */
    static final String RUNS = "The shop's applications run.";

    /** The file that tells it to come to an end. */
    static final String STOP = "stop";

    /** Consumers divide their queues anew so often, whatever happens; by default they take 20 s. */
    static final String REBALANCE_PROPERTY = "rocketmq.client.rebalance.waitInterval";

    private static final long SEND_EVERY_MILLIS = 200;
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
    /** A message may come once more right after the last one was received for the first time. */
    private static final Duration STILL_WHEN_COMPLETE = Duration.ofSeconds(1);
    /** On top of what clients need to hear of queues that are new to them. */
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
     * Runs the applications.
     *
     * @param args its folder, the name servers, the milliseconds between two looks for routes and, where the cluster
     *     asks for them, access key and secret
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
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
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

    /** Waits until all that was sent is received, or nothing comes any more. */
    private void settle() throws InterruptedException {
        long seen = ledger.receptions();
        long since = System.nanoTime();
        while (System.nanoTime() - since < stillness().toNanos()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
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
