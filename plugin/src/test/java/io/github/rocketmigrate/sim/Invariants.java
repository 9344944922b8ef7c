package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.record.Brakes;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sim.SimulationResult.Violation;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.WriteOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watches what must hold in every migration, whatever goes wrong.
 *
 * <p>Longer than 300 lines: it is the list of all that must hold, each with what it looks at.
 */
final class Invariants {
    private static final String PLAN = "shop-to-5x";
    static final String NOTHING_LOST = "nothing is lost";

    private static final int MOST_NAMED = 5;
    private static final String NOT_UNDONE = "could not be put back";
    private static final Set<RequestFault> HARMLESS = EnumSet.of(RequestFault.REFUSED, RequestFault.SLOW);

    private final World world;
    private final Scenario scenario;
    private final List<Violation> violations = new ArrayList<>();
    /** The processes that have written, in the order of their last write. */
    private final List<SimProcess> writers = new ArrayList<>();

    Invariants(World world, Scenario scenario) {
        this.world = world;
        this.scenario = scenario;
    }

    List<Violation> violations() {
        return violations;
    }

    void violated(String invariant, String what) {
        violations.add(new Violation(invariant, what));
        world.history().say("INVARIANT", invariant + ": " + what);
    }

    /** A process may not write again after another one has begun to. Notes are how they keep apart. */
    void written(SimProcess process, String what) {
        if (what.contains("note ")) {
            return;
        }
        if (writers.contains(process) && writers.get(writers.size() - 1) != process) {
            violated(
                    "one writer",
                    process.name() + " writes " + what + " although "
                            + writers.get(writers.size() - 1).name() + " has begun to write");
        }
        writers.remove(process);
        writers.add(process);
    }

    /** Whether a run has reached its stage, as its verdict and the brokers say. */
    boolean isReached(Outcome outcome, Stage stage) {
        boolean says = outcome == Outcome.CLEAN || outcome == Outcome.APPLIED;
        if (says) {
            for (Scenario.Topic topic : scenario.topics()) {
                Stage wanted = scenario.wanted(topic, stage);
                for (Side side : Side.values()) {
                    accesses(side, topic.name()).stream()
                            .filter(access -> access != wanted.at(side))
                            .findFirst()
                            .ifPresent(access -> violated(
                                    "true verdict",
                                    "the run ends " + outcome.word()
                                            + ", but " + topic.name() + " has " + access.word() + " at the "
                                            + side.word()
                                            + " and not " + wanted.at(side).word()));
                }
            }
            leftBy(stage)
                    .flatMap(this::unreadAt)
                    .ifPresent(what -> violated("true verdict", "the run ends " + outcome.word() + ", but " + what));
        }
        return says;
    }

    /** The topics that no step is under way for, with what masters give of them. */
    Map<String, Standing> settled() {
        Set<String> begun = new TreeSet<>();
        for (Side side : Side.values()) {
            world.nameServers(side)
                    .forEach(nameServer ->
                            begun.addAll(RecordFormat.read(PLAN, Map.of(nameServer.address(), nameServer.notes()))
                                    .begun()
                                    .keySet()));
        }
        Map<String, Standing> settled = standings();
        settled.keySet().removeAll(begun);
        settled.values()
                .removeIf(standing -> standing.pair().flatMap(Pair::stage).isEmpty());
        return settled;
    }

    /** What masters give of each topic. */
    Map<String, Standing> standings() {
        Map<String, Standing> standings = new TreeMap<>();
        scenario.topics().forEach(topic -> standings.put(topic.name(), standing(topic.name())));
        return standings;
    }

    private Standing standing(String topic) {
        return new Standing(accesses(Side.SOURCE, topic), accesses(Side.DESTINATION, topic));
    }

    /** No step has begun for these topics, if the note of the brake is still there. */
    void isBraked(Map<String, Standing> settled) {
        boolean isKnown = Arrays.stream(Side.values())
                .flatMap(side -> world.nameServers(side).stream())
                .anyMatch(nameServer ->
                        nameServer.notes().keySet().stream().anyMatch(key -> key.endsWith(Brakes.key(PLAN))));
        settled.forEach((topic, before) -> {
            Standing now = standing(topic);
            if (isKnown && !now.equals(before)) {
                violated("brake", topic + " had " + before + " when the brake was on, and has " + now + " now");
            }
        });
    }

    /** Topics that were rolled back are where the rollback has left them, after a run for a plan that asks for more. */
    void isHeld(Stage back) {
        for (Scenario.Topic topic : scenario.topics()) {
            Stage wanted = scenario.wanted(topic, back);
            for (Side side : Side.values()) {
                accesses(side, topic.name()).stream()
                        .filter(access -> access != wanted.at(side))
                        .findFirst()
                        .ifPresent(access -> violated(
                                "hold",
                                topic.name() + " was rolled back to " + wanted.word() + " and has " + access.word()
                                        + " at the " + side.word() + " now"));
            }
        }
    }

    /**
     * A step of two writes whose second one was refused is undone, if nothing else happened to the run. Brokers may differ
     * in the first one if it was refused: the next run continues there.
     */
    void asBefore(SimProcess process, AppliedChanges applied) {
        if (!world.isCalm() || !HARMLESS.containsAll(process.met())) {
            return;
        }
        for (AppliedChange one : applied.changes()) {
            if (one.change() instanceof MoveTopic move
                    && move.rung().writes().size() > 1
                    && one.outcome() == WriteOutcome.FAILED
                    && !one.why().contains(NOT_UNDONE)) {
                asBefore(move);
            }
        }
        if (isRefusedOnce(process)) {
            lastOf(applied).forEach(this::notHalfMade);
        }
    }

    /** A second refusal may be that of the way back, and one of a note may end the lease. */
    private static boolean isRefusedOnce(SimProcess process) {
        return process.refused().size() == 1 && !process.refused().get(0).contains("note ");
    }

    private static Collection<AppliedChange> lastOf(AppliedChanges applied) {
        Map<String, AppliedChange> last = new TreeMap<>();
        applied.changes().stream()
                .filter(one -> one.change() instanceof MoveTopic && one.outcome() != WriteOutcome.NOT_ATTEMPTED)
                .forEach(one -> last.put(one.change().subject().name(), one));
        return last.values();
    }

    /** In the middle of a fence, consumers cannot read what producers send, or producers find no queue. */
    private void notHalfMade(AppliedChange one) {
        if (one.change() instanceof MoveTopic move
                && move.rung().closesFirst()
                && !one.outcome().isDone()) {
            Standing now = standing(move.subject().name());
            if (!now.equals(move.found()) && !now.equals(move.after())) {
                violated(
                        "refused is undone",
                        "a write of the fence of " + move.subject().name()
                                + " was refused, and the run leaves the topic with " + now + ", neither with "
                                + move.found() + " as before nor with " + move.after());
            }
        }
    }

    private void asBefore(MoveTopic move) {
        Side first = move.rung().writes().get(0).side();
        for (Side side : Side.values()) {
            Set<Access> before = move.found().at(side);
            SortedSet<Access> now = accesses(side, move.subject().name());
            if (!now.equals(before) && (side != first || now.size() == 1)) {
                violated(
                        "refused is undone",
                        "the step of " + move.subject().name() + " failed, but it has " + now + " at the " + side.word()
                                + " and not " + before + " as before");
            }
        }
    }

    private SortedSet<Access> accesses(Side side, String topic) {
        SortedSet<Access> found = new TreeSet<>();
        for (SimBroker broker : world.brokers(side)) {
            TopicSettings settings = broker.topics().get(topic);
            found.add(settings == null ? Access.NONE : settings.access());
        }
        return found;
    }

    /** The side that nobody reads any more at a stage. */
    private static Optional<Side> leftBy(Stage stage) {
        return Arrays.stream(Side.values())
                .filter(side -> stage.at(side) == Access.NONE)
                .findFirst();
    }

    /** Messages of one side that a group has not consumed. */
    private Optional<String> unreadAt(Side side) {
        return world.ledger().missing().entrySet().stream()
                .flatMap(group -> group.getValue().stream()
                        .filter(stored -> world.brokers(side).stream()
                                .anyMatch(broker -> broker.name().equals(stored.broker())))
                        .map(stored ->
                                stored.message() + " lies unread by " + group.getKey() + " at " + stored.broker()))
                .findFirst();
    }

    /** After a run that has reached its stage, and without anybody else at work, a plan has nothing to do. */
    void planned(Optional<PlanReport> report, String fault) {
        if (report.isEmpty()) {
            violated("nothing left to do", "plan fails after the stage is reached: " + fault);
        } else if (!isNothingLeft(report.get().outcomes())) {
            violated(
                    "nothing left to do",
                    "plan says " + report.get().outcome().word() + " after the stage is reached: "
                            + Printed.of(report.get()));
        }
    }

    /** What an operator has changed at the source after the move is shown, and no run may copy it. */
    private boolean isNothingLeft(Set<Outcome> outcomes) {
        return outcomes.equals(Set.of(Outcome.CLEAN))
                || (scenario.disablesGroup() && outcomes.equals(Set.of(Outcome.DRIFT)));
    }

    /** The producers have stopped, and the consumers have had time to read everything. */
    void atEnd() {
        world.ledger()
                .missing()
                .forEach((group, stored) -> violated(
                        NOTHING_LOST,
                        group + " never got " + stored.size() + " messages, such as "
                                + stored.stream()
                                        .limit(MOST_NAMED)
                                        .map(one -> one.message() + " in " + one.broker() + " queue " + one.queue())
                                        .toList()));
        if (!world.ledger().repeatedHistory().isEmpty()) {
            violated(
                    "no history",
                    "old messages came again: "
                            + world.ledger().repeatedHistory().stream()
                                    .limit(MOST_NAMED)
                                    .toList());
        }
        if (!world.ledger().late().isEmpty()) {
            violated(
                    "order",
                    world.ledger().late().size() + " messages came late, such as "
                            + world.ledger().late().get(0));
        }
        if (!world.ledger().strange().isEmpty()) {
            violated(
                    "strangers",
                    world.ledger().strange().size() + " messages came to others, such as "
                            + world.ledger().strange().get(0));
        }
        List<Ledger.Refusal> refusals =
                world.ledger().refusals().stream().filter(Ledger.Refusal::calm).toList();
        if (!refusals.isEmpty()) {
            violated("sends", refusals.size() + " sends were refused, such as " + refusals.get(0));
        }
    }
}
