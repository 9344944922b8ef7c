package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes topics on one side and opens them on the other, one topic after the other, without reading in between. In
 * joined clusters, clients learn of both writes at once; otherwise producers find no open queue for the time of two
 * requests.
 *
 * <p>Longer than 300 lines: the writes of a fence, their order, and the way back stand together.
 */
final class Fence {
    /** How many topics are closed between two looks at the topics that wait for their opening. */
    static final int MOST = 50;

    private static final Access OPEN = Access.READ_WRITE;
    /** How often a write is sent that is not accepted, once producers have turned. */
    private static final int SENDS = 3;
    /** A broker that is too busy for a request is not much longer. */
    private static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

    /** Brokers register a changed topic within milliseconds. */
    private static final Duration REGISTERS = Duration.ofMillis(100);

    private final StepContext context;
    private final Optional<RouteHold> hold;
    private final WriteGuard guard;
    private Optional<Halt> halt = Optional.empty();
    /** Topics whose routes could not be put back at every name server. */
    private final Set<String> turned = new HashSet<>();
    /** Topics that some broker may still be going to write. */
    private final Set<String> unanswered = new HashSet<>();
    /** Topics that some broker may write twice, because a request without an answer was sent again. */
    private final Set<String> repeated = new HashSet<>();

    Fence(StepContext context) {
        this.context = requireNonNull(context, "context is null");
        this.hold = context.hold();
        this.guard = context.guard();
    }

    /**
     * A topic on its way through a fence.
     *
     * @param closing the side that is closed first
     * @param first the update of that side
     * @param second the update of the other side
     */
    record Passage(Side closing, ObjectUpdate<TopicSettings> first, ObjectUpdate<TopicSettings> second) {
        String topic() {
            return first.name();
        }

        Side opening() {
            return closing.other();
        }

        /** Whether producers turn to the other side; in a pause, they find no queue. */
        boolean isTurning() {
            return second.after().values().stream()
                    .anyMatch(settings -> settings.access().isWritable());
        }

        Map<Side, ObjectUpdate<TopicSettings>> updates() {
            return Map.of(closing, first, opening(), second);
        }

        boolean isSent() {
            return first.isSent() || second.isSent();
        }
    }

    /** Why nothing more is written. */
    Optional<Halt> halt() {
        return halt;
    }

    /** Switches topics that all close the same side. */
    List<AppliedChange> pass(List<Passage> passages) throws InterruptedException {
        try {
            FenceReading before = FenceReading.of(context);
            for (Passage passage : passages) {
                if (before.isAsBefore(passage)) {
                    int known = unanswered.size();
                    pass(passage);
                    if (unanswered.size() > known) {
                        // The wait was long. A broker that has gone meanwhile would stay open while producers turn.
                        before = FenceReading.of(context);
                    }
                } else {
                    passage.first()
                            .end(
                                    WriteOutcome.FAILED,
                                    "it was changed by someone else after the plan was made",
                                    "Plan again, and review what has changed.");
                }
            }
        } catch (Halt stop) {
            halt = Optional.of(stop);
        } catch (Fault fault) {
            halt = Optional.of(Halt.of(fault));
        }
        passages.stream()
                .filter(passage -> repeated.contains(passage.topic()))
                .forEach(passage -> passage.first().expectLateWrite());
        new FenceOutcomes(context, turned, unanswered).judge(passages, halt);
        return passages.stream().map(passage -> passage.first().applied()).toList();
    }

    private void pass(Passage passage) throws InterruptedException, Halt {
        passage.first().beginWriting(context.timing());
        List<Claim> claims = new ArrayList<>();
        try {
            closeForReading(passage);
            boolean turned = turn(passage);
            claims.addAll(write(passage.first(), passage.closing(), turned ? guard.urgent() : guard, turned));
            boolean isClosed = areAccepted(claims) || (turned && !isRefused(claims));
            List<Claim> opened =
                    isClosed ? write(passage.second(), passage.opening(), guard.urgent(), turned) : List.of();
            claims.addAll(opened);
            boolean isOpen = !passage.isTurning() || opened.stream().anyMatch(Claim.Accepted.class::isInstance);
            if (!isClosed || (!isOpen && (!turned || isRefused(opened)))) {
                throw halt(claims);
            }
            settle(passage);
        } catch (Halt | Fault stop) {
            if (passage.isSent()) {
                putBack(passage);
            }
            throw stop;
        }
        if (!areAccepted(claims)) {
            // Producers find queues, and the next look finds what the other masters have.
            throw halt(claims);
        }
    }

    /**
     * Closes the side that is to be written for reading: a consumer that has not polled its routes yet would read there
     * what producers with the new route send.
     */
    private void closeForReading(Passage passage) throws InterruptedException, Halt {
        if (hold.isEmpty() || !passage.isTurning()) {
            return;
        }
        ObjectUpdate<TopicSettings> second = passage.second();
        second.after().keySet().forEach(broker -> second.sentTo(broker, context.timing()));
        List<Claim> claims = writeOnce(
                new ObjectUpdate<>(second.change(), second.after(), closed(second)), passage.opening(), guard);
        if (!areAccepted(claims)) {
            throw halt(claims);
        }
    }

    private static SortedMap<String, TopicSettings> closed(ObjectUpdate<TopicSettings> update) {
        SortedMap<String, TopicSettings> closed = new TreeMap<>();
        update.after().forEach((broker, settings) -> closed.put(broker, settings.withAccess(Access.NONE)));
        return closed;
    }

    /**
     * Waits until every name server that gets new routes shows that the side is closed: a registration that came after
     * {@link #turn} would replace the new route, and producers would find no queue.
     */
    private void awaitClosingShown(Passage passage, RouteHold routes) throws InterruptedException, Halt {
        SettingsStore<TopicSettings> store = context.store(passage.opening()).shownBy(List.of(routes.router()));
        Map<String, Map<String, TopicSettings>> closed = Map.of(passage.topic(), closed(passage.second()));
        AtomicBoolean isShown = new AtomicBoolean();
        context.writing().polling().until(context.timeouts().unseen(), isShown::get, () -> {
            try {
                isShown.set(store.unseen(closed).isEmpty());
            } catch (Fault fault) {
                // A name server that does not answer shows nothing.
                isShown.set(false);
            }
        });
        if (!isShown.get()) {
            throw new Halt(
                    "A name server of the destination does not show that topic " + passage.topic()
                            + " is closed at the " + passage.opening().word() + ".",
                    "Check the name servers and their connections to brokers, then run again.");
        }
    }

    /**
     * Turns producers to the side that opens, before the brokers register one by one. From here on the fence only goes
     * forward, unless a broker refuses: producers that have turned would pass their own messages if they returned.
     *
     * @return whether some name server may show the new route
     */
    private boolean turn(Passage passage) throws InterruptedException, Halt {
        if (hold.isEmpty()) {
            return false;
        }
        if (passage.isTurning()) {
            awaitClosingShown(passage, hold.get());
        }
        Access closed = passage.first().after().values().iterator().next().access();
        Map<String, TopicSettings> route = route(passage.topic(), passage.closing(), closed);
        route.putAll(route(passage.topic(), passage.opening(), passage.isTurning() ? OPEN : Access.READ));
        return hold.get().begin(passage.topic(), route, guard);
    }

    /** With brokers that have this access already: a name server may still show another one. */
    private Map<String, TopicSettings> route(String topic, Side side, Access access) {
        Map<String, TopicSettings> route = new TreeMap<>();
        context.cluster(side)
                .topic(topic)
                .forEach((broker, settings) -> route.put(broker, settings.withAccess(access)));
        return route;
    }

    /** Waits for the brokers that have just opened to register, which replaces the route for a moment. */
    private void settle(Passage passage) throws InterruptedException {
        if (hold.isEmpty() || !hold.get().holds(passage.topic())) {
            return;
        }
        AtomicBoolean wasReplaced = new AtomicBoolean();
        AtomicBoolean isShown = new AtomicBoolean();
        context.writing().polling().until(REGISTERS, () -> wasReplaced.get() && isShown.get(), () -> {
            isShown.set(!hold.get().look().contains(passage.topic()));
            wasReplaced.compareAndSet(false, !isShown.get());
        });
    }

    static Halt halt(List<Claim> claims) {
        Claim why = claims.stream()
                .filter(claim -> !(claim instanceof Claim.Accepted))
                .findFirst()
                .orElseThrow();
        return why instanceof Claim.Rejected rejected
                ? new Halt(rejected.what() + ".", rejected.fix())
                : new Halt(((Claim.Unanswered) why).what() + ".", "Check that server, then run again.");
    }

    private static boolean areAccepted(List<Claim> claims) {
        return claims.stream().allMatch(Claim.Accepted.class::isInstance);
    }

    private static boolean isRefused(List<Claim> claims) {
        return claims.stream().anyMatch(Claim.Rejected.class::isInstance);
    }

    private static boolean isUnanswered(Collection<Claim> claims) {
        return claims.stream().anyMatch(Claim.Unanswered.class::isInstance);
    }

    /** Writes the settings before the fence again; {@link FenceOutcomes} reads whether they are there. */
    private void putBack(Passage passage) throws InterruptedException, Halt {
        ObjectUpdate<TopicSettings> first = passage.first().reversed();
        ObjectUpdate<TopicSettings> second = passage.second().reversed();
        if (hold.isPresent()) {
            Map<String, TopicSettings> route = new TreeMap<>(first.after());
            route.putAll(second.after());
            // Until every name server has accepted it.
            turned.add(passage.topic());
            if (hold.get().restore(passage.topic(), route)) {
                turned.remove(passage.topic());
            }
        }
        List<Claim> unusedFirst = writeOnce(first, passage.closing(), guard.urgent());
        List<Claim> unusedSecond = hold.isEmpty() && !passage.second().isSent()
                ? List.of()
                : writeOnce(second, passage.opening(), guard.urgent());
    }

    /**
     * Writes one side. If producers have turned, what is not accepted is sent again: there is no way back that keeps the
     * order of what they have sent. A broker that refuses is probably busy, because it has just let itself be closed.
     */
    private List<Claim> write(ObjectUpdate<TopicSettings> update, Side side, WriteGuard by, boolean turned)
            throws InterruptedException, Halt {
        List<Claim> claims = writeOnce(update, side, by);
        for (int i = 1; i < SENDS && turned && !areAccepted(claims); i++) {
            if (isRefused(claims)) {
                context.timing().sleep(AFTER_REFUSAL);
            }
            if (isUnanswered(claims)) {
                repeated.add(update.name());
            }
            claims = writeOnce(update, side, guard.urgent());
        }
        return claims;
    }

    private List<Claim> writeOnce(ObjectUpdate<TopicSettings> update, Side side, WriteGuard by)
            throws InterruptedException, Halt {
        Map<String, Claim> claims = new ConcurrentHashMap<>();
        List<Broker> all = update.after().keySet().stream()
                .filter(name -> !update.after().get(name).equals(update.before(name)))
                .map(name -> context.cluster(side).brokers().get(name))
                .toList();
        SettingsStore<TopicSettings> store = context.store(side);
        context.masters().each(all, master -> {
            Map<String, TopicSettings> one =
                    Map.of(update.name(), update.after().get(master.name()));
            claims.put(master.name(), by.send(store.what(), master, one.keySet(), () -> {
                update.sentTo(master.name(), context.timing());
                return store.write(master, one);
            }));
        });
        if (isUnanswered(claims.values())) {
            unanswered.add(update.name());
        }
        return new ArrayList<>(claims.values());
    }
}
