package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes topics on one side and opens them on the other, one topic after the other, without reading in between. In
 * joined clusters, clients learn of both writes at once; otherwise producers find no open queue for the time of two
 * requests.
 */
final class Fence {
    /** The topics between two readings. */
    static final int MOST = 50;

    private final StepContext context;
    private final Optional<ClusterWriter> router;
    private final WriteGuard guard;
    private Optional<Halt> halt = Optional.empty();

    Fence(StepContext context) {
        this.context = requireNonNull(context, "context is null");
        this.router = context.router();
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
            return closing == Side.SOURCE ? Side.DESTINATION : Side.SOURCE;
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
                    pass(passage);
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
        new FenceOutcomes(context).judge(passages, halt);
        return passages.stream().map(passage -> passage.first().applied()).toList();
    }

    private void pass(Passage passage) throws InterruptedException, Halt {
        passage.first().beginWriting(context.timing());
        try {
            closeForReading(passage);
            awaitClosingShown(passage);
            boolean routed = setRoutes(passage, false);
            List<Claim> closed = write(passage.first(), passage.closing(), routed ? guard.urgent() : guard);
            List<Claim> opened =
                    areAccepted(closed) ? write(passage.second(), passage.opening(), guard.urgent()) : List.of();
            if (!areAccepted(closed) || opened.stream().noneMatch(Claim.Accepted.class::isInstance)) {
                throw halt(areAccepted(closed) ? opened : closed);
            }
            if (!areAccepted(opened)) {
                // Producers find queues on the masters that are open, and the next run opens the others.
                halt = Optional.of(halt(opened));
            }
        } catch (Halt | Fault stop) {
            if (passage.isSent()) {
                putBack(passage);
            }
            throw stop;
        }
        if (halt.isPresent()) {
            throw halt.get();
        }
    }

    /**
     * Closes the side that is to be written for reading: a consumer that has not polled its routes yet would read there
     * what producers with the new route send.
     */
    private void closeForReading(Passage passage) throws InterruptedException, Halt {
        if (router.isEmpty()) {
            return;
        }
        ObjectUpdate<TopicSettings> second = passage.second();
        second.after().keySet().forEach(broker -> second.sentTo(broker, context.timing()));
        List<Claim> claims =
                write(new ObjectUpdate<>(second.change(), second.after(), closed(second)), passage.opening(), guard);
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
     * {@link #setRoutes} would replace the new route, and producers would find no queue.
     */
    private void awaitClosingShown(Passage passage) throws InterruptedException, Halt {
        if (router.isEmpty()) {
            return;
        }
        SettingsStore<TopicSettings> shown = context.store(passage.opening()).shownBy(List.of(router.get()));
        Map<String, Map<String, TopicSettings>> closed = Map.of(passage.topic(), closed(passage.second()));
        AtomicBoolean isShown = new AtomicBoolean();
        context.writing().polling().until(context.timeouts().unseen(), isShown::get, () -> {
            try {
                isShown.set(shown.unseen(closed).isEmpty());
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
     * Sets the routes of both sides on every name server in one request, before the brokers register one by one: a
     * producer that polls in between would see some of the queues and send keys to the wrong ones. A name server before
     * 5.0 never answers, and the brokers' own registrations follow.
     */
    private boolean setRoutes(Passage passage, boolean back) throws InterruptedException, Halt {
        if (router.isEmpty()) {
            return false;
        }
        Map<String, TopicSettings> brokers = new TreeMap<>();
        for (ObjectUpdate<TopicSettings> update : List.of(passage.first(), passage.second())) {
            brokers.putAll(back ? update.reversed().after() : update.after());
        }
        String topic = passage.topic();
        WriteGuard by = back ? guard.urgent() : guard;
        boolean all = true;
        for (String nameServer : router.get().nameServers()) {
            Claim claim = by.send(
                    "route", nameServer, List.of(topic), () -> router.get().setRoute(nameServer, topic, brokers));
            by = guard.urgent();
            if (claim instanceof Claim.Rejected && !back) {
                throw halt(List.of(claim));
            }
            all &= claim instanceof Claim.Accepted;
            if (!all && !back) {
                boolean unused = setRoutes(passage, true);
                return false;
            }
        }
        return all;
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

    /** Writes the settings before the fence again; {@link FenceOutcomes} reads whether they are there. */
    private void putBack(Passage passage) throws InterruptedException, Halt {
        boolean unusedRoutes = setRoutes(passage, true);
        List<Claim> unusedFirst = write(passage.first().reversed(), passage.closing(), guard.urgent());
        List<Claim> unusedSecond = router.isEmpty() && !passage.second().isSent()
                ? List.of()
                : write(passage.second().reversed(), passage.opening(), guard.urgent());
    }

    private List<Claim> write(ObjectUpdate<TopicSettings> update, Side side, WriteGuard by)
            throws InterruptedException, Halt {
        Map<String, Claim> claims = new ConcurrentHashMap<>();
        List<Broker> all = update.after().keySet().stream()
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
        return new ArrayList<>(claims.values());
    }
}
