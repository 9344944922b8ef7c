package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FenceEstimate;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.OutsideConsumers;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DueTime;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Says in words what producers, consumers and brokers notice of changes, and how to undo them.
 *
 * <p>Longer than 300 lines: the sentences of a plan share the ways of its topics, and keep one order.
 */
final class Consequences {
    private static final int MOST_NAMED = 3;

    private final Situation situation;
    private final List<Change> changes;
    private final FencePolicy policy;
    private final Map<String, Set<Purpose>> ways;
    /** The topics that consumers read in other clusters at the planned stage than now. */
    private final Set<String> readElsewhere;

    private final WaivedClients waived;
    private final List<ProducersToConfirm> toConfirm;
    private final List<String> lines;
    private final List<Undo> undo;

    Consequences(PlanReport report, List<Change> changes) {
        this.situation = report.situation();
        this.changes = List.copyOf(changes);
        this.policy = situation.traffic().map(traffic -> traffic.policy()).orElse(FencePolicy.USUAL);
        this.ways = ways(situation, changes);
        this.readElsewhere = changes.stream()
                .filter(change -> change instanceof MoveTopic move && isReadElsewhere(move))
                .map(change -> change.subject().name())
                .collect(toSet());
        this.waived = new WaivedClients(situation, report.judgements());
        this.toConfirm = ProducersToConfirm.in(situation, ways);
        this.lines = noticed(report.changes());
        this.undo = Undo.of(
                changes,
                inFence(report.changes().changes()),
                situation.plan().batches().stream()
                        .map(batch -> batch.name().value())
                        .toList(),
                StageEdits.places(situation),
                report.invocation());
    }

    /** The topics on the way through a fence; one that turns round inside has its way back in the plan already. */
    private static List<MoveTopic> inFence(List<Change> all) {
        return all.stream()
                .filter(MoveTopic.class::isInstance)
                .map(MoveTopic.class::cast)
                .filter(move -> move.fence()
                        .filter(until -> until == Side.SOURCE
                                ? move.wanted().isAheadOf(move.before())
                                : move.before().isAheadOf(move.wanted()))
                        .isPresent())
                .toList();
    }

    /** Of the changes that are blocked now, for those who decide whether to unblock them. */
    static Consequences onceUnblocked(PlanReport report) {
        return new Consequences(
                report,
                report.changes().changes().stream().filter(report::isHeld).toList());
    }

    /** A change of the permission to write moves no queue from one consumer to another. */
    private static boolean isReadElsewhere(MoveTopic move) {
        return Arrays.stream(Side.values())
                .anyMatch(side -> move.found().at(side).stream()
                        .anyMatch(access ->
                                access.isReadable() != move.wanted().at(side).isReadable()));
    }

    /** What users notice, one sentence for each kind of change. */
    List<String> lines() {
        return lines;
    }

    /** What no check is sure to see, and the owner of a batch has to confirm. */
    List<ProducersToConfirm> toConfirm() {
        return toConfirm;
    }

    private List<String> noticed(ChangeSet planned) {
        List<String> noticed = new ArrayList<>();
        if (changes.stream().anyMatch(Consequences::joins)) {
            if (situation.scope().topics().stream().anyMatch(PlannedTopic::isRolledBack)) {
                noticed.add("The migration was complete. The way back needs both clusters, so the brokers of the source"
                        + " join again; applications keep the name servers of the destination. No topic moves before"
                        + " the join.");
            }
            noticed.add("The join makes all topics of the source visible at the destination's name servers.");
            noticed.add("Each broker that joins writes all its settings to its configuration file. If another tool"
                    + " manages this file, add namesrvAddr there too.");
        }
        removals(noticed);
        repeating(
                noticed,
                has(Purpose.LEAVE_SOURCE),
                " at read-both",
                "consumers take over the queues of the destination");
        topics(has(Purpose.LEAVE_SOURCE)).forEach(topic -> {
            SortedSet<String> groups = waived.groups("consumers-switched", topic);
            if (!groups.isEmpty()) {
                noticed.add(topic + " at read-both: clients of " + Names.of(groups, MOST_NAMED)
                        + " that use the source only take over none of these queues (consumers-switched is waived).");
            }
        });
        heldBack(noticed, topics(has(Purpose.CLOSE_FENCE).or(has(Purpose.OPEN_FENCE))), " in the fence", Side.SOURCE);
        line(noticed, topics(has(Purpose.CLOSE_FENCE)), " in the fence", sharedKeys());
        topics(has(Purpose.CLOSE_FENCE))
                .forEach(topic ->
                        waived.cutOff(topic).ifPresent(cut -> noticed.add(topic + " in the fence: " + cut + ".")));
        Predicate<Set<Purpose>> toDestination = has(Purpose.TO_DESTINATION);
        String within = Counts.span(policy.quiet());
        Map<String, SortedSet<String>> following = new LinkedHashMap<>();
        topics(toDestination)
                .forEach(topic -> following
                        .computeIfAbsent(waived.follow(topic, within), key -> new TreeSet<>())
                        .add(topic));
        following.forEach((follow, topics) -> line(noticed, topics, " at write-destination", follow));
        line(
                noticed,
                topics(has(Purpose.OPEN_BOTH).and(toDestination.negate())),
                " at write-both",
                "producers write to the destination within " + within + "; consumers read both clusters already");
        repeating(
                noticed,
                has(Purpose.LEAVE_BEHIND),
                " at destination",
                "the source is closed, so a client that still uses it gets nothing");
        heldMessages(noticed);
        Predicate<Set<Purpose>> reverseFence = has(Purpose.OPEN_REVERSE_FENCE);
        wayBack(has(Purpose.BACK).and(reverseFence.negate()))
                .forEach((what, topics) -> repeating(noticed, topics, " on the way back", what));
        situation
                .traffic()
                .ifPresent(traffic -> noticed.addAll(ReadAgain.lines(
                        traffic,
                        changes.stream()
                                .filter(MoveTopic.class::isInstance)
                                .map(MoveTopic.class::cast)
                                .filter(move -> traffic.covers(move.subject().name()))
                                .toList())));
        unread(noticed);
        heldBack(noticed, topics(reverseFence), " in the reverse fence", Side.DESTINATION);
        line(noticed, topics(has(Purpose.BACK).and(reverseFence)), " in the reverse fence", sharedKeys());
        if (changes.stream().anyMatch(Change::leavesJoin)) {
            noticed.add("As soon as every topic is at destination, the source's brokers leave the join: they get their"
                    + " earlier name servers back. " + EndOfJoin.AFTERWARDS);
            if (planned.lastBeforeLeaving().isPresent()) {
                outsideConsumers(noticed);
            }
        }
        return noticed;
    }

    /** Said while topics still move; later, a check reads which clients find other topics only through the join. */
    private void outsideConsumers(List<String> noticed) {
        SortedMap<String, SortedSet<String>> topicsByGroup = OutsideConsumers.topicsByGroup(situation);
        Set<String> planned = situation.plan().plannedGroupNames();
        SortedSet<String> groups = new TreeSet<>(topicsByGroup.keySet());
        groups.retainAll(planned);
        if (!groups.isEmpty()) {
            SortedSet<String> topics = topicsOf(groups, topicsByGroup);
            noticed.add(Names.of(groups, MOST_NAMED) + ": also "
                    + Counts.verb(groups.size(), "consumes", "consume") + " " + Names.of(topics, MOST_NAMED)
                    + ", not in this plan: at the end of the join, clients no longer find "
                    + Counts.itOrThem(topics.size()) + " through the destination's name servers.");
        }
        SortedSet<String> strangers = new TreeSet<>(topicsByGroup.keySet());
        strangers.removeAll(planned);
        if (!strangers.isEmpty()) {
            SortedSet<String> topics = topicsOf(strangers, topicsByGroup);
            noticed.add(Names.of(strangers, MOST_NAMED) + ": not in this plan, and "
                    + Counts.verb(strangers.size(), "consumes ", "consume ") + Names.of(topics, MOST_NAMED)
                    + ", which "
                    + Counts.verb(topics.size(), "stays", "stay")
                    + " at the source. Switch the clients back to the source's name servers first; otherwise they stop"
                    + " receiving.");
        }
    }

    private static SortedSet<String> topicsOf(
            SortedSet<String> groups, SortedMap<String, SortedSet<String>> topicsByGroup) {
        SortedSet<String> topics = new TreeSet<>();
        groups.forEach(group -> topics.addAll(topicsByGroup.get(group)));
        return topics;
    }

    /** A topic leaves the source behind only without delayed and half messages, which may take hours. */
    private void heldMessages(List<String> noticed) {
        Set<Purpose> waiting = EnumSet.of(Purpose.CLOSE_FENCE, Purpose.OPEN_FENCE, Purpose.LEAVE_BEHIND);
        situation
                .traffic()
                .ifPresent(traffic -> ways.forEach((topic, way) -> {
                    long count = traffic.delayedIn(Side.SOURCE, topic).orElse(0);
                    if (waived.leavesMessages(topic)) {
                        if (way.contains(Purpose.LEAVE_BEHIND)) {
                            noticed.add(topic + ": does not wait for delayed and half messages at the source, which no"
                                    + " consumer gets there once it is closed (source-drained is waived).");
                        }
                        return;
                    }
                    if (count > 0 && !Collections.disjoint(way, waiting)) {
                        noticed.add(topic + ": waits until " + Counts.of(count, "delayed message") + " at the source "
                                + Counts.isOrAre(count) + " delivered and consumed" + due(topic) + ".");
                    }
                    long half = traffic.halfIn(Side.SOURCE, topic);
                    if (half > 0 && !Collections.disjoint(way, waiting)) {
                        noticed.add(topic + ": waits until " + (traffic.mayHaveEnded(Side.SOURCE) ? "up to " : "")
                                + Counts.of(half, "half message") + " at the source " + Counts.isOrAre(half)
                                + " committed and consumed, or rolled back: that is up to "
                                + (half == 1 ? "its producer." : "their producers."));
                    }
                }));
    }

    /** The destination stays readable on the way back until its messages are consumed. */
    private void unread(List<String> noticed) {
        situation.traffic().ifPresent(traffic -> {
            for (Change change : changes) {
                if (change instanceof MoveTopic move
                        && traffic.covers(move.subject().name())
                        && !move.wanted().at(Side.DESTINATION).isReadable()) {
                    String topic = move.subject().name();
                    traffic.backlogOf(Side.DESTINATION, topic).stream()
                            .filter(count -> count > 0)
                            .forEach(count -> noticed.add(topic + ": waits until " + Counts.messages(count)
                                    + " at the destination " + Counts.isOrAre(count) + " consumed; what comes back for"
                                    + " retry or is due later is waited for too."));
                }
            }
        });
    }

    private String due(String topic) {
        return situation
                .traffic()
                .flatMap(traffic -> traffic.lastDue(Side.SOURCE, topic))
                .map(at -> "; the last is due " + DueTime.at(at, situation.readAt()))
                .orElse("");
    }

    private void removals(List<String> noticed) {
        SortedSet<String> names = changes.stream()
                .filter(Change.Remove.class::isInstance)
                .map(change -> change.subject().name())
                .collect(toCollection(TreeSet::new));
        if (!names.isEmpty()) {
            noticed.add(Names.of(names, MOST_NAMED)
                    + ": removed from the destination, where nobody uses them; created again when topics leave the"
                    + " source.");
        }
    }

    /** What consumers notice of fences: they wait for what is left in one cluster, on the way back too. */
    private void heldBack(List<String> noticed, SortedSet<String> topics, String step, Side left) {
        Map<Optional<String>, SortedSet<String>> alike = new LinkedHashMap<>();
        topics.forEach(topic -> alike.computeIfAbsent(
                        FenceEstimate.in(situation, left, topic).map(FenceEstimate::range), key -> new TreeSet<>())
                .add(topic));
        alike.forEach((estimate, same) -> line(noticed, same, step, heldBack(estimate, left)));
    }

    private String heldBack(Optional<String> estimate, Side left) {
        String limit = Counts.span(policy.fence());
        return "consumers receive nothing new for " + estimate.orElse("up to " + limit)
                + ", until the old messages at the " + left.word()
                + " are consumed; then new messages are delivered in order"
                + (situation.keepsQueuesInFences()
                        ? ""
                        : ", to each consumer within " + Counts.span(policy.routePoll())
                                + " more, after it has polled its routes")
                + ". If that takes longer"
                + estimate.map(less -> " than " + limit).orElse("")
                + ", the topic stays in the fence and is reported as blocked";
    }

    /** Producers follow one after the other; the order of messages of one producer is always kept. */
    private String sharedKeys() {
        String poll = Counts.span(policy.quiet());
        return policy.pauses()
                ? "producers find no queue and cannot send for about " + poll + ", so that messages of a key that"
                        + " several producers send keep their order too"
                : "if several producers send messages of one key, these may arrive out of order for up to " + poll
                        + "; with -Dmigrate.pause=true they keep their order, but producers cannot send for that time";
    }

    private static Predicate<Set<Purpose>> has(Purpose purpose) {
        return way -> way.contains(purpose);
    }

    /** The topics that have such a way to the planned stage. */
    private SortedSet<String> topics(Predicate<Set<Purpose>> such) {
        SortedSet<String> topics = new TreeSet<>();
        ways.forEach((topic, way) -> {
            if (such.test(way)) {
                topics.add(topic);
            }
        });
        return topics;
    }

    /** Which clients go back, and what they do then, with the topics for which it holds. */
    private Map<String, SortedSet<String>> wayBack(Predicate<Set<Purpose>> such) {
        SortedSet<String> back = topics(such);
        Map<String, SortedSet<String>> alike = new LinkedHashMap<>();
        for (Change change : changes) {
            if (change instanceof MoveTopic move && back.contains(move.subject().name())) {
                alike.computeIfAbsent(wayBack(move), key -> new TreeSet<>())
                        .add(move.subject().name());
            }
        }
        return alike;
    }

    private String wayBack(MoveTopic move) {
        Set<Access> source = move.found().at(Side.SOURCE);
        Access wanted = move.wanted().at(Side.SOURCE);
        List<String> parts = new ArrayList<>();
        if (wanted.isReadable() && source.stream().noneMatch(Access::isReadable)) {
            parts.add("consumers read the source again, beside the destination");
        }
        if (wanted.isWritable() && source.stream().noneMatch(Access::isWritable)) {
            parts.add("producers write to the source again within " + Counts.span(policy.quiet()));
        }
        if (!move.wanted().at(Side.DESTINATION).isReadable()) {
            parts.add("consumers leave the destination when its messages are consumed");
        }
        return parts.isEmpty() ? "the destination closes for producers" : String.join("; ", parts);
    }

    private void repeating(List<String> noticed, Predicate<Set<Purpose>> such, String step, String what) {
        repeating(noticed, topics(such), step, what);
    }

    /** One line for topics some of whose messages may repeat, and one for the others. */
    private void repeating(List<String> noticed, SortedSet<String> once, String step, String what) {
        SortedSet<String> repeated = new TreeSet<>(once);
        repeated.removeIf(topic -> !mayRepeat(topic));
        once.removeAll(repeated);
        line(
                noticed,
                repeated,
                step,
                what + "; concurrent groups with several clients may get some messages twice for up to "
                        + Counts.span(policy.routePoll()));
        line(noticed, once, step, what);
    }

    /**
     * Whether consumers divide other queues among themselves than before, and a group that does not consume the topic in
     * order is among them; groups that were not read may be of any kind.
     */
    private boolean mayRepeat(String topic) {
        if (!readElsewhere.contains(topic)) {
            return false;
        }
        Optional<Traffic> read = situation.traffic().filter(traffic -> traffic.covers(topic));
        return read.isEmpty()
                || situation.scope().topics().stream()
                        .filter(planned -> planned.name().equals(topic))
                        .anyMatch(planned ->
                                !planned.orderly().containsAll(read.get().groupsOf(topic)));
    }

    /** {@code orders at destination: the source is closed.}: a jump over several stages has consequences at each. */
    private static void line(List<String> noticed, SortedSet<String> topics, String step, String what) {
        if (!topics.isEmpty()) {
            noticed.add(Names.of(topics, MOST_NAMED) + step + ": " + what + ".");
        }
    }

    /** What the steps of each topic are for, from where it is to its planned stage. */
    static Map<String, Set<Purpose>> ways(Situation situation, List<Change> changes) {
        Set<String> fenced = situation.scope().topics().stream()
                .filter(PlannedTopic::isFenced)
                .map(PlannedTopic::name)
                .collect(toSet());
        Map<String, Set<Purpose>> ways = new TreeMap<>();
        for (Change change : changes) {
            if (change instanceof MoveTopic move) {
                String topic = move.subject().name();
                ways.put(topic, Ladder.purposes(move.found(), move.rung(), move.wanted(), fenced.contains(topic)));
            }
        }
        return ways;
    }

    private static boolean joins(Change change) {
        return change instanceof RegisterBroker register && register.joins();
    }

    /** How to undo the changes. */
    List<Undo> undo() {
        return undo;
    }
}
