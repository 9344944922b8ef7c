package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.Timing;
import io.github.rocketmigrate.write.WriteGuard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.Lock;

/**
 * Keeps consumers at the queues of the side that a fence is going to open. The brokers of that side refuse to be read, but
 * the name servers say that they can be: consumers keep these queues, ask again every second, and read at once when the
 * fence opens. Without the hold they would give the queues away, and need a route poll and a rebalance to return.
 *
 * <p>A broker that registers its topics replaces the route. So each name server is looked at twice a second and given the
 * route again. Consumers that poll in between notice the fence; the order of messages does not depend on the hold.
 */
final class RouteHold implements AutoCloseable {
    /** Clients poll every 30 s: few of them come between a registration and the next look. */
    static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    /** How often a name server is given a route before it counts as one that ignores routes, as releases before 5.1.4 do. */
    private static final int TRIES = 3;

    private final ClusterWriter router;
    private final WriteGuard guard;
    private final Timing timing;
    private final Lock lock;
    /** By topic and broker. */
    private final Map<String, Map<String, TopicSettings>> wanted = new TreeMap<>();
    /** How often a name server was given a route and went on showing another, in a row. */
    private final Map<String, Integer> ignored = new HashMap<>();

    /** The name servers that have ignored the route of an earlier topic as often as they were given it. */
    private final Set<String> ignorers = new TreeSet<>();

    private final List<Timing.PeriodicTask> looks = new ArrayList<>();
    /** The run has ended, or a name server does not take routes: then clients go by what brokers register. */
    private boolean over;

    /** Uses the name servers of {@code router}, which give clients the routes of both sides. */
    RouteHold(ClusterWriter router, WriteGuard guard, Timing timing) {
        this.router = requireNonNull(router, "router is null");
        this.guard = requireNonNull(guard, "guard is null").urgent();
        this.timing = requireNonNull(timing, "timing is null");
        this.lock = timing.lock();
    }

    ClusterWriter router() {
        return router;
    }

    /**
     * Sets the route of a topic on every name server, with all brokers in one request, and keeps it from now on. A producer
     * that polled between the registrations of two brokers would see some of the queues, and send keys to the wrong ones.
     *
     * @param by stops before the first request if the run is asked to stop
     * @return whether some name server may show the route: one that has not answered may have set it, and looks set it again
     * @throws Halt if a name server refuses it
     */
    boolean begin(String topic, Map<String, TopicSettings> route, WriteGuard by) throws InterruptedException, Halt {
        put(topic, route);
        boolean shown = false;
        WriteGuard next = by;
        for (String nameServer : router.nameServers()) {
            Claim claim = send(nameServer, topic, route, next);
            next = guard;
            boolean ignored = isIgnored(claim, nameServer, topic, route);
            int tries = ignorers.contains(nameServer) ? 1 : TRIES;
            for (int i = 1; i < tries && ignored; i++) {
                claim = send(nameServer, topic, route, guard);
                ignored = isIgnored(claim, nameServer, topic, route);
            }
            shown |= !ignored;
            if (claim instanceof Claim.Rejected) {
                throw Fence.halt(List.of(claim));
            }
            if (ignored) {
                ignorers.add(nameServer);
                giveUp();
            }
        }
        return shown;
    }

    private void giveUp() {
        lock.lock();
        try {
            over = true;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps exactly these routes from now on. */
    void keep(Map<String, Map<String, TopicSettings>> routes) throws InterruptedException {
        Map<String, Map<String, TopicSettings>> before = wanted();
        lock.lock();
        try {
            wanted.keySet().retainAll(routes.keySet());
            endLooksWithoutRoutes();
        } finally {
            lock.unlock();
        }
        routes.forEach(this::put);
        if (!before.entrySet().containsAll(routes.entrySet())) {
            Set<String> unused = look();
        }
    }

    /** The next fence begins them again. */
    private void endLooksWithoutRoutes() {
        if (wanted.isEmpty()) {
            looks.forEach(Timing.PeriodicTask::close);
            looks.clear();
        }
    }

    private void put(String topic, Map<String, TopicSettings> route) {
        lock.lock();
        try {
            wanted.put(topic, new TreeMap<>(route));
            if (looks.isEmpty() && !over) {
                for (String nameServer : router.nameServers()) {
                    looks.add(timing.every(BETWEEN_LOOKS, "migrate-hold", () -> lookAlone(nameServer)));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Shows the route before the fence again, and keeps none. A route that is not answered is sent again: brokers that have
     * not changed do not register, and producers would find no queue.
     *
     * @return whether every name server has accepted the route
     */
    boolean restore(String topic, Map<String, TopicSettings> route) throws InterruptedException, Halt {
        lock.lock();
        try {
            wanted.remove(topic);
            endLooksWithoutRoutes();
        } finally {
            lock.unlock();
        }
        boolean restored = true;
        for (String nameServer : router.nameServers()) {
            Claim claim = send(nameServer, topic, route, guard);
            for (int i = 1; i < TRIES && claim instanceof Claim.Unanswered; i++) {
                claim = send(nameServer, topic, route, guard);
            }
            restored &= claim instanceof Claim.Accepted;
        }
        return restored;
    }

    boolean holds(String topic) {
        return wanted().containsKey(topic);
    }

    private SortedMap<String, Map<String, TopicSettings>> wanted() {
        lock.lock();
        try {
            return over ? new TreeMap<>() : new TreeMap<>(wanted);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Looks at every name server once, and sets the routes again that have been replaced.
     *
     * @return the topics of which some name server did not show the route, or did not answer
     */
    Set<String> look() throws InterruptedException {
        Set<String> unseen = new TreeSet<>();
        for (String nameServer : router.nameServers()) {
            try {
                unseen.addAll(look(nameServer));
            } catch (Fault fault) {
                unseen.addAll(wanted().keySet());
            }
        }
        return unseen;
    }

    /** The next look tries again what did not work. */
    private void lookAlone(String nameServer) {
        try {
            Collection<String> unused = look(nameServer);
        } catch (Fault unanswered) {
            // A name server that does not answer shows clients nothing either.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<String> look(String nameServer) throws InterruptedException {
        SortedMap<String, Map<String, TopicSettings>> now = wanted();
        Set<String> unseen = new TreeSet<>();
        if (now.isEmpty()) {
            return unseen;
        }
        Map<String, Map<String, RouteEntry>> shown = router.reader().routes(nameServer, now.keySet());
        for (Map.Entry<String, Map<String, TopicSettings>> topic : now.entrySet()) {
            Map<String, TopicSettings> replaced = replaced(topic.getValue(), shown.get(topic.getKey()));
            if (!replaced.isEmpty()) {
                unseen.add(topic.getKey());
                setAgain(nameServer, topic.getKey(), topic.getValue(), replaced);
            }
        }
        return unseen;
    }

    /** The brokers whose route differs. A broker that the name server has lost registers by itself. */
    private static Map<String, TopicSettings> replaced(
            Map<String, TopicSettings> route, Map<String, RouteEntry> shown) {
        Map<String, TopicSettings> replaced = new TreeMap<>();
        route.forEach((broker, settings) -> {
            RouteEntry entry = shown.get(broker);
            if (entry != null && !entry.equals(entry(settings))) {
                replaced.put(broker, settings);
            }
        });
        return replaced;
    }

    private static RouteEntry entry(TopicSettings settings) {
        return new RouteEntry(settings.readQueues(), settings.writeQueues(), settings.access());
    }

    /** Sets a route again, unless another one is wanted since the name server was read. */
    private void setAgain(
            String nameServer, String topic, Map<String, TopicSettings> route, Map<String, TopicSettings> brokers)
            throws InterruptedException {
        lock.lock();
        try {
            if (over || !route.equals(wanted.get(topic))) {
                return;
            }
            Claim claim = send(nameServer, topic, brokers, guard);
            int tries = isIgnored(claim, nameServer, topic, brokers) ? ignored.getOrDefault(nameServer, 0) + 1 : 0;
            ignored.put(nameServer, tries);
            over = claim instanceof Claim.Rejected || tries >= TRIES;
        } catch (Halt lost) {
            // Another run has the lease now, and holds what has to be held.
            over = true;
        } finally {
            lock.unlock();
        }
    }

    private Claim send(String nameServer, String topic, Map<String, TopicSettings> brokers, WriteGuard by)
            throws InterruptedException, Halt {
        return by.send("route", nameServer, List.of(topic), () -> router.setRoute(nameServer, topic, brokers));
    }

    /** Whether a name server has accepted a route and shows another. */
    private boolean isIgnored(Claim claim, String nameServer, String topic, Map<String, TopicSettings> route)
            throws InterruptedException {
        try {
            return claim instanceof Claim.Accepted
                    && !replaced(
                                    route,
                                    router.reader()
                                            .routes(nameServer, List.of(topic))
                                            .get(topic))
                            .isEmpty();
        } catch (Fault unanswered) {
            return false;
        }
    }

    /** Sets no route after this. */
    @Override
    public void close() {
        lock.lock();
        try {
            over = true;
            looks.forEach(Timing.PeriodicTask::close);
        } finally {
            lock.unlock();
        }
    }
}
