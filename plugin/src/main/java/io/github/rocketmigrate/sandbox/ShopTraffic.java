package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.wire.Credentials;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.rocketmq.client.exception.MQClientException;

/**
 * Runs the {@link Shop}'s applications in a JVM of their own until they are asked to stop. Then they stop sending, consume
 * the remaining messages, and write the tally. While they run, they may be asked to restart with other name servers, or to be
 * offline for some time.
 */
public final class ShopTraffic {
    /** Printed when all producers and consumers have started. */
    static final String RUNS = "The shop's applications run.";

    /** The file whose presence asks the applications to stop. */
    static final String STOP = "stop";

    /** The interval at which consumers rebalance their queues; the default is 20 s. */
    static final String REBALANCE_PROPERTY = "rocketmq.client.rebalance.waitInterval";

    /** The time in which the consumers must consume what the producers have sent. */
    static final Duration READ_PATIENCE = Duration.ofMinutes(3);

    /** The time in which the restarted consumers must find readers for all queues. */
    static final Duration RESTART_PATIENCE = Duration.ofMinutes(2);

    private static final long POLL_MILLIS = 100;
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);
    /** A repeated message may arrive shortly after the last new one. */
    private static final Duration STILL_WHEN_COMPLETE = Duration.ofSeconds(1);
    /** A delayed message becomes readable later, and a client discovers a new queue by its next poll. */
    private static final Duration STILL_WHEN_NOT = Duration.ofSeconds(5);

    private final Path folder;
    private final Clients clients;
    private final ShopLedger ledger;
    private final ShopConsumers consumers;
    private final List<ShopSender> senders = new ArrayList<>();
    private final PrintStream out;

    /** What the clients of all applications have in common. */
    private record Clients(
            Duration routePoll, Optional<Credentials> credentials, ShopProducer.Transactions transactions) {
        ShopConsumers consumers(String nameServers, ShopLedger ledger)
                throws MQClientException, ReflectiveOperationException {
            return ShopConsumers.open(nameServers, routePoll, credentials, ledger);
        }

        ShopProducer producer(Shop.ShopTopic topic, String nameServers) throws MQClientException {
            return ShopProducer.open(topic, nameServers, routePoll, credentials, transactions);
        }
    }

    private ShopTraffic(Path folder, Clients clients, ShopLedger ledger, ShopConsumers consumers, PrintStream out) {
        this.folder = folder;
        this.clients = clients;
        this.ledger = ledger;
        this.consumers = consumers;
        this.out = out;
    }

    /**
     * Runs the applications until the file {@code stop} appears.
     *
     * @param args the folder, the name servers, the interval of route polls in milliseconds and, if the cluster has ACL,
     *     access key and secret
     */
    public static void main(String[] args) throws Exception {
        Optional<Credentials> credentials =
                args.length == 5 ? Optional.of(new Credentials(args[3], args[4])) : Optional.empty();
        Clients clients =
                new Clients(Duration.ofMillis(Long.parseLong(args[2])), credentials, new ShopProducer.Transactions());
        ShopLedger ledger = new ShopLedger();
        ShopConsumers consumers = clients.consumers(args[1], ledger);
        consumers.awaitQueues();
        new ShopTraffic(Path.of(args[0]), clients, ledger, consumers, System.out).run(args[1]);
    }

    private void run(String nameServers) throws Exception {
        startSenders(nameServers);
        out.println(RUNS);
        long reported = System.nanoTime() - REPORT_EVERY.toNanos();
        while (!Files.exists(folder.resolve(STOP))) {
            if (System.nanoTime() - reported >= REPORT_EVERY.toNanos() && ledger.receptions() > 0) {
                report();
                reported = System.nanoTime();
            }
            Optional<ShopSwitch> request = ShopSwitch.take(folder);
            if (request.isPresent()) {
                restart(request.get()).write(folder);
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        for (ShopSender sender : senders) {
            sender.stop();
        }
        consumers.goOnline(Shop.consumers());
        settle();
        report();
        ledger.tally(consumers::unread).write(folder);
    }

    private void startSenders(String nameServers) throws MQClientException {
        for (Shop.ShopTopic topic : Shop.TOPICS) {
            ShopSender sender = new ShopSender(topic, nameServers, clients.producer(topic, nameServers), ledger, out);
            senders.add(sender);
            sender.start();
        }
    }

    /** Restarts the consumers first: they must read a new queue before a producer sends to it. */
    private ShopSwitch.SwitchReply restart(ShopSwitch request) throws InterruptedException {
        if (request.nameServers().equals(ShopSwitch.OFFLINE)) {
            return goOffline(request.applications());
        }
        boolean isStart = request.nameServers().equals(ShopSwitch.ONLINE);
        List<String> restarted = new ArrayList<>();
        try {
            restarted.addAll(
                    isStart
                            ? consumers.goOnline(request.applications())
                            : consumers.restart(request.applications(), request.nameServers()));
            Optional<String> problem = restarted.isEmpty()
                    ? Optional.empty()
                    : consumers.awaitQueues(request.applications(), RESTART_PATIENCE);
            if (problem.isEmpty() && isStart) {
                startProducers(request.applications(), restarted);
            } else if (problem.isEmpty()) {
                restartProducers(request, restarted);
            }
            return new ShopSwitch.SwitchReply(restarted, problem);
        } catch (MQClientException | ReflectiveOperationException e) {
            // The log of this process: the goal that waits for the answer gets a sentence only.
            e.printStackTrace(out);
            return new ShopSwitch.SwitchReply(restarted, Optional.of("a client could not be started"));
        }
    }

    /** Stops the producers first: the consumers, as long as they run, read what was sent. */
    private ShopSwitch.SwitchReply goOffline(List<String> applications) {
        List<String> stopped = new ArrayList<>();
        for (ShopSender sender : senders) {
            if (applications.contains(sender.topic().name()) && sender.goOffline()) {
                stopped.add(sender.topic().name());
            }
        }
        stopped.addAll(consumers.goOffline(applications));
        return new ShopSwitch.SwitchReply(stopped, Optional.empty());
    }

    private void startProducers(List<String> applications, List<String> started) throws MQClientException {
        for (ShopSender sender : senders) {
            if (applications.contains(sender.topic().name()) && sender.isOffline()) {
                sender.restart(sender.nameServers(), clients.producer(sender.topic(), sender.nameServers()));
                started.add(sender.topic().name());
            }
        }
    }

    private void restartProducers(ShopSwitch request, List<String> restarted) throws MQClientException {
        for (ShopSender sender : senders) {
            if (request.applications().contains(sender.topic().name()) && !sender.uses(request.nameServers())) {
                sender.restart(request.nameServers(), clients.producer(sender.topic(), request.nameServers()));
                restarted.add(sender.topic().name());
            }
        }
    }

    /** Waits until every message is received, or until no queue holds an unread one and nothing more arrives. */
    private void settle() throws InterruptedException {
        long deadline = System.nanoTime() + READ_PATIENCE.toNanos();
        do {
            awaitStillness();
        } while (!ledger.isComplete() && System.nanoTime() < deadline && ledger.hasUnread(consumers::unread));
    }

    private void awaitStillness() throws InterruptedException {
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
        return ledger.isComplete() ? STILL_WHEN_COMPLETE : clients.routePoll().plus(STILL_WHEN_NOT);
    }

    private void report() {
        ShopTally tally = ledger.tally(ShopLedger.NOTHING_UNREAD);
        out.printf(
                "sent %,d, failed %,d, received %,d, twice %,d, late %,d%n",
                tally.sent(), tally.failed(), tally.received(), tally.twice(), tally.late());
    }
}
