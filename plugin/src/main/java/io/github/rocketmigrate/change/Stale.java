package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.SavedChangeSet.Saved;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Why a saved change set fits no more: an object is neither as it was when the set was made, nor on its way from there,
 * or is wanted otherwise now.
 *
 * @param kind of object: broker, group, topic, or cluster
 */
public record Stale(String kind, String name, String what) {
    private static final int MOST_WORDS = 3;

    public Stale {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
        requireNonNull(what, "what is null");
    }

    /**
     * Holds a saved change set against what is, and against what is to be done now.
     *
     * @return nothing where it fits, also where a part of it is done
     */
    public static List<Stale> in(SavedChangeSet saved, Situation situation, ChangeSet now) {
        List<Stale> stale = new ArrayList<>();
        if (!saved.plan().equals(now.plan())) {
            stale.add(new Stale("plan", saved.plan(), "the change set is of another plan; this one is " + now.plan()));
        }
        for (Side side : Side.values()) {
            Metadata cluster = situation.at(side);
            SavedChangeSet.SavedCluster was = saved.clusters().get(side);
            if (!was.name().equals(cluster.cluster())
                    || !was.brokers().equals(cluster.brokers().keySet())) {
                stale.add(new Stale(
                        "cluster",
                        was.name(),
                        "the " + side.word() + " was " + was.name() + " with " + String.join(", ", was.brokers())
                                + " and is " + cluster.cluster() + " with "
                                + String.join(", ", cluster.brokers().keySet())));
            }
        }
        if (!stale.isEmpty()) {
            return stale;
        }
        Map<String, Change> changes = new HashMap<>();
        now.changes().forEach(change -> changes.put(key(change), change));
        Map<String, Impossible> impossible = new HashMap<>();
        now.impossible()
                .forEach(one -> impossible.put(
                        object(one.subject().kind(), one.subject().name()), one));
        Set<String> movers = saved.changes().stream()
                .filter(Saved.OfMove.class::isInstance)
                .map(Saved::name)
                .collect(Collectors.toSet());
        for (Saved one : saved.changes()) {
            Impossible reason = impossible.get(object(kind(one), one.name()));
            // Of an object that cannot become all that is wanted, the rest can be made; then there is a change, too.
            if (reason != null && !changes.containsKey(key(one))) {
                stale.add(of(one, "it cannot be done now: " + reason.what()));
            } else if (one instanceof Saved.OfTopic topic) {
                // Of a topic that moves, the access is for its way to say.
                UnaryOperator<SortedMap<String, TopicSettings>> settled =
                        movers.contains(one.name()) ? Stale::withoutAccess : UnaryOperator.identity();
                compare(
                        stale,
                        one,
                        settled.apply(topic.before()),
                        settled.apply(topic.after()),
                        settled.apply(situation.destination().topic(one.name())),
                        settled.apply(afterOfTopic(changes.get(key(one)))),
                        Differences::words);
            } else if (one instanceof Saved.OfGroup group) {
                compare(
                        stale,
                        one,
                        group.before(),
                        group.after(),
                        situation.destination().group(one.name()),
                        afterOfGroup(changes.get(key(one))),
                        Differences::words);
            } else if (one instanceof Saved.OfMove move) {
                way(stale, move, situation, changes.get(key(one)));
            } else if (one instanceof Saved.OfBroker broker) {
                nameServers(stale, broker, changes.get(key(one)));
            }
        }
        return stale;
    }

    private static SortedMap<String, TopicSettings> withoutAccess(SortedMap<String, TopicSettings> topic) {
        SortedMap<String, TopicSettings> plain = new TreeMap<>();
        topic.forEach((broker, settings) -> plain.put(broker, settings.withAccess(Access.NONE)));
        return plain;
    }

    /** A topic must be wanted where it was wanted then, and stand on its way there. */
    private static void way(List<Stale> stale, Saved.OfMove saved, Situation situation, Change now) {
        Standing is = situation.standing(saved.name());
        Optional<PlannedTopic> topic = situation.scope().topics().stream()
                .filter(it -> it.name().equals(saved.name()))
                .findFirst();
        Optional<Stage> wanted = topic.map(PlannedTopic::wanted);
        if (!wanted.equals(Optional.of(saved.wanted()))) {
            stale.add(of(
                    saved,
                    "it was to come to " + saved.wanted().word() + ", and is now to come to "
                            + wanted.map(Stage::word).orElse("nothing")));
            return;
        }
        boolean fifo = topic.get().type() == MessageType.FIFO;
        boolean leaves = now instanceof Change.MoveTopic move && move.rung().isFor(Purpose.FINISH);
        if (!leaves && !is.equals(saved.found()) && !Ladder.isOnWay(saved.found(), is, saved.wanted(), fifo)) {
            stale.add(of(
                    saved,
                    "it was at " + saved.found().words() + " and is at " + is.words() + ", which is not on its way to "
                            + saved.wanted().word()));
        }
    }

    private static void nameServers(List<Stale> stale, Saved.OfBroker saved, Change now) {
        String before = now instanceof Change.JoinBroker join
                ? join.before()
                : now instanceof Change.LeaveBroker leave ? leave.before() : saved.before();
        boolean other = now != null && now.kind() != saved.kind();
        if (other || !(before.equals(saved.before()) || before.equals(saved.after()))) {
            stale.add(of(saved, "its name servers were " + saved.before() + " and are " + before));
        }
    }

    /** What is saved of a topic and its traffic are two changes; creating and aligning are one. */
    static String key(Change change) {
        return key(change.kind(), change.subject().name());
    }

    static String key(Saved saved) {
        return key(saved.kind(), saved.name());
    }

    private static String key(Change.ChangeKind kind, String name) {
        return switch (kind) {
                    case CREATE_TOPIC, ALIGN_TOPIC -> "topic ";
                    case CREATE_GROUP, ALIGN_GROUP -> "group ";
                    case JOIN_BROKER, LEAVE_BROKER -> "broker ";
                    case MOVE_TOPIC -> "traffic ";
                }
                + name;
    }

    /** What of all that is to be done now a saved change set holds too. */
    public static ChangeSet only(SavedChangeSet saved, ChangeSet now) {
        Set<String> changes = saved.changes().stream().map(Stale::key).collect(Collectors.toSet());
        Set<String> objects = saved.changes().stream()
                .map(one -> object(kind(one), one.name()))
                .collect(Collectors.toSet());
        List<Change> less = now.changes().stream()
                .filter(change -> changes.contains(key(change)))
                .toList();
        return new ChangeSet(
                now.plan(),
                now.partial() || less.size() < now.changes().size(),
                less,
                now.impossible().stream()
                        .filter(one -> objects.contains(
                                object(one.subject().kind(), one.subject().name())))
                        .toList(),
                now.unchanged().stream()
                        .filter(one -> objects.contains(object(one.kind(), one.name())))
                        .toList(),
                now.unmanaged(),
                now.unplanned(),
                now.fingerprint());
    }

    private static String object(Subject.Kind kind, String name) {
        return kind.word() + " " + name;
    }

    private static Subject.Kind kind(Saved saved) {
        return switch (saved.kind()) {
            case CREATE_TOPIC, ALIGN_TOPIC, MOVE_TOPIC -> Subject.Kind.TOPIC;
            case CREATE_GROUP, ALIGN_GROUP -> Subject.Kind.GROUP;
            case JOIN_BROKER, LEAVE_BROKER -> Subject.Kind.BROKER;
        };
    }

    private static Stale of(Saved saved, String what) {
        return new Stale(kind(saved).word(), saved.name(), what);
    }

    private static SortedMap<String, TopicSettings> afterOfTopic(Change change) {
        if (change instanceof Change.CreateTopic create) {
            return create.after();
        }
        return change instanceof Change.AlignTopic align ? align.after() : new TreeMap<>();
    }

    private static SortedMap<String, GroupSettings> afterOfGroup(Change change) {
        if (change instanceof Change.CreateGroup create) {
            return create.after();
        }
        return change instanceof Change.AlignGroup align ? align.after() : new TreeMap<>();
    }

    /** Each master must have it as it was or as it is to be, and want of it what was reviewed. */
    private static <T> void compare(
            List<Stale> stale,
            Saved saved,
            SortedMap<String, T> before,
            SortedMap<String, T> after,
            SortedMap<String, T> found,
            SortedMap<String, T> wanted,
            Function<T, Map<String, String>> words) {
        for (Map.Entry<String, T> broker : after.entrySet()) {
            T was = before.get(broker.getKey());
            T is = found.get(broker.getKey());
            boolean done = broker.getValue().equals(is);
            if (!done && (is == null ? was != null : !is.equals(was))) {
                stale.add(of(
                        saved,
                        "on broker " + broker.getKey() + " it was " + words(was, is, words) + " and is "
                                + words(is, was, words)));
                return;
            }
            T now = wanted.getOrDefault(broker.getKey(), is);
            if (!broker.getValue().equals(now)) {
                stale.add(of(
                        saved,
                        "on broker " + broker.getKey() + " it was to be " + words(broker.getValue(), now, words)
                                + " and is now to be " + words(now, broker.getValue(), words)
                                + ": the plan or the source has changed"));
                return;
            }
        }
        for (String broker : wanted.keySet()) {
            if (!after.containsKey(broker)) {
                stale.add(of(saved, "it is now to be changed on broker " + broker + " too"));
                return;
            }
        }
    }

    /** Only what is not the same in both. */
    private static <T> String words(T one, T other, Function<T, Map<String, String>> words) {
        if (one == null) {
            return "absent";
        }
        if (other == null) {
            return words.apply(one).entrySet().stream()
                    .limit(MOST_WORDS)
                    .map(word -> word.getKey() + " " + word.getValue())
                    .collect(Collectors.joining(", ", "there with ", ""));
        }
        Map<String, String> others = words.apply(other);
        String different = words.apply(one).entrySet().stream()
                .filter(word -> !word.getValue().equals(others.get(word.getKey())))
                .map(word -> word.getKey() + " " + word.getValue())
                .collect(Collectors.joining(", "));
        return different.isEmpty() ? "without more" : different;
    }
}
