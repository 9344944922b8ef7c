package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where every topic and group of a plan stands now. */
public record StatusReport(PlanReport plan, Traffic traffic) {
    public static final String GOAL = "status";

    private static final String USUAL_FILE = "migration.yaml";
    private static final int MOST_CHECKS = 1;

    public StatusReport {
        requireNonNull(plan, "plan is null");
        requireNonNull(traffic, "traffic is null");
    }

    /**
     * One object on the board.
     *
     * @param wanted the stage that the plan asks for; nothing for groups and where there is no traffic
     * @param now where it stands, in words
     * @param backlog what is left to consume in each cluster; empty where it is not known or not there
     * @param members how many clients of its groups are connected to each cluster
     * @param missing what is to be done, or what is in the way; empty where it is as it should be
     */
    public record Row(
            Subject.Kind kind,
            String batch,
            String name,
            Optional<String> wanted,
            String now,
            Map<Side, OptionalLong> backlog,
            Map<Side, Integer> members,
            String missing) {
        public Row {
            requireNonNull(kind, "kind is null");
            backlog = new TreeMap<>(backlog);
            members = new TreeMap<>(members);
        }
    }

    public Outcome outcome() {
        return plan.outcome();
    }

    public Set<Outcome> outcomes() {
        return plan.outcomes();
    }

    /** The board, batch by batch in the order of the plan. */
    public List<Row> rows() {
        Missing missing = new Missing(plan);
        Stream<Row> topics = plan.situation().scope().topics().stream().map(topic -> row(topic, missing));
        Stream<Row> groups = plan.situation().scope().groups().stream().map(group -> row(group, missing));
        return Stream.concat(topics, groups).toList();
    }

    private Row row(PlannedTopic topic, Missing missing) {
        Set<String> groups = traffic.groupsOf(topic.name());
        return new Row(
                Subject.Kind.TOPIC,
                topic.batch().name().value(),
                topic.name(),
                plan.situation().routing().map(routing -> topic.wanted().word()),
                standing(topic),
                perSide(side -> traffic.backlogOf(side, topic.name())),
                perSide(side -> traffic.members(side, groups)),
                missing.words(Subject.Kind.TOPIC, topic.name()));
    }

    private String standing(PlannedTopic topic) {
        String name = topic.name();
        boolean here = !plan.situation().source().topic(name).isEmpty();
        boolean there = !plan.situation().destination().topic(name).isEmpty();
        if (!here) {
            return "not at source";
        }
        if (plan.situation().routing().isEmpty()) {
            return there ? "at destination" : "source only";
        }
        return plan.situation().standing(name).brief();
    }

    private Row row(PlannedGroup group, Missing missing) {
        boolean here = !plan.situation().source().group(group.name()).isEmpty();
        boolean there = !plan.situation().destination().group(group.name()).isEmpty();
        return new Row(
                Subject.Kind.GROUP,
                group.batch().name().value(),
                group.name(),
                Optional.empty(),
                there ? "at destination" : here ? "source only" : "not at source",
                perSide(side -> traffic.backlogOfGroup(side, group.name())),
                perSide(side -> traffic.members(side, Set.of(group.name()))),
                missing.words(Subject.Kind.GROUP, group.name()));
    }

    private interface OfSide<T> {
        T of(Side side);
    }

    private static <T> Map<Side, T> perSide(OfSide<T> value) {
        Map<Side, T> values = new TreeMap<>();
        for (Side side : Side.values()) {
            values.put(side, value.of(side));
        }
        return values;
    }

    /** Which name servers applications are to use, once the clusters are joined. */
    Optional<String> endpoint() {
        Situation situation = plan.situation();
        boolean joined = situation.isJoining()
                && situation.source().servers().allMatch(situation::isJoined)
                && situation.plan().traffic().filter(it -> it.complete()).isEmpty();
        return joined
                ? Optional.of("Joined: applications may now change their endpoint to "
                        + situation.destination().nameServers().stream()
                                .map(NameServer::address)
                                .collect(joining(";"))
                        + ", and must not change it back.")
                : Optional.empty();
    }

    /** What has to be done with each object, looked up once for all. */
    private static final class Missing {
        private final Map<Subject.Kind, Map<String, String>> words = new TreeMap<>();

        Missing(PlanReport plan) {
            Map<String, List<Judgement>> failing = plan.failing();
            for (Change change : plan.changes().changes()) {
                if (change instanceof Change.SeedOffsets) {
                    continue;
                }
                List<Judgement> inTheWay = change instanceof Change.MoveTopic
                        ? failing.getOrDefault(change.subject().name(), List.of())
                        : List.of();
                add(
                        change.subject(),
                        plan.isHeld(change)
                                ? "blocked" + named(": ", inTheWay)
                                : verb(change) + named(", waits for ", inTheWay));
            }
            for (Impossible one : plan.changes().impossible()) {
                add(one.subject(), "impossible: " + one.reason().word());
            }
        }

        private static String named(String how, List<Judgement> checks) {
            return checks.isEmpty()
                    ? ""
                    : how
                            + Names.of(
                                    checks.stream()
                                            .map(judgement -> judgement.check().name())
                                            .toList(),
                                    MOST_CHECKS);
        }

        private static String verb(Change change) {
            return "to " + PlanSections.verb(change);
        }

        private void add(Subject subject, String what) {
            words.computeIfAbsent(subject.kind(), key -> new TreeMap<>())
                    .merge(
                            subject.name(),
                            what,
                            (one, other) ->
                                    one.contains(other) ? one : other.startsWith(one) ? other : one + ", " + other);
        }

        String words(Subject.Kind kind, String name) {
            return words.getOrDefault(kind, Map.of()).getOrDefault(name, "");
        }
    }

    /** The figures by their public names. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = plan.counts();
        for (Side side : Side.values()) {
            Set<String> groups = plan.situation().scope().groups().stream()
                    .map(PlannedGroup::name)
                    .collect(toCollection(TreeSet::new));
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

    /** The command that says more. */
    String next() {
        if (outcome() == Outcome.CLEAN) {
            return plan.next() + ".";
        }
        String selection =
                plan.selection().isEmpty() ? "" : " -D" + plan.selection().replace(" migrate.", " -Dmigrate.");
        String file = plan.file().equals(USUAL_FILE) ? "" : " -Dmigrate.file=" + plan.file();
        return "mvn migrate:plan" + file + selection;
    }

    /** What a build that fails says. */
    public String verdict() {
        return plan.file() + " and the clusters differ: " + plan.summary() + " Next: " + next();
    }

    /** The same for pipelines. */
    public Result result() {
        return new Result(
                GOAL,
                outcome(),
                plan.file(),
                counts(),
                List.of(),
                plan.judgements(),
                plan.changes().impossible(),
                Optional.empty());
    }
}
