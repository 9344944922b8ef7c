package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.report.StatusReport;
import io.github.rocketmigrate.run.SimulatedGoals;
import io.github.rocketmigrate.sim.Scenario.Mistake;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs one migration from its first commit to its end, with clients at work and with everything that goes wrong.
 *
 * <p>Longer than 300 lines: it is one story, told in order.
 */
final class Simulation {
    private static final int MOST_RUNS = 10;
    /** Within this time every run obeys a brake, if servers answer. */
    private static final long OBEYED = 2 * World.SECONDS;
    /** A step that has begun may take that long if they do not. */
    private static final long OBEYED_IN_TROUBLE = World.MINUTES;

    private static final long BRAKE_FORGIVEN = 10 * World.MINUTES;

    private static final Duration LONG_FENCE = Duration.ofMinutes(30);
    /** A group of somebody else at the destination. */
    private static final String OTHERS = "others";

    private final Scenario scenario;
    /** With the groups that came later. */
    private Scenario planned;

    private final Function<String, MigrationPlan> plans;
    private final Path folder;
    private final SplittableRandom random;
    private final Turns turns = new Turns();
    private final History history;
    private final Ledger ledger = new Ledger();
    private final World world;
    private final Troubles troubles;
    private final Invariants invariants;
    private final LeaseWatch leases;
    private final Optional<SoakWatch> soaks;
    private final FenceWatch fences;
    private final Hands hands;
    private final FeatureHands features;
    private final Coverage coverage = new Coverage();
    private final Applications applications;
    private final Set<Mistake> mistakes;
    private Optional<SimConsumer> others = Optional.empty();
    private String last = "";
    /** What the last run has told people. */
    private Optional<ApplyReport> reported = Optional.empty();
    /** The same in words, once somebody has read them. */
    private Optional<String> words = Optional.empty();

    private FencePolicy policy;
    /** The processes of all runs. */
    private final List<SimProcess> writing = new ArrayList<>();

    private int runs;
    /** The runs of a second pipeline that have not ended yet. */
    private int beside;

    /**
     * Prepares a migration.
     *
     * @param isRead whether somebody reads its history
     */
    Simulation(Scenario scenario, Function<String, MigrationPlan> plans, Path folder, boolean isRead) {
        this.history = new History(turns::now, isRead);
        this.scenario = scenario;
        this.planned = scenario;
        this.plans = plans;
        this.folder = folder;
        this.policy = scenario.policy();
        this.random = new SplittableRandom(scenario.seed() ^ 0x5DEECE66DL);
        this.world = new World(turns, random.split(), history, ledger, SimClientSettings.USUAL);
        this.applications = new Applications(world, scenario);
        this.troubles = new Troubles(world, random.split(), applications, scenario);
        this.invariants = new Invariants(world, scenario);
        this.leases = new LeaseWatch(world, invariants);
        this.soaks = scenario.has(Feature.SOAK)
                ? Optional.of(new SoakWatch(world, invariants, FeatureHands.SOAK))
                : Optional.empty();
        this.fences = new FenceWatch(world, invariants, scenario.policy().fence());
        if (!scenario.isClientRouting()) {
            world.watch(fences);
        }
        this.hands = new Hands(world, scenario);
        this.features = new FeatureHands(world, scenario, applications);
        this.mistakes = EnumSet.noneOf(Mistake.class);
        this.mistakes.addAll(scenario.mistakes());
        if (scenario.isClientRouting()) {
            // Without a join, a topic or a group may be in use at the destination already: then it is no mistake.
            this.mistakes.removeAll(EnumSet.of(Mistake.TOPIC_THERE, Mistake.GROUP_THERE));
        }
    }

    History history() {
        return history;
    }

    SimulationResult run() {
        build();
        pause(World.MINUTES);
        reach(Stage.SOURCE);
        switchClients();
        hands.closeTopic().ifPresent(this::nightly);
        for (int i = 1; i < scenario.path().size(); i++) {
            Stage stage = scenario.path().get(i);
            if (scenario.has(Feature.BRAKE)) {
                awaitBeside();
            }
            addGroup(i);
            if (scenario.path().get(i - 1).isAheadOf(stage)) {
                troubles.beforeGoingBack();
                pause(random.nextLong(30 * World.SECONDS));
                if (scenario.has(Feature.ROLLBACK) && stage != Stage.WRITE_BOTH) {
                    rollBack(scenario.path().get(i - 1), stage);
                }
            }
            if (scenario.path().get(i - 1) != Stage.SOURCE) {
                // Before topics have left the source, nothing shows that there was a record.
                hands.before(stage);
            }
            features.before(i);
            if (scenario.has(Feature.BRAKE) && stage.isAheadOf(scenario.path().get(i - 1))) {
                brakeBeside(stage, Feature.BRAKE.choices(scenario.seed() + i));
            }
            reach(stage, Optional.of(scenario.path().get(i - 1)).filter(before -> scenario.hasSecondThoughts()));
            pause(random.nextLong(World.MINUTES));
            if (hands.disableGroup(stage)) {
                reach(stage);
            }
        }
        complete();
        end();
        return new SimulationResult(
                scenario.seed(),
                invariants.violations(),
                turns.now(),
                ledger.acceptedCount(),
                ledger.twice(),
                runs,
                troubles.counts(),
                coverage);
    }

    /** Another team starts a group, and the plan gets it. */
    private void addGroup(int next) {
        Optional<Scenario.Group> group =
                scenario.newGroup().filter(added -> added.before() == next).map(Scenario.NewGroup::group);
        if (group.isPresent()) {
            hands.create(group.get());
            applications.startAnew(group.get());
            planned = scenario.with(group.get());
            pause(World.MINUTES);
        }
    }

    private void build() {
        new WorldBuilder(world, scenario).build();
        features.build();
        if (mistakes.contains(Mistake.TOPIC_THERE)) {
            world.brokers(Side.DESTINATION).forEach(broker -> {
                world.put(broker, there(), TopicSettings.of(2, Access.READ_WRITE));
                world.strange(broker, there());
                world.put(broker, OTHERS, GroupSettings.DEFAULT);
            });
            others = Optional.of(new SimConsumer(
                    world,
                    OTHERS + "-1",
                    scenario.nameServers(Side.DESTINATION),
                    new SimConsumer.Behavior(OTHERS, new TreeSet<>(Set.of(there())), false, World.MILLIS, 0)));
            others.get().start();
        }
        if (scenario.hasProxies()) {
            startProxy();
        }
        if (mistakes.contains(Mistake.GROUP_THERE)) {
            hands.shareGroupName();
        }
        pause(World.SECONDS);
        scenario.groups().forEach(applications::start);
        pause(10 * World.SECONDS);
        scenario.topics().forEach(applications::start);
    }

    /** A proxy of the destination: it reads of the clients of other proxies. */
    private void startProxy() {
        String group = "CID_" + Proxies.TOPIC;
        world.brokers(Side.DESTINATION).forEach(broker -> {
            world.put(broker, Proxies.TOPIC, TopicSettings.of(1, Access.READ_WRITE));
            world.put(broker, group, GroupSettings.DEFAULT);
        });
        new SimConsumer(
                        world,
                        "proxy-1",
                        scenario.nameServers(Side.DESTINATION),
                        new SimConsumer.Behavior(group, new TreeSet<>(Set.of(Proxies.TOPIC)), false, World.MILLIS, 0))
                .start();
    }

    /** The topic that the destination has already. */
    private String there() {
        return scenario.topics().get(scenario.topics().size() - 1).name();
    }

    private void pause(long micros) {
        turns.sleep(micros);
    }

    /** The applications are restarted with the destination's name servers, one after the other. */
    private void switchClients() {
        for (String id : List.copyOf(applications.consumers().keySet())) {
            pause(random.nextLong(8 * World.SECONDS));
            if (!mistakes.contains(Mistake.MEMBER_FORGOTTEN)
                    || !id.equals(applications.consumers().firstKey())) {
                applications.switchConsumer(id);
            }
        }
        int first = mistakes.contains(Mistake.PRODUCER_FORGOTTEN) ? 1 : 0;
        for (int i = first; i < applications.producers().size(); i++) {
            pause(random.nextLong(8 * World.SECONDS));
            applications.switchProducer(i);
        }
        pause(World.MINUTES);
    }

    /** People read what stands in the way, and correct their mistakes. */
    private void correct(Stage stage) {
        features.correct();
        features.correctType(told());
        features.awaitOffline();
        if (stage != Stage.SOURCE && mistakes.remove(Mistake.MEMBER_FORGOTTEN)) {
            applications.switchConsumer(applications.consumers().firstKey());
        }
        // At read-both it does no harm, and no run speaks of it.
        if (stage.isAheadOf(Stage.READ_BOTH) && mistakes.remove(Mistake.PRODUCER_FORGOTTEN)) {
            applications.switchProducer(0);
        }
        if (mistakes.remove(Mistake.TOPIC_THERE)) {
            history.say("people", "remove the other topic " + there() + " from the destination");
            others.ifPresent(SimConsumer::shutdown);
            world.brokers(Side.DESTINATION).forEach(broker -> world.remove(broker, there()));
            world.nameServers(Side.DESTINATION)
                    .forEach(it -> it.removeRoute(
                            there(), world.brokers(Side.DESTINATION).get(0).cluster()));
        }
        if (told().contains("is offline")) {
            applications.startCrashed();
        }
        // After the join, nobody can tell two applications of one group name apart, unless a report names a client.
        if (stage != Stage.SOURCE) {
            hands.renameTheirClient(told());
        }
        if (stage == Stage.SOURCE && mistakes.remove(Mistake.GROUP_THERE)) {
            hands.renameTheirGroup();
        }
        if (stage != Stage.SOURCE) {
            mistakes.remove(Mistake.GROUP_FORGOTTEN);
        }
        if (mistakes.remove(Mistake.TWO_PIPELINES)) {
            awaitBeside();
        }
        if (mistakes.contains(Mistake.BROKERS_LISTED) && told().contains("not read by any client of " + listing())) {
            mistakes.remove(Mistake.BROKERS_LISTED);
            applications.divideAll(scenario.listing());
        }
        if (told().contains("broadcasting group ") || told().contains("unread by boards")) {
            applications.restartBroadcasting();
        }
        hands.enableGroup(Side.SOURCE);
        if (told().contains("is disabled at the destination")) {
            hands.enableGroup(Side.DESTINATION);
        }
    }

    /** The words of the last report: people look for many things in it, and most reports are not read. */
    private String told() {
        if (words.isEmpty()) {
            words = Optional.of(reported.map(Printed::of).orElse(""));
        }
        return words.get();
    }

    private String listing() {
        return scenario.listing().name();
    }

    /** No run can get further under a brake, and every run says so: people wait until it is released. */
    private void awaitRelease() {
        if (scenario.has(Feature.BRAKE) && told().contains("stopped by the brake")) {
            awaitBeside();
        }
    }

    /** People read when a step is due, and run again then. */
    private void awaitSoak() {
        if (scenario.has(Feature.SOAK) && told().contains("must stay longer at its stage")) {
            pause(FeatureHands.SOAK.toMillis() * World.MILLIS);
        }
    }

    /** A group that can hardly keep up with its producers does not catch up by waiting. */
    private void allowLongerFence() {
        if (told().contains("raise the limit with -Dmigrate.maxFence")) {
            history.say("people", "allow a longer fence");
            FencePolicy longer = new FencePolicy(policy.routePoll(), LONG_FENCE, false);
            policy = policy.pauses() ? longer.withPause() : longer;
        }
    }

    private void reach(Stage stage) {
        reach(stage, Optional.empty());
    }

    /** The source's brokers leave the join, and nothing may depend on it any more. */
    private void complete() {
        if (scenario.isCompleted()) {
            history.say("people", "commit complete: true");
            reach(Stage.DESTINATION, Optional.empty(), planned::completed);
        }
    }

    private void reach(Stage stage, Optional<Stage> back) {
        history.say("people", "commit stage " + stage.word());
        reach(stage, back, () -> features.written(planned.plan(stage, !mistakes.contains(Mistake.GROUP_FORGOTTEN))));
    }

    /**
     * Runs {@code apply} for a commit until the topics have its stage, as a pipeline does that people start again.
     *
     * @param back the stage to which people go back after the first run, if that run does not reach {@code stage}
     */
    private void reach(Stage stage, Optional<Stage> back, Supplier<String> committed) {
        troubles.begin();
        for (int attempt = 0; attempt < MOST_RUNS; attempt++) {
            if (attempt == MOST_RUNS / 2) {
                troubles.end();
            }
            if (attempt >= 2) {
                correct(stage);
            }
            if (attempt >= MOST_RUNS / 2) {
                awaitRelease();
            }
            if (attempt > MOST_RUNS / 2) {
                allowLongerFence();
            }
            MigrationPlan plan = plans.apply(committed.get());
            if (attempt >= MOST_RUNS / 2 && told().contains("and put on hold by")) {
                resume(plan);
            }
            if (mistakes.contains(Mistake.TWO_PIPELINES)) {
                startBeside(plan);
            }
            Optional<ApplyReport> report = apply(plan, troubles.ofRun(), attempt >= 4);
            if (report.isPresent() && invariants.isReached(report.get().outcome(), stage)) {
                features.hasType(stage, invariants);
                troubles.end();
                if (random.nextInt(3) == 0 && beside == 0) {
                    look(plan);
                }
                return;
            }
            pause(5 * World.SECONDS + random.nextLong(World.MINUTES));
            awaitSoak();
            if (attempt == 0 && back.isPresent()) {
                awaitBeside();
                reach(back.get());
                history.say("people", "commit stage " + stage.word() + " again");
                troubles.begin();
            }
        }
        troubles.end();
        invariants.violated(
                "way on", "after " + MOST_RUNS + " runs the topics are not at " + stage.word() + ": " + last);
    }

    /** At night, somebody takes the topics back without a commit. The next run of the pipeline leaves them there. */
    private void rollBack(Stage committed, Stage back) {
        history.say("people", "roll back to " + back.word());
        MigrationPlan plan = plans.apply(features.written(planned.plan(committed, true)));
        troubles.begin();
        for (int attempt = 0; attempt < MOST_RUNS; attempt++) {
            if (attempt == MOST_RUNS / 2) {
                troubles.end();
            }
            Optional<ApplyReport> report = run(
                    troubles.ofRun(),
                    on -> SimulatedGoals.rollback(
                            plan, on.writers(), on.timing(), folder, policy, back, on.progress()));
            if (report.isPresent() && invariants.isReached(report.get().outcome(), back)) {
                troubles.end();
                Optional<ApplyReport> unused = apply(plan, RequestFaults.NONE, false);
                invariants.isHeld(back);
                return;
            }
            pause(5 * World.SECONDS + random.nextLong(World.MINUTES));
        }
        troubles.end();
        invariants.violated("way on", "after " + MOST_RUNS + " rollbacks the topics are not at " + back.word());
    }

    /** The commit that would have ended a hold was taken back before a run could apply it. */
    private void resume(MigrationPlan plan) {
        history.say("people", "release the topics");
        Optional<ApplyReport> unused = run(
                RequestFaults.NONE,
                on -> SimulatedGoals.resume(plan, on.writers(), on.timing(), folder, policy, on.progress()));
    }

    /** The topic of another team that people have not removed yet is not ours to change. */
    private void writtenToOthers(SimProcess process, String what) {
        if (mistakes.contains(Mistake.TOPIC_THERE)
                && what.startsWith("topic ")
                && what.matches(".*[ ]" + there() + "=.*")) {
            invariants.violated("hands off", process.name() + " writes " + what + ", a topic of another team");
        }
    }

    /** A second pipeline runs for the same commit. */
    private void startBeside(MigrationPlan plan) {
        beside++;
        turns.start(() -> {
            turns.sleep(random.nextLong(2 * World.MINUTES));
            try {
                Optional<ApplyReport> unused = apply(plan, RequestFaults.NONE, false);
            } finally {
                beside--;
            }
        });
    }

    /** Somebody puts the brake on in the middle of the way to a stage, and releases it some minutes later. */
    private void brakeBeside(Stage stage, SplittableRandom choices) {
        MigrationPlan plan = plans.apply(planned.plan(stage, true));
        beside++;
        turns.start(() -> {
            try {
                turns.sleep(choices.nextLong(2 * World.MINUTES));
                if (goal("brake", choices, on -> SimulatedGoals.brake(plan, on.writers(), on.timing()))) {
                    turns.sleep(world.isCalm() ? OBEYED : OBEYED_IN_TROUBLE);
                    Map<String, Standing> settled = invariants.settled();
                    turns.sleep(choices.nextLong(3 * World.MINUTES));
                    // A run that is suspended, or slow to get an answer, may have begun its step long before it shows.
                    if (writing.stream().allMatch(run -> run.isCalm(BRAKE_FORGIVEN))) {
                        invariants.isBraked(settled);
                    }
                }
                while (!goal("resume", choices, on -> SimulatedGoals.release(plan, on.writers(), on.timing()))) {
                    turns.sleep(10 * World.SECONDS);
                }
            } finally {
                beside--;
            }
        });
    }

    /** Runs a goal of people beside the runs of the pipeline. Returns whether it has ended well. */
    private boolean goal(String name, SplittableRandom choices, Consumer<Workplace> goal) {
        SimProcess process = new SimProcess(world, name, false, RequestFaults.NONE);
        SimTiming timing = new SimTiming(turns, process, choices.nextLong());
        Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            writers.put(side, new SimWriter(world, process, side));
        }
        history.say(process.name(), "begins");
        try {
            goal.accept(new Workplace(writers, timing, new SimProgress(history, process, change -> {})));
            return true;
        } catch (Fault fault) {
            history.say(process.name(), "error: " + fault.getMessage());
            return false;
        } finally {
            process.ended();
        }
    }

    /** People wait until the runs of the second pipeline have ended. */
    private void awaitBeside() {
        while (beside > 0) {
            pause(World.SECONDS);
        }
    }

    /** The pipeline runs at night, with an unchanged plan. What somebody has done by hand stays. */
    private void nightly(Hands.Closed closed) {
        Optional<ApplyReport> unused = apply(plans.apply(scenario.plan(Stage.SOURCE, true)), RequestFaults.NONE, false);
        if (!closed.isStillClosed()) {
            invariants.violated("hands off", "a run opened " + closed.what() + ", which an operator had closed");
        }
        hands.open(closed);
    }

    private Optional<ApplyReport> apply(MigrationPlan plan, RequestFaults faults, boolean mayRemove) {
        return run(
                faults,
                on -> SimulatedGoals.apply(plan, on.writers(), on.timing(), folder, policy, mayRemove, on.progress()));
    }

    /** What a goal works with in a process of its own. */
    private record Workplace(Map<Side, ClusterWriter> writers, SimTiming timing, SimProgress progress) {}

    /** Runs a goal that writes. */
    private Optional<ApplyReport> run(RequestFaults faults, Function<Workplace, ApplyReport> goal) {
        runs++;
        SimProcess process = new SimProcess(world, "run-" + runs, random.nextInt(5) == 0, faults);
        process.onWrite(what -> {
            invariants.written(process, what);
            leases.written(process, what);
            soaks.ifPresent(SoakWatch::look);
            writtenToOthers(process, what);
            coverage.writes(what);
            troubles.written(process, what);
        });
        process.onFault(coverage::met);
        fences.begins(process);
        writing.add(process);
        troubles.setClockOf(process);
        SimTiming timing = new SimTiming(turns, process, random.nextLong());
        Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            writers.put(side, new SimWriter(world, process, side));
        }
        Workplace on = new Workplace(writers, timing, new SimProgress(history, process, this::made));
        Optional<ApplyReport> report = await(process, () -> goal.apply(on));
        report.ifPresent(it -> {
            Printed.decisions(it.plan()).forEach(coverage::decided);
            Printed.decisions(it.left()).forEach(coverage::decided);
            last = it.outcome().word();
            reported = Optional.of(it);
            words = Optional.empty();
            invariants.asBefore(process, it.application());
            history.say(process.name(), () -> "ends: " + it.outcome().word() + ": " + Printed.of(it));
        });
        return report;
    }

    private void made(Change change) {
        if (change instanceof Change.MoveTopic move) {
            soaks.ifPresent(watch -> watch.made(move));
            coverage.made(
                    move,
                    scenario.topics().stream()
                            .anyMatch(
                                    topic -> topic.name().equals(move.subject().name()) && scenario.isByKey(topic)));
        }
    }

    /** Runs a goal in a process of its own. It has no result if it fails or is killed. */
    private <T> Optional<T> await(SimProcess process, Supplier<T> goal) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        List<T> results = new ArrayList<>();
        history.say(process.name(), "begins");
        turns.start(() -> {
            try {
                results.add(goal.get());
            } catch (Fault fault) {
                last = "error: " + fault.getMessage();
                history.say(process.name(), last);
            } finally {
                process.ended();
                ended.complete(null);
            }
        });
        while (!ended.isDone()) {
            turns.sleep(10 * World.MINUTES, wake -> wake.at(ended));
        }
        return results.stream().findFirst();
    }

    /** Somebody looks, when all servers have registered again: nothing is left to do, and looking changes nothing. */
    private void look(MigrationPlan plan) {
        pause(45 * World.SECONDS);
        SimProcess process = new SimProcess(world, "look-" + runs, false, RequestFaults.NONE);
        process.onWrite(what -> invariants.violated("reading changes nothing", process.name() + " writes " + what));
        SimTiming timing = new SimTiming(turns, process, random.nextLong());
        Map<Side, ClusterReader> readers = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            readers.put(side, new SimReader(world, process, side));
        }
        Optional<PlanReport> planned = await(process, () -> SimulatedGoals.plan(plan, readers, timing, folder));
        invariants.planned(planned, last);
        Optional<StatusReport> unused = await(process, () -> SimulatedGoals.status(plan, readers, timing, folder));
    }

    /** Producers stop, consumers read what is left, and then everything must be where it belongs. */
    private void end() {
        troubles.end();
        features.awaitOffline();
        applications.producers().forEach(SimProducer::stopped);
        pause(5 * World.MINUTES);
        applications.consumers().values().forEach(SimConsumer::shutdown);
        invariants.atEnd();
        world.end();
        turns.failures()
                .forEach(failure -> invariants.violated(
                        "simulator",
                        failure + " at " + (failure.getStackTrace().length == 0 ? "?" : failure.getStackTrace()[0])));
        // What still runs, such as heartbeats of killed processes, ends now.
        pause(60 * World.MINUTES);
    }
}
