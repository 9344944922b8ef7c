package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes many objects of one kind with few requests: compares them, sends at most a list to each master, reads them back.
 * Outcomes come from what brokers and name servers show afterwards, never from what a broker answered.
 *
 * @param <T> the settings of an object
 */
public final class BulkWrite<T extends ObjectSettings> {
    /** The most objects in one request. */
    public static final int MOST = 500;

    private final SettingsStore<T> store;
    private final List<ObjectUpdate<T>> works;
    private final Map<String, BulkWriteTarget<T>> brokers = new TreeMap<>();
    private final WriteGuard guard;
    private final BulkSender<T> sender;
    private final MasterPool masters;
    private final Timeouts timeouts;
    private final Polling watch;
    private int looks;

    public BulkWrite(
            SettingsStore<T> store, SortedMap<String, Broker> all, List<ObjectUpdate<T>> works, WriteContext context) {
        this.store = requireNonNull(store, "store is null");
        this.works = List.copyOf(works);
        this.guard = context.guard();
        this.sender = new BulkSender<>(store, works, guard, context.control().timing());
        this.masters = context.masters();
        this.timeouts = context.timeouts();
        this.watch = context.polling();
        for (ObjectUpdate<T> work : works) {
            work.after()
                    .keySet()
                    .forEach(name -> brokers.computeIfAbsent(
                            name, key -> new BulkWriteTarget<>(all.get(key), guard.isAccepted(store.what(), key))));
        }
    }

    /** Divides a list, in its order, into parts that fit one request. */
    public static <E> List<List<E>> slices(List<E> all) {
        List<List<E>> slices = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            slices.add(all.subList(from, Math.min(all.size(), from + MOST)));
        }
        return slices;
    }

    /**
     * Writes all updates; afterwards each of them has an outcome.
     *
     * @param known what was read from each master a moment ago, by master
     * @return what each master has now, by master
     */
    public Map<String, Map<String, T>> run(Map<String, Map<String, T>> known) throws InterruptedException, Halt {
        Optional<Halt> halt = firstLook(known);
        boolean more = halt.isEmpty();
        while (more) {
            halt = attempt(this::sendAll);
            readBack();
            // Reading showed the result that the broker did not answer, so the rest can follow.
            more = halt.filter(Halt::isForWantOfAnswer).isPresent() && isAllDoneThatWasTold();
            if (more) {
                compare();
            }
        }
        if (halt.isEmpty()) {
            halt = attempt(this::sendAgain);
            readBack();
        }
        Set<String> unseen = unseen();
        for (ObjectUpdate<T> work : works) {
            judge(work, unseen, halt);
        }
        if (halt.isPresent()) {
            throw halt.get();
        }
        haltAtUnknown();
        if (looks > 1) {
            // The readings are older than the wait for the name servers.
            return Map.of();
        }
        return brokers.values().stream()
                .filter(BulkWriteTarget::isRead)
                .collect(toMap(BulkWriteTarget::name, BulkWriteTarget::found));
    }

    /** Does a part of the work that may stop the run. */
    @FunctionalInterface
    private interface Step {
        void take() throws InterruptedException, Halt;
    }

    private static Optional<Halt> attempt(Step step) throws InterruptedException {
        try {
            step.take();
            return Optional.empty();
        } catch (Halt halt) {
            return Optional.of(halt);
        } catch (Fault fault) {
            return Optional.of(Halt.of(fault));
        }
    }

    private Optional<Halt> firstLook(Map<String, Map<String, T>> known) throws InterruptedException {
        return attempt(() -> {
            brokers.forEach((name, broker) -> broker.found(known.get(name)));
            masters.each(brokers.values(), broker -> {
                if (!broker.isRead()) {
                    broker.found(store.read(broker.master()));
                }
            });
            compare();
            store.dangers(works)
                    .forEach((name, danger) -> works.stream()
                            .filter(work -> work.name().equals(name))
                            .forEach(work -> work.end(
                                    WriteOutcome.FAILED, danger, "Plan again: the new plan says what can be done.")));
        });
    }

    private boolean isAllDoneThatWasTold() {
        return brokers.values().stream()
                .allMatch(broker -> broker.isRead()
                        && works.stream().allMatch(work -> broker.claim(work.name()) == null || broker.hasAfter(work)));
    }

    /** An object that somebody has changed since the plan is left alone: people have to look at it. */
    private void compare() {
        for (ObjectUpdate<T> work : works) {
            for (BulkWriteTarget<T> broker : brokersOf(work)) {
                T now = broker.found().get(work.name());
                T before = work.before(broker.name());
                if (!broker.hasAfter(work) && !broker.hasBefore(work)) {
                    work.end(
                            WriteOutcome.FAILED,
                            "somebody has changed it on broker " + broker.name() + " since it was planned ("
                                    + store.difference(now, before) + ")",
                            "Plan again and review what has changed.");
                }
            }
        }
    }

    private List<BulkWriteTarget<T>> brokersOf(ObjectUpdate<T> work) {
        return work.after().keySet().stream().map(brokers::get).toList();
    }

    /** Sends the first write of its kind to one master alone, so that a refusal does not reach the others. */
    private void sendAll() throws InterruptedException, Halt {
        List<BulkWriteTarget<T>> rest = new ArrayList<>(brokers.values());
        while (!guard.isAccepted(store.what()) && !rest.isEmpty()) {
            sender.send(rest.remove(0));
        }
        masters.each(rest, sender::send);
    }

    /** Reads the masters again; a master that cannot be read counts as unknown. */
    private void readBack() throws InterruptedException {
        watch.until(
                timeouts.unanswered(),
                () -> brokers.values().stream().noneMatch(this::mayStillChange),
                () -> masters.eachSafely(brokers.values(), broker -> {
                    if (broker.isStale() || mayStillChange(broker)) {
                        broker.found(null);
                        broker.found(store.read(broker.master()));
                    }
                }));
    }

    private boolean mayStillChange(BulkWriteTarget<T> broker) {
        return works.stream()
                .anyMatch(work -> broker.claim(work.name()) instanceof Claim.Unanswered
                        && (!broker.isRead() || !broker.hasAfter(work)));
    }

    /**
     * Writes one by one what a list did not change, because of one bad entry or silently. An object with neither the old
     * nor the wanted settings was changed by somebody else meanwhile and is left alone.
     */
    private void sendAgain() throws InterruptedException, Halt {
        for (BulkWriteTarget<T> broker : brokers.values()) {
            SortedMap<String, T> missing = new TreeMap<>();
            for (ObjectUpdate<T> work : works) {
                if (work.isOpen()
                        && broker.isRead()
                        && broker.wasToldInList(work.name())
                        && !broker.hasAfter(work)
                        && broker.hasBefore(work)) {
                    missing.put(work.name(), work.after().get(broker.name()));
                }
            }
            sender.sendAlone(broker, missing);
        }
    }

    /** Waits until every name server shows what the brokers have, and returns the objects that some do not show. */
    private Set<String> unseen() throws InterruptedException {
        Map<String, Map<String, T>> objects = new HashMap<>();
        for (ObjectUpdate<T> work : works) {
            if (work.isOpen() && work.isSent()) {
                Map<String, T> done = new HashMap<>();
                brokersOf(work).stream()
                        .filter(broker -> broker.isRead() && broker.hasAfter(work))
                        .forEach(broker -> done.put(broker.name(), work.after().get(broker.name())));
                objects.put(work.name(), done);
            }
        }
        Set<String> unseen = new TreeSet<>(objects.keySet());
        watch.until(timeouts.unseen(), unseen::isEmpty, () -> {
            looks++;
            objects.keySet().retainAll(unseen);
            unseen.clear();
            try {
                unseen.addAll(store.unseen(objects));
            } catch (Fault fault) {
                unseen.addAll(objects.keySet());
            }
        });
        objects.keySet().retainAll(unseen);
        return unseen.isEmpty() ? unseen : unseenAfterSetting(objects);
    }

    /** Corrects the routes that do not follow from what brokers report. */
    private Set<String> unseenAfterSetting(Map<String, Map<String, T>> objects) throws InterruptedException {
        try {
            store.register(objects, guard.urgent());
            return store.unseen(objects);
        } catch (Halt | Fault stop) {
            return objects.keySet();
        }
    }

    private void judge(ObjectUpdate<T> work, Set<String> unseen, Optional<Halt> halt) {
        Optional<BulkWriteTarget.Doubt> worst = Optional.empty();
        for (BulkWriteTarget<T> broker : brokersOf(work)) {
            Optional<BulkWriteTarget.Doubt> doubt = broker.doubt(work, store, halt);
            if (doubt.isPresent() && (worst.isEmpty() || doubt.get().isWorseThan(worst.get()))) {
                worst = doubt;
            }
        }
        if (worst.isPresent()) {
            work.end(worst.get().outcome(), worst.get().why(), worst.get().fix());
        } else if (!work.isSent()) {
            work.end(WriteOutcome.UNCHANGED, "", "");
        } else if (unseen.contains(work.name())) {
            work.end(
                    WriteOutcome.UNKNOWN,
                    "the brokers have it, but not every name server shows it",
                    "Check the destination's name servers, then run again.");
        } else {
            work.end(WriteOutcome.CONFIRMED, "", "");
        }
    }

    private void haltAtUnknown() throws Halt {
        long unknown = works.stream()
                .filter(work -> work.applied().outcome() == WriteOutcome.UNKNOWN)
                .count();
        if (unknown > 0) {
            throw new Halt(
                    "The result of " + Counts.of(unknown, "change") + " is unknown.",
                    "Run again: the run reads both clusters first.");
        }
    }
}
