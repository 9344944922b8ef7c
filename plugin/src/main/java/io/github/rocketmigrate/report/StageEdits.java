package io.github.rocketmigrate.report;

import static java.util.Comparator.reverseOrder;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.SwitchedClients;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Topic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Names the lines of the plan whose stage to set to the next one, once all topics are where the plan wants them. */
final class StageEdits {
    private static final int MOST_NAMED = 3;
    private static final String BATCH = "batch";

    private final Situation situation;

    /** Where a board shows traffic, the messages are counted that keep topics from their next stage. */
    private final Optional<Traffic> traffic;

    StageEdits(Situation situation, Optional<Traffic> traffic) {
        this.situation = requireNonNull(situation, "situation is null");
        this.traffic = requireNonNull(traffic, "traffic is null");
    }

    /** Where the plan says the stage of a topic. A saved change set has no positions: the plan may have changed since. */
    static Function<Subject, Optional<Position>> places(Situation situation) {
        Map<String, Position> places = situation.scope().topics().stream()
                .collect(toMap(PlannedTopic::name, PlannedTopic::stageAt, (one, other) -> one));
        return topic -> topic.at().isEmpty() ? Optional.empty() : Optional.ofNullable(places.get(topic.name()));
    }

    /**
     * A batch or a topic with a stage of its own.
     *
     * @param noun what the line sets the stage of: a batch or one of its topics
     * @param at the stage in the plan or, if it has none, the name
     * @param topics that move when this line is edited
     */
    private record Line(String noun, String name, Position at, Stage stage, List<PlannedTopic> topics) {
        String called() {
            return noun + " " + name;
        }
    }

    /**
     * What to edit next: the lines by their next stage, the furthest first, because what has begun is finished first. What
     * went back is named first and waits for its reader, however far another line is. Empty if no selected topic has a next
     * stage.
     */
    Optional<String> words() {
        List<Line> lines = lines().filter(line -> following(line.stage()).isPresent()
                        && line.topics().stream().allMatch(this::hasArrived))
                .toList();
        List<Line> back = lines.stream().filter(this::wentBack).toList();
        List<Line> next = lines.stream().filter(line -> !back.contains(line)).toList();
        if (back.isEmpty()) {
            return next.isEmpty() ? Optional.empty() : Optional.of(set(next));
        }
        String there = back.stream()
                        .map(line ->
                                line.called() + " went back to " + line.stage().word())
                        .collect(joining(", "))
                + " and can stay there";
        if (!next.isEmpty()) {
            return Optional.of(there + "; "
                    + Names.of(next.stream().map(Line::called).toList(), MOST_NAMED) + " "
                    + Counts.hasOrHave(next.size()) + " not gone back; to move " + Counts.itOrThem(next.size())
                    + " forward, " + set(next));
        }
        return Optional.of(there + "; to go forward again, " + set(back));
    }

    /** The selected batches, and the selected topics with a stage of their own. */
    private Stream<Line> lines() {
        Set<String> selected =
                situation.scope().topics().stream().map(PlannedTopic::name).collect(toSet());
        return situation.plan().batches().stream()
                .flatMap(batch -> Stream.concat(
                        batch(batch),
                        batch.topics().stream()
                                .filter(topic -> topic.stage().isPresent() && mayAdvance(batch, topic))
                                .map(topic -> topic(batch, topic))))
                .filter(line -> line.topics().stream().map(PlannedTopic::name).anyMatch(selected::contains));
    }

    private static Stream<Line> batch(Batch batch) {
        List<PlannedTopic> topics = batch.topics().stream()
                .filter(topic -> topic.stage().isEmpty())
                .map(topic -> new PlannedTopic(batch, topic))
                .toList();
        return topics.isEmpty()
                ? Stream.empty()
                : Stream.of(new Line(BATCH, batch.name().value(), topics.get(0).stageAt(), batch.wanted(), topics));
    }

    /** A topic may lag behind its batch, but not be ahead of it. */
    private static boolean mayAdvance(Batch batch, Topic topic) {
        return following(batch.wanted(topic))
                .filter(next -> !next.isAheadOf(batch.wanted()))
                .isPresent();
    }

    private static Line topic(Batch batch, Topic topic) {
        PlannedTopic planned = new PlannedTopic(batch, topic);
        return new Line("topic", planned.name(), planned.stageAt(), planned.wanted(), List.of(planned));
    }

    private boolean hasArrived(PlannedTopic topic) {
        return situation.standing(topic.name()).pair().equals(Optional.of(Pair.of(topic.wanted())));
    }

    private boolean wentBack(Line line) {
        return line.topics().stream()
                .anyMatch(topic -> situation.wentBackFrom(topic.name()).isPresent());
    }

    /** {@code set stage: read-both for batch web (line 19), topic clicks (line 22) and 3 more batches once …}. */
    private String set(List<Line> lines) {
        Map<Edit, List<Line>> edits = new TreeMap<>(
                Comparator.comparing(Edit::next).reversed().thenComparing(Edit::isConditionMet, reverseOrder()));
        lines.stream().sorted(Comparator.comparing(line -> line.at().line())).forEach(line -> {
            Stage next = following(line.stage()).orElseThrow();
            edits.computeIfAbsent(new Edit(next, isConditionMet(line, next)), key -> new ArrayList<>())
                    .add(line);
        });
        return edits.entrySet().stream()
                .map(one -> set(one.getKey(), one.getValue()))
                .collect(joining("; "));
    }

    /**
     * What several lines have in common.
     *
     * @param isConditionMet whether the traffic shows that nothing is left to wait for
     */
    private record Edit(Stage next, boolean isConditionMet) {}

    private String set(Edit edit, List<Line> lines) {
        return "set stage: " + edit.next().word() + " for " + named(lines)
                + (edit.isConditionMet() ? " now that " : " once ") + condition(edit.next())
                + (edit.isConditionMet() ? "" : counted(lines, edit.next()));
    }

    /** Nobody can see whether producers have switched, so the step between stays with its condition. */
    private boolean isConditionMet(Line line, Stage next) {
        return traffic.isPresent()
                && switch (next) {
                    case READ_BOTH -> haveConsumersSwitched(traffic.get(), line);
                    case DESTINATION -> new MessagesLeft(traffic.get(), names(line.topics().stream())).isNothing();
                    default -> false;
                };
    }

    /** An offline group has not shown where it will consume, unless nobody expects it to. */
    private boolean haveConsumersSwitched(Traffic seen, Line line) {
        Set<String> groups = line.topics().stream()
                .flatMap(topic -> seen.groupsOf(topic.name()).stream())
                .filter(group -> !situation.plan().ignoredGroupNames().contains(group)
                        || !seen.allMembers(group).isEmpty())
                .collect(toSet());
        return !groups.isEmpty()
                && groups.stream()
                        .map(group -> SwitchedClients.of(situation.plan(), seen, group))
                        .allMatch(clients -> clients.old().isEmpty()
                                && clients.unknown().isEmpty()
                                && !clients.switched().isEmpty());
    }

    private static String named(List<Line> lines) {
        List<Line> others = lines.stream().skip(MOST_NAMED).toList();
        String noun = others.stream().allMatch(line -> line.noun().equals(BATCH)) ? " more batch" : " more line";
        return lines.stream()
                        .limit(MOST_NAMED)
                        .map(line -> line.called() + " (line " + line.at().line() + ")")
                        .collect(joining(", "))
                + (others.isEmpty() ? "" : " and " + others.size() + Counts.noun(others.size(), noun));
    }

    /** The stage after one; {@code write-both} is only for those who ask for it. */
    private static Optional<Stage> following(Stage stage) {
        return switch (stage) {
            case SOURCE -> Optional.of(Stage.READ_BOTH);
            case READ_BOTH, WRITE_BOTH -> Optional.of(Stage.WRITE_DESTINATION);
            case WRITE_DESTINATION -> Optional.of(Stage.DESTINATION);
            case DESTINATION -> Optional.empty();
        };
    }

    private String condition(Stage stage) {
        return switch (stage) {
            case READ_BOTH ->
                situation.routing().equals(Optional.of(Routing.JOIN))
                        ? "all consumers use the destination's name servers"
                        : "the consumers also run at the destination";
            case WRITE_DESTINATION -> "the consumers receive from both clusters and the producers have switched too";
            default -> "no unread, delayed or half message is left at the source";
        };
    }

    /** What is left at the source: before the last stage all of it counts, before a fence what would keep it closed. */
    private String counted(List<Line> lines, Stage next) {
        if (traffic.isEmpty()) {
            return "";
        }
        if (next == Stage.DESTINATION) {
            return new MessagesLeft(traffic.get(), names(topics(lines)))
                    .words()
                    .map(words -> "; now left: " + words)
                    .orElse("");
        }
        if (next == Stage.WRITE_DESTINATION) {
            return new MessagesLeft(traffic.get(), names(topics(lines).filter(PlannedTopic::isFenced)))
                    .held()
                    .map(words -> "; now the fence would wait for messages at the source: " + words)
                    .orElse("");
        }
        return "";
    }

    private static Stream<PlannedTopic> topics(List<Line> lines) {
        return lines.stream().flatMap(line -> line.topics().stream());
    }

    private static List<String> names(Stream<PlannedTopic> topics) {
        return topics.map(PlannedTopic::name).toList();
    }

    /** Whether all topics of the plan are at the last stage, and only the join is left. */
    boolean isAtTheEnd() {
        return situation.plan().topics().findAny().isPresent()
                && situation.plan().batches().stream()
                        .flatMap(batch -> batch.topics().stream().map(topic -> new PlannedTopic(batch, topic)))
                        .allMatch(topic -> topic.wanted() == Stage.DESTINATION && hasArrived(topic));
    }
}
