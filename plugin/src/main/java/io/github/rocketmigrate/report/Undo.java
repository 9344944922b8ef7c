package io.github.rocketmigrate.report;

import static java.util.Comparator.naturalOrder;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How to undo some of the changes of a plan.
 *
 * @param what a sentence with its full stop or an address, or what the command undoes, with a colon
 * @param command to paste; empty if there is none
 */
record Undo(String what, Optional<String> command) {
    /** Somebody who undoes a change at night needs every name, unless there are so many that a batch is meant. */
    private static final int MOST_NAMED = 20;

    Undo {
        requireNonNull(what, "what is null");
        requireNonNull(command, "command is null");
    }

    private static Undo of(String what) {
        return new Undo(what, Optional.empty());
    }

    /**
     * One for the moves of each batch in the order of the plan, then one for the topics in each fence, one for the join, one
     * for each server, and one for each kind of other changes.
     *
     * @param changes that can be made
     * @param inFence the topics in a fence, which may be held there, and whose way back has to be known all the more
     * @param batches the names of the plan's batches in their order
     * @param places where the plan says the stage of a topic; empty for those of a saved change set
     */
    static List<Undo> of(
            List<Change> changes,
            List<MoveTopic> inFence,
            List<String> batches,
            Function<Subject, Optional<Position>> places,
            Invocation invocation) {
        if (!invocation.rollback().isEmpty()) {
            return List.of(new Undo(
                    "Release the topics, which the next apply then moves forward again:",
                    Optional.of(invocation.resume())));
        }
        List<Undo> all = new ArrayList<>(moves(changes, batches, places));
        Map<Side, List<MoveTopic>> fences = new TreeMap<>();
        inFence.forEach(move -> fences.computeIfAbsent(move.fence().orElseThrow(), key -> new ArrayList<>())
                .add(move));
        fences.forEach((until, topics) -> all.add(fromFence(until, topics, places, invocation)));
        List<RegisterBroker> registrations = changes.stream()
                .filter(RegisterBroker.class::isInstance)
                .map(RegisterBroker.class::cast)
                .toList();
        if (registrations.stream().anyMatch(RegisterBroker::joins)) {
            all.add(of("The join: every topic and every application goes back to the source first, or the applications"
                    + " find no broker of the source: " + HelpPages.UNDO_THE_JOIN));
        }
        registrations.forEach(register -> all.add(registration(register)));
        objects(changes, AlignObject::isNew, "Created", all);
        objects(changes, object -> !object.isNew(), "Updated", all);
        removals(changes, all);
        return all;
    }

    /** The last commit may have another stage than the clusters: a revert of it is not always the way back. */
    private static List<Undo> moves(
            List<Change> changes, List<String> order, Function<Subject, Optional<Position>> places) {
        SortedMap<String, Map<Stage, List<Subject>>> batches =
                new TreeMap<>(Comparator.<String>comparingInt(order::indexOf).thenComparing(naturalOrder()));
        for (Change change : changes) {
            if (change instanceof MoveTopic move && move.fence().isEmpty() && !move.isOfSourceAlone()) {
                batches.computeIfAbsent(move.subject().batch().orElse(""), key -> new TreeMap<>())
                        .computeIfAbsent(move.before(), key -> new ArrayList<>())
                        .add(move.subject());
            }
        }
        List<Undo> all = new ArrayList<>();
        batches.forEach((batch, stages) -> all.add(of((batch.isEmpty() ? "" : batch + ": ")
                + "set "
                + stages.entrySet().stream()
                        .map(stage -> stage(stage.getKey(), stage.getValue(), places))
                        .collect(joining(", "))
                + ".")));
        return all;
    }

    /** A fence has to open before its topics can go back: a topic has no way out of it but forward. */
    private static Undo fromFence(
            Side until, List<MoveTopic> moves, Function<Subject, Optional<Position>> places, Invocation invocation) {
        boolean isBack = until == Side.DESTINATION;
        List<Subject> topics = moves.stream().map(MoveTopic::subject).toList();
        List<String> names = topics.stream().map(Subject::name).toList();
        boolean isOne = topics.size() == 1;
        String fence = isBack ? "reverse fence" : "fence";
        String other = isBack ? "fence" : "reverse fence";
        return new Undo(
                Names.of(names, MOST_NAMED) + " " + Counts.isOrAre(names.size()) + " in the " + fence + ": set "
                        + stage(moves.get(0).before(), topics, places) + ". The " + fence
                        + " opens first, once the "
                        + until.word() + " is quiet and consumed; then the " + (isOne ? "topic goes " : "topics go ")
                        + (isBack ? "forward" : "back") + " through the " + other
                        + ". To open the " + fence + " at once, although messages may be consumed out of order:",
                Optional.of(invocation.reordering(names)));
    }

    /** {@code stage: source for clicks, views (lines 11, 12)}; topics of one batch may share a line. */
    private static String stage(Stage stage, List<Subject> topics, Function<Subject, Optional<Position>> places) {
        List<String> lines = topics.stream()
                .flatMap(topic -> places.apply(topic).stream())
                .map(Position::line)
                .distinct()
                .map(String::valueOf)
                .toList();
        return "stage: " + stage.word() + " for "
                + Names.of(topics.stream().map(Subject::name).toList(), MOST_NAMED)
                + (lines.isEmpty()
                        ? ""
                        : " (" + Counts.noun(lines.size(), "line") + " " + Names.of(lines, MOST_NAMED) + ")");
    }

    private static Undo registration(RegisterBroker register) {
        String broker = "Broker " + register.subject().name();
        return register.joins()
                ? new Undo(broker + ", which joins:", Optional.of(register.restoring()))
                : of(broker
                        + ", which leaves the join: only migrate:rollback joins it again. For apply the plan stays"
                        + " frozen, even if somebody sets the broker's name servers by hand.");
    }

    private static void objects(List<Change> changes, Predicate<AlignObject> such, String done, List<Undo> all) {
        List<AlignObject> objects = changes.stream()
                .filter(AlignObject.class::isInstance)
                .map(AlignObject.class::cast)
                .filter(such)
                .toList();
        List<AlignObject> topics =
                objects.stream().filter(AlignObject::isOfTopic).toList();
        if (!topics.isEmpty()) {
            all.add(of(done + " topics: " + ofTopics(topics) + "."));
        }
        objects.stream()
                .filter(object -> !object.isOfTopic())
                .findFirst()
                .ifPresent(group -> all.add(of(done + " groups: " + ofGroups(group) + ".")));
    }

    private static String ofTopics(List<AlignObject> topics) {
        if (topics.get(0).isNew()) {
            return "delete them while they are empty and unused";
        }
        return "write the previous values"
                + (topics.stream().anyMatch(AlignObject::addsQueues)
                        ? "; added queues can be removed only while they are empty"
                        : "");
    }

    private static String ofGroups(AlignObject group) {
        return group.isNew() ? "nothing to do; an unused group has no effect" : "write the previous values";
    }

    private static void removals(List<Change> changes, List<Undo> all) {
        if (changes.stream().anyMatch(Change.Remove.class::isInstance)) {
            all.add(of("Removed topics and groups: remove traffic from the plan; the next apply creates them again."));
        }
    }
}
