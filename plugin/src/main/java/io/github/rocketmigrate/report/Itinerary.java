package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.decide.Decision;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The steps of some topics of a batch to their planned stage, apply by apply.
 *
 * @param topics with the same steps
 * @param applies that are left if no check blocks; the first is the next one
 * @param isBlocked whether the next apply can do nothing for these topics
 * @param isRollback whether the goal is {@code rollback}, which is called again in place of {@code apply}
 */
record Itinerary(String batch, List<String> topics, List<NextApply> applies, boolean isBlocked, boolean isRollback) {
    /** What the board of a long plan has room for. */
    static final int MOST_SHOWN = 20;

    private static final int MOST_NAMED = 3;

    private static final String PLANNED = "Steps to the planned stages, if no check blocks";

    Itinerary {
        requireNonNull(batch, "batch is null");
        topics = List.copyOf(topics);
        applies = List.copyOf(applies);
    }

    /**
     * The steps that one apply makes.
     *
     * @param after what has to happen before; empty for the next apply
     */
    record NextApply(Optional<String> after, List<String> steps) {
        NextApply {
            requireNonNull(after, "after is null");
            steps = List.copyOf(steps);
        }
    }

    /** The topics of a batch that have the same steps ahead share an entry. */
    private record Way(String batch, List<NextApply> applies, boolean isBlocked) {}

    /** One for the topics of each batch with the same steps, in the order of the plan; none where nothing moves. */
    static List<Itinerary> in(PlanReport report) {
        Map<String, MoveTopic> moves = new LinkedHashMap<>();
        report.changes().changes().forEach(change -> {
            if (change instanceof MoveTopic move) {
                moves.put(move.subject().name(), move);
            }
        });
        boolean joinsFirst = joinsFirst(report.changes());
        Map<Way, List<String>> ways = new LinkedHashMap<>();
        for (PlannedTopic topic : report.situation().scope().topics()) {
            MoveTopic move = moves.get(topic.name());
            if (move != null) {
                List<Purpose> steps = Ladder.way(move.found(), move.rung(), move.wanted(), topic.isFenced());
                Optional<Duration> soak =
                        report.situation().plan().conditionsOf(topic.batch()).soaking();
                Way way = new Way(
                        topic.batch().name().value(),
                        applies(steps, joinsFirst, soak),
                        report.decision(move) instanceof Decision.Held);
                ways.computeIfAbsent(way, key -> new ArrayList<>()).add(topic.name());
            }
        }
        return ways.entrySet().stream()
                .map(one -> new Itinerary(
                        one.getKey().batch(),
                        one.getValue(),
                        one.getKey().applies(),
                        one.getKey().isBlocked(),
                        report.invocation().isRollback()))
                .toList();
    }

    /** Whether brokers join before topics move, by a change or by hand. */
    private static boolean joinsFirst(ChangeSet changes) {
        return changes.changes().stream().anyMatch(change -> change instanceof RegisterBroker one && one.joins())
                || changes.byHand().stream().anyMatch(one -> one.byHand().equals(Optional.of(Purpose.JOIN)));
    }

    /** People act between the join and the first step, and time passes between the steps of a topic that soaks. */
    private static List<NextApply> applies(List<Purpose> steps, boolean joinsFirst, Optional<Duration> soak) {
        List<NextApply> applies = new ArrayList<>();
        List<String> now = new ArrayList<>();
        Optional<String> after = Optional.empty();
        if (joinsFirst) {
            now.add("the join");
        }
        Set<Purpose> soaked = soak.isPresent()
                ? CheckRegistry.of("soak").stream()
                        .flatMap(check -> check.before().stream())
                        .collect(toSet())
                : Set.of();
        for (int step = 0; step < steps.size(); step++) {
            Purpose purpose = steps.get(step);
            boolean switchesFirst = joinsFirst && step == 0 && purpose == Purpose.LEAVE_SOURCE;
            boolean soaksFirst = step > 0 && soaked.contains(purpose);
            if (switchesFirst || soaksFirst) {
                applies.add(new NextApply(after, now));
                now = new ArrayList<>();
                after = Optional.of(
                        switchesFirst
                                ? "all consumers use the destination's name servers"
                                : Counts.span(soak.orElseThrow()) + " have passed at that stage (soak)");
            }
            now.add(LaterCheck.step(purpose));
        }
        applies.add(new NextApply(after, now));
        return applies;
    }

    /** {@code web: clicks, views need 2 more applies: the join; then, once …, read-both opens}. */
    String words() {
        StringBuilder words = new StringBuilder(batch + ": " + Names.of(new TreeSet<>(topics), MOST_NAMED) + " "
                + Counts.verb(topics.size(), "takes ", "take ") + applies.size()
                + (isRollback
                        ? Counts.verb(applies.size(), " rollback", " rollbacks")
                        : Counts.verb(applies.size(), " apply", " applies"))
                + (isBlocked ? ", blocked now (see 'To do'): " : ": "));
        for (NextApply apply : applies) {
            words.append(apply.after()
                            .map(after -> "; then, once " + after + ", ")
                            .orElse(""))
                    .append(String.join(", ", together(apply.steps())));
        }
        return words.toString();
    }

    /** Several steps back in a row are one item. */
    private static List<String> together(List<String> steps) {
        String back = LaterCheck.step(Purpose.BACK);
        List<String> together = new ArrayList<>();
        for (int step = 0; step < steps.size(); ) {
            int end = step + 1;
            while (end < steps.size()
                    && steps.get(step).equals(back)
                    && steps.get(end).equals(back)) {
                end++;
            }
            together.add(end - step > 1 ? (end - step) + " steps back" : steps.get(step));
            step = end;
        }
        return together;
    }

    /** The heading of the steps that are left. */
    static String heading(PlanReport report) {
        return report.invocation().isRollback() ? "Steps back, if no check blocks" : PLANNED;
    }

    static List<String> lines(List<Itinerary> all) {
        List<String> lines = new ArrayList<>(
                all.stream().limit(MOST_SHOWN).map(Itinerary::words).toList());
        if (all.size() > MOST_SHOWN) {
            lines.add("and " + (all.size() - MOST_SHOWN) + " more; see " + ResultFile.NAME);
        }
        return lines;
    }
}
