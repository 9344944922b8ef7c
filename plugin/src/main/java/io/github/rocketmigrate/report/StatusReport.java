package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.SwitchedClients;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.report.StatusRow.BoardClients;
import io.github.rocketmigrate.report.StatusRow.BoardItem;
import io.github.rocketmigrate.report.StatusRow.Progress;
import io.github.rocketmigrate.report.StatusRow.SideTraffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.Sentences;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The result of {@code status}: the stage, backlog and clients of every topic and group of a plan.
 *
 * <p>Longer than 300 lines: the rows, the counts and the lines below the board come from the same readings.
 */
public record StatusReport(PlanReport plan, Traffic traffic) {
    public static final String GOAL = "status";

    /** The destination has the object; whether its traffic goes there is another question. */
    static final String DEFINED = "defined at destination";

    private static final int MOST_NAMED = 2;
    private static final String PRODUCERS_SWITCHED = "producers-switched";
    private static final String OLD_CLIENTS = "oldClients";
    private static final String NEW_CLIENTS = "newClients";
    private static final String UNKNOWN_CLIENTS = "unknownClients";

    public StatusReport {
        requireNonNull(plan, "plan is null");
        requireNonNull(traffic, "traffic is null");
    }

    public Outcome outcome() {
        return plan.outcome();
    }

    public Set<Outcome> outcomes() {
        return plan.outcomes();
    }

    /** The rows of the board in the order of the plan. */
    public List<StatusRow> rows() {
        Map<Subject.Kind, Map<String, RemainingWork>> missing = missing();
        Map<String, RemainingWork> ofTopics = missing.getOrDefault(Subject.Kind.TOPIC, Map.of());
        Map<String, RemainingWork> ofGroups = missing.getOrDefault(Subject.Kind.GROUP, Map.of());
        Stream<StatusRow> topics = plan.situation().scope().topics().stream()
                .map(topic -> row(topic, ofTopics.getOrDefault(topic.name(), RemainingWork.NONE)));
        Stream<StatusRow> groups = plan.situation().scope().groups().stream()
                .map(group -> row(group, ofGroups.getOrDefault(group.name(), RemainingWork.NONE)));
        return Stream.concat(topics, groups).toList();
    }

    private StatusRow row(PlannedTopic topic, RemainingWork missing) {
        Set<String> groups = traffic.groupsOf(topic.name());
        return new StatusRow(
                new BoardItem(Subject.Kind.TOPIC, topic.batch().name().value(), topic.name()),
                new Progress(
                        plan.situation().routing().map(routing -> topic.planned()),
                        place(topic),
                        now(topic),
                        pair(topic).flatMap(Pair::fence),
                        place(topic).flatMap(stage -> plan.situation().stageSince(topic.name()))),
                perSide(side -> new SideTraffic(
                        !plan.situation().at(side).topic(topic.name()).isEmpty(),
                        traffic.backlogOf(side, topic.name()),
                        traffic.members(side, groups),
                        traffic.delayedIn(side, topic.name()),
                        traffic.lastDue(side, topic.name()))),
                clients(groups),
                missing);
    }

    /** The stage of a topic, if its permissions are those of a stage. */
    private Optional<Stage> place(PlannedTopic topic) {
        return pair(topic).flatMap(Pair::stage);
    }

    private Optional<Pair> pair(PlannedTopic topic) {
        return plan.situation().routing().isEmpty()
                ? Optional.empty()
                : plan.situation().standing(topic.name()).pair();
    }

    private String now(PlannedTopic topic) {
        String name = topic.name();
        boolean here = !plan.situation().source().topic(name).isEmpty();
        boolean there = !plan.situation().destination().topic(name).isEmpty();
        if (!here) {
            return "not at source";
        }
        if (plan.situation().routing().isEmpty()) {
            return there ? DEFINED : "source only";
        }
        return betweenStages(topic)
                .orElseGet(() -> plan.situation().standing(name).place());
    }

    /** A step that opens one side before it closes the other passes the accesses of write-both, which nobody asked for. */
    private Optional<String> betweenStages(PlannedTopic topic) {
        boolean isPassing = isAt(topic, Stage.WRITE_BOTH)
                && topic.planned() != Stage.WRITE_BOTH
                && plan.situation().stageSince(topic.name()).isEmpty();
        return Optional.of(topic.planned().isAheadOf(Stage.WRITE_BOTH))
                .filter(ahead -> isPassing)
                .map(ahead -> ahead ? "read-both → write-destination" : "write-destination → read-both");
    }

    /** {@code mail (team-mail): 1 of 2 producers is connected to the source only. Restart it.}: columns count consumers. */
    List<String> oldProducers() {
        List<String> lines = new ArrayList<>();
        plan.failing().values().stream()
                .flatMap(List::stream)
                .filter(judgement -> judgement.check().name().equals(PRODUCERS_SWITCHED))
                .forEach(judgement -> judgement
                        .findings()
                        .forEach(finding -> lines.add(judgement.topic().orElse("")
                                + owner(judgement.topic().orElse("")) + ": "
                                + Sentences.of(
                                        Sentences.closed(finding.verdict().what()),
                                        finding.verdict().fix()))));
        return lines;
    }

    private String owner(String topic) {
        return plan.situation().scope().topics().stream()
                .filter(planned -> planned.name().equals(topic))
                .flatMap(planned -> planned.batch().owner().stream())
                .findFirst()
                .map(owner -> " (" + owner.value() + ")")
                .orElse("");
    }

    private StatusRow row(PlannedGroup group, RemainingWork missing) {
        boolean here = !plan.situation().source().group(group.name()).isEmpty();
        boolean there = !plan.situation().destination().group(group.name()).isEmpty()
                || plan.situation().toRemove().groups().containsKey(group.name());
        return new StatusRow(
                new BoardItem(Subject.Kind.GROUP, group.batch().name().value(), group.name()),
                new Progress(
                        Optional.empty(),
                        Optional.empty(),
                        there ? DEFINED : here ? "source only" : "not at source",
                        Optional.empty(),
                        Optional.empty()),
                perSide(side -> new SideTraffic(
                        side == Side.SOURCE ? here : there,
                        traffic.backlogOfGroup(
                                side, group.name(), plan.situation().plan().plannedTopicNames()),
                        traffic.members(side, Set.of(group.name())))),
                clients(Set.of(group.name())),
                missing);
    }

    /** Old and new clients are known once one of them was asked; with routing {@code client}, without asking. */
    private BoardClients clients(Set<String> groups) {
        Set<String> ids = new TreeSet<>();
        groups.forEach(group -> ids.addAll(traffic.members(group)));
        boolean areKnown = plan.situation().isJoining()
                ? ids.stream().anyMatch(traffic.reports()::covers)
                : plan.situation().routing().isPresent();
        return new BoardClients(
                ids.size(),
                areKnown
                        ? Optional.of(groups.stream()
                                .map(group ->
                                        SwitchedClients.of(plan.situation().plan(), traffic, group))
                                .reduce(SwitchedClients.NONE, SwitchedClients::and))
                        : Optional.empty());
    }

    /** The clients that came back to the source, or never left it, by group. */
    List<ClientsLeftBehind> leftBehind() {
        return ClientsLeftBehind.in(plan.situation(), traffic);
    }

    private static Map<Side, SideTraffic> perSide(Function<Side, SideTraffic> value) {
        Map<Side, SideTraffic> values = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            values.put(side, value.apply(side));
        }
        return values;
    }

    private Map<Subject.Kind, Map<String, RemainingWork>> missing() {
        Map<Subject.Kind, Map<String, RemainingWork>> missing = new EnumMap<>(Subject.Kind.class);
        Map<String, List<Judgement>> failing = plan.failing();
        for (Change change : plan.changes().changes()) {
            // Offsets have no row: the move of their topic seeds them.
            if (!(change instanceof Change.SeedOffsets)) {
                List<Judgement> checks = change instanceof Change.MoveTopic
                        ? failing.getOrDefault(change.subject().name(), List.of())
                        : List.of();
                add(
                        missing,
                        change.subject(),
                        plan.isHeld(change)
                                ? held(change)
                                : RemainingWork.Task.possible(PlanAction.of(change), checks));
            }
        }
        for (Impossible one : plan.changes().impossible()) {
            add(missing, one.subject(), task(one));
        }
        for (ClientsLeftBehind clients : leftBehind()) {
            RemainingWork.Task task = RemainingWork.Task.leftBehind(clients);
            clients.topics().forEach(topic -> add(missing, Subject.Kind.TOPIC, topic, task));
        }
        return missing;
    }

    /** What a run at work waits for blocks nobody: apply calls it waiting, too. */
    private RemainingWork.Task held(Change change) {
        List<Reason> reasons = plan.decision(change).reasons();
        if (change instanceof Change.AlignObject group && !group.isOfTopic()) {
            return RemainingWork.Task.waiting(
                    Counts.noun(group.neededBy().size(), "topic") + " " + Names.of(group.neededBy(), MOST_NAMED));
        }
        boolean isAwaited = plan.hasRunAtWork() && plan.decision(change).isWorthWaitingFor();
        return isAwaited || !plan.isBlocked(change)
                ? RemainingWork.Task.waiting(String.join(
                        ", ", reasons.stream().map(Reason::brief).distinct().toList()))
                : RemainingWork.Task.blocked(reasons);
    }

    private RemainingWork.Task task(Impossible one) {
        return hold(one.subject())
                .filter(hold -> one.reason() == Impossible.Cause.HELD)
                .map(hold -> RemainingWork.Task.onHold(hold, plan.situation().readAt()))
                .orElseGet(() -> RemainingWork.Task.impossible(one.reason()));
    }

    private Optional<Hold> hold(Subject topic) {
        return plan.situation().scope().topics().stream()
                .filter(planned -> planned.name().equals(topic.name()))
                .findFirst()
                .flatMap(PlannedTopic::stoppedBy);
    }

    private static void add(
            Map<Subject.Kind, Map<String, RemainingWork>> missing, Subject subject, RemainingWork.Task task) {
        add(missing, subject.kind(), subject.name(), task);
    }

    private static void add(
            Map<Subject.Kind, Map<String, RemainingWork>> missing,
            Subject.Kind of,
            String name,
            RemainingWork.Task task) {
        missing.computeIfAbsent(of, kind -> new TreeMap<>())
                .merge(name, RemainingWork.NONE.and(task), (before, one) -> before.and(task));
    }

    /**
     * The name servers that applications must use, for as long as some topic has not left the source, and some client has
     * not switched.
     */
    Optional<String> endpoint() {
        boolean isNews = plan.situation().scope().topics().stream().anyMatch(topic -> isAt(topic, Stage.SOURCE));
        Map<String, Long> counts = counts();
        boolean haveSwitched =
                counts.getOrDefault(NEW_CLIENTS, 0L) > 0 && counts.get(OLD_CLIENTS) + counts.get(UNKNOWN_CLIENTS) == 0;
        return plan.endpoint().filter(line -> isNews && !haveSwitched);
    }

    /** The warning to applications before the clusters are joined. */
    Optional<String> tooEarly() {
        return JoinedEndpoint.tooEarly(plan.situation());
    }

    /** How many topics of a batch are where the plan wants them; empty for plans without traffic. */
    Optional<String> progress(String batch) {
        List<PlannedTopic> topics = plan.situation().scope().topics().stream()
                .filter(topic -> topic.batch().name().value().equals(batch))
                .toList();
        if (plan.situation().routing().isEmpty() || topics.isEmpty()) {
            return Optional.empty();
        }
        long arrived =
                topics.stream().filter(topic -> isAt(topic, topic.planned())).count();
        long onHold =
                topics.stream().filter(topic -> topic.stoppedBy().isPresent()).count();
        Set<Stage> wanted = topics.stream().map(PlannedTopic::planned).collect(toCollection(TreeSet::new));
        return Optional.of(arrived + " of " + Counts.of(topics.size(), "topic") + " at "
                + (wanted.size() == 1
                        ? "the planned stage " + wanted.iterator().next().word()
                        : "their planned stages")
                + (onHold > 0 ? "; " + onHold + " on hold" : ""));
    }

    private boolean isAt(PlannedTopic topic, Stage stage) {
        return place(topic).equals(Optional.of(stage));
    }

    /** The counts by their public names. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = plan.counts();
        Set<String> groups = plan.situation().scope().groups().stream()
                .map(PlannedGroup::name)
                .collect(toCollection(TreeSet::new));
        clients(groups).switched().ifPresent(clients -> {
            counts.put(OLD_CLIENTS, (long) clients.old().size());
            counts.put(NEW_CLIENTS, (long) clients.switched().size());
            counts.put(UNKNOWN_CLIENTS, (long) clients.unknown().size());
        });
        for (Side side : Side.values()) {
            counts.put(side.word() + "Members", (long) traffic.members(side, groups));
            counts.put(
                    side.word() + "Backlog",
                    plan.situation().scope().topics().stream()
                            .map(topic -> traffic.backlogOf(side, topic.name()))
                            .filter(OptionalLong::isPresent)
                            .mapToLong(OptionalLong::getAsLong)
                            .sum());
        }
        return counts;
    }

    /** {@code Old clients: 1 of 4}; empty before clients can switch. */
    Optional<String> oldClients() {
        Map<String, Long> counts = counts();
        if (!counts.containsKey(OLD_CLIENTS)) {
            return Optional.empty();
        }
        long unknown = counts.get(UNKNOWN_CLIENTS);
        long all = counts.get(OLD_CLIENTS) + counts.get(NEW_CLIENTS) + unknown;
        return Optional.of("Old clients: " + counts.get(OLD_CLIENTS) + " of " + all
                + (unknown > 0 ? ", " + unknown + " unknown" : "") + ".");
    }

    /** When something at the source will be over. */
    List<Estimate> estimates() {
        return Estimate.of(plan.situation(), Optional.of(traffic));
    }

    /**
     * The estimates that the board shows below its table: one look knows no speeds, and says so in the result file only.
     * When the delayed messages of a topic are due, its row says.
     */
    List<Estimate> shownEstimates() {
        return Estimate.shown(estimates(), Estimate.ShownIn.BOARDS).stream()
                .filter(estimate -> estimate.kind() != Estimate.Event.LAST_DELAYED)
                .toList();
    }

    /**
     * What to do about what blocks the plan, each once: {@code team-web (orders, views): Group audit is offline. Start it.}
     * Empty while a run is at work, because it waits for some of that itself. Producers to switch have lines of their own.
     */
    List<String> fixes() {
        if (outcome() != Outcome.BLOCKED || plan.hasRunAtWork()) {
            return List.of();
        }
        Map<List<String>, Set<String>> objects = new LinkedHashMap<>();
        plan.toDo()
                .forEach(owned -> owned.items().stream()
                        .filter(task -> !task.checks().equals(Set.of(PRODUCERS_SWITCHED)))
                        .forEach(task -> objects.computeIfAbsent(
                                        List.of(owned.owner(), task.sentences()), key -> new TreeSet<>())
                                .addAll(task.objects())));
        return objects.entrySet().stream()
                .map(one -> one.getKey().get(0)
                        + (one.getValue().isEmpty() ? "" : " (" + Names.of(one.getValue(), Counts.MOST_NAMED) + ")")
                        + ": " + one.getKey().get(1))
                .toList();
    }

    /** While a run is at work, what it waits for is not blocked. */
    String summary() {
        return plan.hasRunAtWork() ? plan.figures().summaryOfRun() : plan.summary();
    }

    NextStep next() {
        return NextStep.after(this);
    }

    /** The message of a failed build. */
    public String verdict() {
        if (plan.outcome() != Outcome.BLOCKED) {
            return plan.verdict();
        }
        String cause = PlanVerdict.cause(plan);
        return "Blocked: " + cause + (cause.endsWith("?") ? " " : "; ")
                + plan.invocation().command(PlanReport.GOAL) + " lists what to do.";
    }

    /** The result for pipelines. */
    public Result result() {
        return new Result(
                GOAL,
                outcome(),
                plan.file(),
                counts(),
                Result.Details.of(plan).with(estimates()),
                plan.invocation().routePoll());
    }
}
