package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.ObjectUpdate;
import io.github.rocketmigrate.write.Polling;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Decides from a reading of both clusters, and not from what servers answered, which topics have passed a fence. */
final class FenceOutcomes {
    static final String UNSEEN = "the brokers have the new permissions, but not every name server shows them";
    static final String CHECK_NAME_SERVERS = "Check the name servers, then run again.";

    private final StepContext context;
    private final Polling polling;
    private final Set<String> turned;
    private final Set<String> unanswered;

    /**
     * Judges the topics of one fence.
     *
     * @param turned the topics whose routes could not be put back at every name server
     * @param unanswered the topics that some broker has not answered for
     */
    FenceOutcomes(StepContext context, Set<String> turned, Set<String> unanswered) {
        this.context = requireNonNull(context, "context is null");
        this.turned = Set.copyOf(turned);
        this.unanswered = Set.copyOf(unanswered);
        this.polling = context.writing().polling();
    }

    /**
     * Ends the update of each topic.
     *
     * @param halt why the fence stopped
     */
    void judge(List<Fence.Passage> passages, Optional<Halt> halt) throws InterruptedException {
        Optional<FenceReading> reading = read(passages);
        Set<String> unseen = reading.isPresent() ? unseen(passages, reading.get()) : Set.of();
        for (Fence.Passage passage : passages) {
            judge(passage, reading, unseen.contains(passage.topic()), halt);
        }
    }

    private void judge(Fence.Passage passage, Optional<FenceReading> reading, boolean unseen, Optional<Halt> halt) {
        ObjectUpdate<TopicSettings> update = passage.first();
        String why = halt.map(Halt::getMessage).orElse("");
        String fix = halt.map(it -> it.stop().fix()).orElse("");
        if (!passage.isSent()) {
            update.end(WriteOutcome.NOT_ATTEMPTED, why, fix);
        } else if (reading.filter(it -> it.isDone(passage)).isPresent()) {
            if (unseen) {
                update.end(WriteOutcome.UNKNOWN, UNSEEN, CHECK_NAME_SERVERS);
            } else {
                update.end(WriteOutcome.CONFIRMED, "", "");
            }
        } else if (reading.filter(it -> it.isAsBefore(passage)).isPresent()) {
            asBefore(passage, why, fix);
        } else {
            update.end(
                    WriteOutcome.UNKNOWN,
                    "only some brokers were switched to the "
                            + passage.opening().word() + ", or they could not be read: producers may find no queue. "
                            + why,
                    "Run again at once to finish the switch. " + fix);
        }
    }

    /** The brokers have what they had before the fence, which is not the whole truth if something did not answer. */
    private void asBefore(Fence.Passage passage, String why, String fix) {
        ObjectUpdate<TopicSettings> update = passage.first();
        if (turned.contains(passage.topic())) {
            update.end(
                    WriteOutcome.UNKNOWN,
                    "the brokers are as before, but some name server still sends producers to the "
                            + passage.opening().word() + ". " + why,
                    "Run again at once to set its route. " + fix);
        } else if (unanswered.contains(passage.topic())) {
            update.end(
                    WriteOutcome.UNKNOWN,
                    "the brokers are as before, but one that did not answer may still be going to write. " + why,
                    "Run again to close the fence. " + fix);
        } else {
            update.end(WriteOutcome.FAILED, why + " The " + passage.closing().word() + " was put back as it was", fix);
        }
    }

    /** A broker that has not answered in time may make the write a little later. */
    private Optional<FenceReading> read(List<Fence.Passage> passages) throws InterruptedException {
        List<FenceReading> last = new ArrayList<>();
        polling.until(
                context.timeouts().unanswered(),
                () -> !last.isEmpty() && !mayStillChange(passages, last.get(0)),
                () -> {
                    last.clear();
                    try {
                        last.add(FenceReading.of(context));
                    } catch (Halt | Fault notYet) {
                        last.clear();
                    }
                });
        return last.stream().findFirst();
    }

    private boolean mayStillChange(List<Fence.Passage> passages, FenceReading reading) {
        return passages.stream()
                .anyMatch(passage -> unanswered.contains(passage.topic()) && reading.isAsBefore(passage));
    }

    /** The topics whose new permissions some name server does not show in time. */
    private Set<String> unseen(List<Fence.Passage> passages, FenceReading reading) throws InterruptedException {
        Set<String> unseen = new TreeSet<>();
        polling.until(context.timeouts().unseen(), unseen::isEmpty, () -> look(passages, reading, unseen));
        if (!unseen.isEmpty() && context.hold().isEmpty()) {
            register(passages, reading);
            look(passages, reading, unseen);
        }
        return unseen;
    }

    private void look(List<Fence.Passage> passages, FenceReading reading, Set<String> unseen)
            throws InterruptedException {
        unseen.clear();
        for (Side side : List.of(passages.get(0).closing(), passages.get(0).opening())) {
            Map<String, Map<String, TopicSettings>> others = done(side, passages, reading);
            Map<String, Map<String, TopicSettings>> held = new HashMap<>(others);
            held.keySet().removeIf(topic -> !isHeld(topic));
            others.keySet().removeAll(held.keySet());
            unseen.addAll(unseen(context.store(side), others));
            if (!held.isEmpty()) {
                RouteHold hold = context.hold().orElseThrow();
                SettingsStore.TopicStore store = context.store(side);
                unseen.addAll(unseen(store.shownBy(seersBesides(store, hold)), held));
                unseen.addAll(hold.look());
            }
        }
    }

    /** What brokers of a side have got. */
    private static Map<String, Map<String, TopicSettings>> done(
            Side side, List<Fence.Passage> passages, FenceReading reading) {
        Map<String, Map<String, TopicSettings>> done = new HashMap<>();
        for (Fence.Passage passage : passages) {
            ObjectUpdate<TopicSettings> update = passage.updates().get(side);
            if (update.isSent() && reading.isDone(side, update)) {
                done.put(update.name(), update.after());
            }
        }
        return done;
    }

    /** Without a hold, nobody else sets a route that a broker has not registered. */
    private void register(List<Fence.Passage> passages, FenceReading reading) throws InterruptedException {
        for (Side side : Side.values()) {
            try {
                context.store(side)
                        .register(done(side, passages, reading), context.guard().urgent());
            } catch (Halt | Fault stop) {
                // The next look finds what is not shown.
                return;
            }
        }
    }

    /** Whether name servers show more than what the brokers have. */
    private boolean isHeld(String topic) {
        return context.hold().filter(hold -> hold.holds(topic)).isPresent();
    }

    private static List<ClusterWriter> seersBesides(SettingsStore.TopicStore store, RouteHold hold) {
        return store.seers().stream()
                .filter(seer -> !seer.equals(hold.router()))
                .toList();
    }

    private static Set<String> unseen(
            SettingsStore<TopicSettings> store, Map<String, Map<String, TopicSettings>> topics)
            throws InterruptedException {
        try {
            return store.unseen(topics);
        } catch (Fault fault) {
            return topics.keySet();
        }
    }
}
