package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Ladder;
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
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Explains why a saved change set no longer fits: an object was changed by others, or the plan was edited since.
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
     * Compares a saved change set with the clusters and with the changes that are planned now.
     *
     * @return nothing if it fits, also if a part of it is already applied
     */
    public static List<Stale> in(SavedChangeSet saved, Situation situation, ChangeSet now) {
        List<Stale> stale = new ArrayList<>();
        if (!saved.plan().equals(now.plan())) {
            stale.add(new Stale("plan", saved.plan(), "the change set is not for plan " + now.plan()));
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
                                + " and is now " + cluster.cluster() + " with "
                                + String.join(", ", cluster.brokers().keySet())));
            }
        }
        if (!stale.isEmpty()) {
            return stale;
        }
        // A waiver, a limit or another batch that nobody has reviewed may decide what becomes of the reviewed changes.
        if (saved.planSha256()
                .filter(hash -> !hash.equals(situation.plan().contentSha256()))
                .isPresent()) {
            stale.add(new Stale("plan", saved.plan(), "it was edited after this change set was saved"));
        }
        Map<String, Change> changes = new HashMap<>();
        now.changes().forEach(change -> changes.put(SavedChangeSet.key(change), change));
        Map<String, Impossible> impossible = new HashMap<>();
        now.impossible().forEach(one -> impossible.put(SavedChangeSet.object(one.subject()), one));
        Set<String> movers = saved.changes().stream()
                .filter(Change.MoveTopic.class::isInstance)
                .map(change -> change.subject().name())
                .collect(Collectors.toSet());
        for (Change one : saved.changes()) {
            Change wanted = changes.get(SavedChangeSet.key(one));
            Impossible reason = impossible.get(SavedChangeSet.object(one.subject()));
            // If only a part of what the plan asks of an object cannot be done, there is also a change for the rest.
            if (reason != null && wanted == null && !(one instanceof Change.Remove)) {
                stale.add(of(one, "it cannot be done now: " + reason.what()));
            } else if (one instanceof Change.AlignObject object) {
                // The move of a topic changes its permissions, so they do not count here.
                UnaryOperator<ObjectSettings> compared =
                        object.isOfTopic() && movers.contains(object.subject().name())
                                ? Stale::withoutAccess
                                : UnaryOperator.identity();
                compare(stale, object, situation, wanted, compared);
            } else if (one instanceof Change.MoveTopic move) {
                stage(stale, move, situation, wanted);
            } else if (one instanceof Change.Remove remove) {
                removal(stale, remove, wanted);
            } else if (one instanceof Change.RegisterBroker broker) {
                nameServers(stale, broker, wanted);
            }
        }
        return stale;
    }

    private static ObjectSettings withoutAccess(ObjectSettings settings) {
        return settings instanceof TopicSettings topic ? topic.withAccess(Access.NONE) : settings;
    }

    /** A topic must have the same planned stage and be on its way there. */
    private static void stage(List<Stale> stale, Change.MoveTopic saved, Situation situation, Change now) {
        Standing is = situation.standing(saved.subject().name());
        Optional<PlannedTopic> topic = situation.scope().topics().stream()
                .filter(it -> it.name().equals(saved.subject().name()))
                .findFirst();
        Optional<Stage> wanted = topic.map(PlannedTopic::wanted);
        if (!wanted.equals(Optional.of(saved.wanted()))) {
            stale.add(of(
                    saved,
                    "its planned stage was " + saved.wanted().word() + " and is now "
                            + wanted.map(Stage::word).orElse("none")));
            return;
        }
        boolean fenced = topic.get().isFenced();
        boolean leaves = now instanceof Change.MoveTopic move
                && (move.rung().isFor(Purpose.FINISH) || move.found().pair().isEmpty());
        if (!leaves && !is.equals(saved.found()) && !Ladder.isOnWay(saved.found(), is, saved.wanted(), fenced)) {
            stale.add(of(
                    saved,
                    "it was at " + saved.found().words() + " and is now at " + is.words() + ", which is not on the"
                            + " way to " + saved.wanted().word()));
        } else if (is.equals(saved.found())
                && saved.rung().closesFirst()
                && now instanceof Change.MoveTopic move
                && !move.rung().closesFirst()) {
            stale.add(of(
                    saved,
                    "it was to pass a fence, which keeps its order, and nothing shows now that its order matters"));
        }
    }

    /** What is left of the object must have the settings that were reviewed. */
    private static void removal(List<Stale> stale, Change.Remove saved, Change now) {
        if (!(now instanceof Change.Remove remove)) {
            return;
        }
        for (Map.Entry<String, ObjectSettings> broker : remove.before().entrySet()) {
            ObjectSettings was = saved.before().get(broker.getKey());
            if (!broker.getValue().equals(was)) {
                stale.add(of(
                        saved,
                        "on broker " + broker.getKey() + " it was " + words(was, broker.getValue()) + " and is now "
                                + words(broker.getValue(), was)));
                return;
            }
        }
    }

    private static void nameServers(List<Stale> stale, Change.RegisterBroker saved, Change now) {
        String before = now instanceof Change.RegisterBroker register ? register.before() : saved.before();
        if (!(before.equals(saved.before()) || before.equals(saved.after()))) {
            stale.add(of(saved, "its name servers were " + saved.before() + " and are now " + before));
        }
    }

    private static Stale of(Change saved, String what) {
        return new Stale(saved.subject().kind().word(), saved.subject().name(), what);
    }

    /**
     * Each master must have the settings before or after the change, and the plan must still want the reviewed ones.
     */
    private static void compare(
            List<Stale> stale,
            Change.AlignObject saved,
            Situation situation,
            Change change,
            UnaryOperator<ObjectSettings> compared) {
        SortedMap<String, ? extends ObjectSettings> found = saved.isOfTopic()
                ? situation.destination().topic(saved.subject().name())
                : situation.destination().group(saved.subject().name());
        SortedMap<String, ObjectSettings> wanted =
                change instanceof Change.AlignObject object ? object.after() : new TreeMap<>();
        for (Map.Entry<String, ObjectSettings> broker : saved.after().entrySet()) {
            ObjectSettings was = of(saved.before(), broker.getKey(), compared);
            ObjectSettings reviewed = compared.apply(broker.getValue());
            ObjectSettings is = of(found, broker.getKey(), compared);
            boolean done = reviewed.equals(is);
            if (!done && (is == null ? was != null : !is.equals(was))) {
                stale.add(of(
                        saved,
                        "on broker " + broker.getKey() + " it was " + words(was, is) + " and is now "
                                + words(is, was)));
                return;
            }
            ObjectSettings now = wanted.containsKey(broker.getKey()) ? of(wanted, broker.getKey(), compared) : is;
            if (!reviewed.equals(now)) {
                stale.add(of(
                        saved,
                        "on broker " + broker.getKey() + " the change set wants " + words(reviewed, now)
                                + ", but the plan or the source was changed and now wants " + words(now, reviewed)));
                return;
            }
        }
        for (String broker : wanted.keySet()) {
            if (!saved.after().containsKey(broker)) {
                stale.add(of(saved, "it now has to change on broker " + broker + " too"));
                return;
            }
        }
    }

    private static ObjectSettings of(
            Map<String, ? extends ObjectSettings> settings, String broker, UnaryOperator<ObjectSettings> compared) {
        ObjectSettings found = settings.get(broker);
        return found == null ? null : compared.apply(found);
    }

    /** Only the attributes that differ. */
    private static String words(ObjectSettings one, ObjectSettings other) {
        if (one == null) {
            return "absent";
        }
        if (other == null) {
            return Differences.words(one).entrySet().stream()
                    .limit(MOST_WORDS)
                    .map(word -> word.getKey() + " " + word.getValue())
                    .collect(Collectors.joining(", ", "present with ", ""));
        }
        Map<String, String> others = Differences.words(other);
        String different = Differences.words(one).entrySet().stream()
                .filter(word -> !word.getValue().equals(others.get(word.getKey())))
                .map(word -> word.getKey() + " " + word.getValue())
                .collect(Collectors.joining(", "));
        return different.isEmpty() ? "without these attributes" : different;
    }
}
