package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.live.LiveTopics;
import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Mark;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.StopSignal;
import io.github.rocketmigrate.write.Timeouts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Topics with live traffic on the ladder, and the goals that move them.
 *
 * <p>Longer than 300 lines: each way to take a step belongs to the same topics, clients and marks.
 */
final class Climb implements AutoCloseable {
    static final LiveSettings QUICK = LiveSettings.following(Duration.ofSeconds(2));

    private static final String STEP = "step of ";

    /**
     * Clients need a moment to come to a cluster in which their topic is new; and 4.x brokers ask only once a minute what
     * has become of a transaction. A broker may report a change to a name server only with its next registration, within
     * 30 s. Runs that need less take less.
     */
    private static final Apply.Settings PATIENT = new Apply.Settings(
            false, Duration.ofMinutes(3), Set.of(), Goals.STEADY.terms(), Timeouts.USUAL, Goals.STEADY.policy());

    private static final Duration PATIENCE_WITH_READERS = Duration.ofSeconds(60);

    private final OwnSandbox sandbox;
    private final Path folder;
    private final String routing;
    private final List<LiveTopic> topics;
    private final LiveTraffic live;
    private final Duration patienceAtTheEnd;
    private final Entrance entrance;
    private int detours;
    private int marked;

    private Climb(
            OwnSandbox sandbox,
            Path folder,
            String routing,
            List<LiveTopic> topics,
            LiveTraffic live,
            Duration patienceAtTheEnd,
            Entrance entrance) {
        this.sandbox = sandbox;
        this.folder = folder;
        this.routing = routing;
        this.topics = topics;
        this.live = live;
        this.patienceAtTheEnd = patienceAtTheEnd;
        this.entrance = entrance;
    }

    /** Brings the topics to the source of joined clusters, with clients that know the destination's name servers. */
    static Climb joined(OwnSandbox sandbox, Path folder, List<LiveTopic> topics, LiveSettings settings)
            throws Exception {
        return joined(sandbox, folder, topics, settings, Entrance.OPEN);
    }

    /** The same with goals that need an account or TLS. */
    static Climb joined(
            OwnSandbox sandbox, Path folder, List<LiveTopic> topics, LiveSettings settings, Entrance entrance)
            throws Exception {
        return begin(
                sandbox,
                folder,
                "join",
                topics,
                List.of(sandbox.endpoints().cluster(Side.DESTINATION).nameServers()),
                settings,
                entrance);
    }

    static Climb joined(OwnSandbox sandbox, Path folder, LiveTopic... topics) throws Exception {
        return joined(sandbox, folder, List.of(topics), QUICK);
    }

    /** The same with clients that connect to both clusters themselves. */
    static Climb withClientsOfBoth(OwnSandbox sandbox, Path folder, List<LiveTopic> topics) throws Exception {
        return begin(
                sandbox,
                folder,
                "client",
                topics,
                List.of(
                        sandbox.endpoints().cluster(Side.SOURCE).nameServers(),
                        sandbox.endpoints().cluster(Side.DESTINATION).nameServers()),
                QUICK,
                Entrance.OPEN);
    }

    private static Climb begin(
            OwnSandbox sandbox,
            Path folder,
            String routing,
            List<LiveTopic> topics,
            List<String> endpoints,
            LiveSettings settings,
            Entrance entrance)
            throws Exception {
        LiveTopics.createUnevenly(sandbox, topics);
        LiveTraffic live = LiveTraffic.start(folder.resolve("live"), endpoints, topics, settings);
        try {
            live.awaitFlow();
        } catch (Exception | Error e) {
            live.close();
            throw e;
        }
        // A queue may stand still so long, which loses nothing.
        Duration patienceAtTheEnd = settings.takeUp().plus(PATIENCE_WITH_READERS);
        return new Climb(sandbox, folder, routing, topics, live, patienceAtTheEnd, entrance);
    }

    LiveTraffic live() {
        return live;
    }

    /** The plan with all topics at this stage. */
    String plan(Stage stage) {
        return plan(goals(), stage);
    }

    private String plan(Goals goals, Stage stage) {
        return goals.ladder("traffic: { routing: " + routing + " }\n", topics, stage);
    }

    /** The plan of which all goes through a wire; clients of the destination list its real address. */
    String plan(Stage stage, FaultyWire wire) {
        String real = sandbox.endpoints().cluster(Side.DESTINATION).nameServers();
        return plan(new Goals(wire.endpoints(), folder), stage)
                .replaceFirst("(destination: \\{.*) \\}", "$1, clientAddresses: [\"" + real + "\"] }");
    }

    Goals goals() {
        return new Goals(sandbox.endpoints(), folder.resolve("output"), entrance);
    }

    /** Takes all topics to a stage, sees that nothing more is to be done, and messages flow. */
    void to(Stage stage) throws Exception {
        to(plan(stage), stage.word(), PATIENT);
    }

    void to(String plan, String name, Apply.Settings settings) throws Exception {
        Mark mark = live.mark(name);
        ApplyReport report = goals().apply(plan, Selection.ALL, Optional.empty(), settings, new StopSignal());
        markSteps();
        assertThat(report.outcome()).describedAs(Printed.of(report)).isIn(Outcome.APPLIED, Outcome.CLEAN);
        assertThat(goals().plan(plan, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
        live.awaitFlowSince(mark);
        live.awaitFlowSince(new Mark("after " + name, Instant.now()));
    }

    /** Takes the selected topics back against the plan, and sees that messages flow. */
    ApplyReport rollback(Stage planned, Selection selection, RollbackOrder order) throws Exception {
        String name = "rollback to " + order.to().map(Stage::word).orElse("the stage before");
        Mark mark = live.mark(name);
        ApplyReport report = goals().rollback(plan(planned), selection, order, PATIENT);
        markSteps();
        live.awaitFlowSince(mark);
        live.awaitFlowSince(new Mark("after " + name, Instant.now()));
        return report;
    }

    /** Marks the beginning of each step, as the journal has it, that has been taken since the last time. */
    private void markSteps() throws Exception {
        List<JsonNode> steps = lines(folder.resolve("output")).stream()
                .filter(line -> line.path("event").asText().equals("step"))
                .toList();
        for (JsonNode step : steps.subList(marked, steps.size())) {
            live.mark(
                    STEP + step.path("topic").asText() + " to "
                            + step.path("to").asText(),
                    Instant.parse(step.path("at").asText()));
        }
        marked = steps.size();
    }

    /** The checks that have passed before a step. */
    SortedSet<String> passedChecks() throws Exception {
        SortedSet<String> passed = new TreeSet<>();
        for (JsonNode line : lines(folder.resolve("output"))) {
            for (JsonNode check : line.path("checks")) {
                if (check.path("verdict").asText().equals("passed")) {
                    passed.add(check.path("check").asText());
                }
            }
        }
        return passed;
    }

    /** Waits until no check holds a topic that is to go to a stage: queues are taken, and groups keep up. */
    void awaitReady(Stage stage) throws Exception {
        Eventually.holds(
                "nothing is in the way to " + stage.word(),
                () -> goals().plan(plan(stage), Selection.ALL).judgements().stream()
                        .allMatch(judgement -> judgement.verdict().letsPass()));
    }

    /** Tries to. */
    ApplyReport attempt(Stage stage) {
        return goals().applySteadily(plan(stage));
    }

    ApplyReport attempt(Stage stage, FaultyWire wire) {
        return attempt(stage, wire, Goals.STEADY);
    }

    ApplyReport attempt(Stage stage, FaultyWire wire, Apply.Settings settings) {
        return attempt(stage, Selection.ALL, wire, settings);
    }

    ApplyReport attempt(Stage stage, Selection selection, FaultyWire wire, Apply.Settings settings) {
        return attempt(stage, selection, wire, settings, new StopSignal());
    }

    ApplyReport attempt(
            Stage stage, Selection selection, FaultyWire wire, Apply.Settings settings, StopSignal stopping) {
        return new Goals(wire.endpoints(), folder.resolve("detour-" + ++detours))
                .apply(plan(stage, wire), selection, Optional.empty(), settings, stopping);
    }

    /** The journal of the last attempt through a wire. */
    List<JsonNode> journal() throws Exception {
        return lines(folder.resolve("detour-" + detours));
    }

    private static List<JsonNode> lines(Path output) throws Exception {
        Path journal = output.resolve(Journal.NAME);
        List<JsonNode> lines = new ArrayList<>();
        if (Files.exists(journal)) {
            for (String line : Files.readAllLines(journal)) {
                lines.add(new ObjectMapper().readTree(line));
            }
        }
        return lines;
    }

    /** Where one of the topics stands. */
    Pair standing(String topic) {
        return situation(Stage.SOURCE).standing(topic).pair().orElseThrow();
    }

    /** How each master of the destination keeps one of the topics. */
    Map<String, TopicSettings> destination(String topic) {
        return situation(Stage.SOURCE).destination().topic(topic);
    }

    /** What there is, and that all topics are to be at a stage. */
    Situation situation(Stage wanted) {
        return goals().plan(plan(wanted), Selection.ALL).situation();
    }

    /** Stops all clients, counts, and sees that nothing was lost; the tally is kept in a file of this name, too. */
    Tally finish(String name) throws Exception {
        Tally tally = live.finish(patienceAtTheEnd);
        Files.writeString(Path.of("target", name + "-tally.txt"), tally.words());
        if (!tally.lost().isEmpty()) {
            throw new AssertionError(tally.words() + "\n"
                    + String.join("\n", new LostMessages(sandbox.endpoints(), live).evidence(tally)));
        }
        return tally;
    }

    /** Finishes, and sees that every message was sent, came, and came in order. */
    Tally finishUnharmed(String name) throws Exception {
        Tally tally = finish(name);
        assertThat(tally.errors()).describedAs(tally.words()).isEmpty();
        assertThat(tally.overtakers()).describedAs(tally.words()).isEmpty();
        return tally;
    }

    /** How long after the last step each message came again, in order, those aside that brokers hold twice. */
    static List<Duration> repeatedAfterSteps(Tally tally) {
        return tally.duplicates().stream()
                .filter(duplicate -> !duplicate.isStoredTwice())
                .flatMap(duplicate -> tally.marks().stream()
                        .filter(mark -> mark.name().startsWith(STEP)
                                && mark.at().isBefore(duplicate.again().at()))
                        .reduce((earlier, later) -> later)
                        .map(mark ->
                                Duration.between(mark.at(), duplicate.again().at()))
                        .stream())
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        live.close();
    }
}
