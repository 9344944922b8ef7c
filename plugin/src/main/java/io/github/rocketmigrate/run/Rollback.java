package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.write.Origin;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Takes topics back from where each of them is, against the plan. Each gets a hold, so that no later run takes it forward
 * again. The first look of a run decides how far each topic goes back.
 */
final class Rollback implements HoldChange {
    private final RollbackOrder order;
    private final Origin by;
    private final Instant since;
    private Optional<SortedMap<String, Hold>> holds = Optional.empty();
    private boolean isPlanComplete;
    private boolean joinsAgain;

    /**
     * Takes the selected topics back.
     *
     * @param by who does it, and where
     * @param now the beginning of the holds
     */
    Rollback(RollbackOrder order, Origin by, Instant now) {
        this.order = requireNonNull(order, "order is null");
        this.by = requireNonNull(by, "by is null");
        this.since = now.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public MigrationPlan in(MigrationPlan plan) {
        if (plan.traffic().isEmpty()) {
            throw new Fault(
                    "The plan has no traffic, so no topic can go back.",
                    "A plan without traffic creates topics and groups at the destination; it moves none.");
        }
        isPlanComplete = plan.traffic().get().complete();
        return order.in(plan, by, since).incomplete();
    }

    @Override
    public Situation in(Situation found) {
        if (holds.isEmpty()) {
            holds = Optional.of(holds(found));
            // Also after a rollback that was stopped before all brokers had joined again.
            joinsAgain = found.isJoining() && (found.recorded().complete() || (isPlanComplete && !found.isJoined()));
        }
        Situation open = found.recorded().complete()
                ? found.withRecorded(found.recorded().reopened())
                : found;
        return open.rollingBack(holds.get());
    }

    /** Only the way back: settings, new topics and the join can wait. After the end of the join, it is needed again. */
    @Override
    public ChangeSet of(ChangeSet planned) {
        return planned.ofWayBack(holds.orElseThrow().keySet(), joinsAgain);
    }

    @Override
    public Invocation in(Invocation called) {
        return called.rollingBack(order.parameters());
    }

    /** A topic that the plan itself wants no further needs no hold, but it goes back in this run all the same. */
    private SortedMap<String, Hold> holds(Situation found) {
        SortedMap<String, Hold> all = new TreeMap<>();
        for (PlannedTopic topic : found.scope().topics()) {
            Stage target =
                    order.to().map(stage -> lower(stage, now(topic, found))).orElseGet(() -> previous(topic, found));
            all.put(topic.name(), new Hold(target, since, by.words(), order.reason()));
        }
        return all;
    }

    private static Stage previous(PlannedTopic topic, Situation found) {
        Optional<Hold> unfinished = topic.stoppedBy().filter(hold -> !found.isAt(hold.stage(), topic.name()));
        if (unfinished.isPresent()) {
            // An earlier rollback was interrupted: going back further is not what its user repeats it for.
            return unfinished.get().stage();
        }
        boolean isOnTheWay = !found.destination().isUnread()
                && found.standing(topic.name()).pair().flatMap(Pair::stage).isEmpty();
        return isOnTheWay ? now(topic, found) : now(topic, found).previous();
    }

    /** The stage of a topic; on the way between two stages, the one that is nearer to the source. */
    private static Stage now(PlannedTopic topic, Situation found) {
        if (topic.inFence()) {
            return Stage.READ_BOTH;
        }
        Optional<Stage> is = found.destination().isUnread()
                ? Optional.empty()
                : found.standing(topic.name()).pair().flatMap(Pair::stage);
        return is.orElseGet(() -> {
            Optional<RecordedObject> recorded = found.recorded().of(SettingsHash.topicKey(topic.name()));
            Stage left = recorded.flatMap(RecordedObject::stage).orElse(Stage.SOURCE);
            return lower(left, recorded.flatMap(RecordedObject::heading).orElse(left));
        });
    }

    private static Stage lower(Stage one, Stage other) {
        return one.isAheadOf(other) ? other : one;
    }
}
