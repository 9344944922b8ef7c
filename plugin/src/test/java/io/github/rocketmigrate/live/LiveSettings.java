package io.github.rocketmigrate.live;

import io.github.rocketmigrate.wire.Credentials;
import java.time.Duration;
import java.util.Optional;

/**
 * How the live traffic runs.
 *
 * @param routePoll how often each client asks the name servers for routes
 * @param heartbeat how often each client tells the brokers that it is there
 * @param rebalance how often each consumer divides the queues again without being told to
 * @param takeUp how long a member of an orderly group does not read a queue that it had to give away, and was given
 *     back, while it still took one of its messages
 * @param sendTimeout how long a send may take, with its retries; on a loaded machine 3 s, the default, is too little
 * @param perSecond messages of each producer to each topic
 * @param keys among which the messages of a producer and topic are divided in turn
 * @param undecidedEvery which transactions are left open until the broker asks back, which takes it a minute or
 *     more: every tenth by default, none if 0
 * @param patience how long {@link LiveTraffic} waits for something that must come
 * @param account as which all clients sign in, if the brokers require it
 * @param tls whether all clients encrypt what they send
 */
public record LiveSettings(
        Duration routePoll,
        Duration heartbeat,
        Duration rebalance,
        Duration takeUp,
        Duration sendTimeout,
        int perSecond,
        int keys,
        int undecidedEvery,
        Duration patience,
        Optional<Credentials> account,
        boolean tls) {
    /** How long a broker keeps a pull that finds nothing. */
    private static final Duration LONGEST_PULL = Duration.ofSeconds(15);

    /** The intervals that clients have unless somebody changes them. */
    public static final LiveSettings AS_IN_PRODUCTION = new LiveSettings(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(20),
            Duration.ofMinutes(2),
            Duration.ofSeconds(10),
            20,
            10,
            10,
            Duration.ofMinutes(2),
            Optional.empty(),
            false);

    /** Clients that follow every change of routes within {@code interval}, so that tests do not wait for them. */
    public static LiveSettings following(Duration interval) {
        return new LiveSettings(
                interval,
                interval,
                interval,
                LONGEST_PULL.multipliedBy(2),
                Duration.ofSeconds(10),
                20,
                10,
                10,
                Duration.ofMinutes(2),
                Optional.empty(),
                false);
    }

    public LiveSettings withPerSecond(int messages) {
        return new LiveSettings(
                routePoll,
                heartbeat,
                rebalance,
                takeUp,
                sendTimeout,
                messages,
                keys,
                undecidedEvery,
                patience,
                account,
                tls);
    }

    public LiveSettings withHeartbeat(Duration interval) {
        return new LiveSettings(
                routePoll,
                interval,
                rebalance,
                takeUp,
                sendTimeout,
                perSecond,
                keys,
                undecidedEvery,
                patience,
                account,
                tls);
    }

    public LiveSettings withRebalance(Duration interval) {
        return new LiveSettings(
                routePoll,
                heartbeat,
                interval,
                takeUp,
                sendTimeout,
                perSecond,
                keys,
                undecidedEvery,
                patience,
                account,
                tls);
    }

    public LiveSettings withUndecidedEvery(int transactions) {
        return new LiveSettings(
                routePoll,
                heartbeat,
                rebalance,
                takeUp,
                sendTimeout,
                perSecond,
                keys,
                transactions,
                patience,
                account,
                tls);
    }

    public LiveSettings withPatience(Duration most) {
        return new LiveSettings(
                routePoll,
                heartbeat,
                rebalance,
                takeUp,
                sendTimeout,
                perSecond,
                keys,
                undecidedEvery,
                most,
                account,
                tls);
    }

    public LiveSettings withAccount(Credentials of) {
        return new LiveSettings(
                routePoll,
                heartbeat,
                rebalance,
                takeUp,
                sendTimeout,
                perSecond,
                keys,
                undecidedEvery,
                patience,
                Optional.of(of),
                tls);
    }

    public LiveSettings withTls() {
        return new LiveSettings(
                routePoll,
                heartbeat,
                rebalance,
                takeUp,
                sendTimeout,
                perSecond,
                keys,
                undecidedEvery,
                patience,
                account,
                true);
    }
}
