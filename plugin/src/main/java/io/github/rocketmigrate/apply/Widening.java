package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.apply.Application.Stop;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.AlignTopic;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Gives topics that clients of the destination read more masters and queues there. A group without an offset in a queue
 * may skip what comes there first, so nobody can write to new ones before every group has an offset in them.
 */
final class Widening {
    private final Situation situation;
    private final Applier applier;
    private final Seeder seeder;
    private final Map<Subject, Applied> ended = new HashMap<>();
    private final Set<Subject> confirmed = new HashSet<>();
    private Optional<Stop> stop = Optional.empty();

    Widening(Situation situation, Applier applier, Seeder seeder) {
        this.situation = requireNonNull(situation, "situation is null");
        this.applier = requireNonNull(applier, "applier is null");
        this.seeder = requireNonNull(seeder, "seeder is null");
    }

    /** Makes them; each is told as one change, whatever it takes. */
    Application make(List<AlignTopic> changes) throws InterruptedException {
        apply(changes.stream()
                .filter(AlignTopic::addsMasters)
                .map(Widening::unwritten)
                .toList());
        seed(open(changes));
        apply(open(changes).stream().map(Widening::whole).toList());
        List<Applied> applied = new ArrayList<>();
        for (AlignTopic change : changes) {
            Applied last = ended.get(change.subject());
            boolean known = last.ending() == Ending.UNCHANGED && confirmed.contains(change.subject());
            applied.add(new Applied(change, known ? Ending.CONFIRMED : last.ending(), last.why(), last.fix()));
        }
        return new Application(applied, stop);
    }

    /** Those with which nothing has gone wrong so far. */
    private List<AlignTopic> open(List<AlignTopic> changes) {
        return changes.stream()
                .filter(change -> ended.get(change.subject()) == null
                        || ended.get(change.subject()).ending().isDone())
                .toList();
    }

    private void apply(List<AlignTopic> changes) throws InterruptedException {
        Application application = stop.isPresent()
                ? Application.notTried(changes, stop.get())
                : applier.apply(situation.destination(), List.copyOf(changes));
        stop = application.stopped();
        for (Applied one : application.changes()) {
            ended.put(one.change().subject(), one);
            if (one.ending() == Ending.CONFIRMED) {
                confirmed.add(one.change().subject());
            }
        }
    }

    private void seed(List<AlignTopic> changes) throws InterruptedException {
        if (stop.isPresent() || changes.isEmpty()) {
            return;
        }
        Map<String, Arrival> arrivals = new TreeMap<>();
        Map<String, Map<String, TopicSettings>> places = new HashMap<>();
        for (AlignTopic change : changes) {
            String topic = change.subject().name();
            arrivals.put(topic, Arrival.of(situation, topic));
            places.put(topic, change.after());
        }
        try {
            Map<String, String> unseeded = seeder.seed(situation, arrivals, places);
            for (AlignTopic change : changes) {
                String why = unseeded.get(change.subject().name());
                if (why != null) {
                    ended.put(change.subject(), new Applied(change, Ending.FAILED, why, Seeder.FIX));
                }
            }
        } catch (Halt halt) {
            stop = Optional.of(halt.stop());
        }
    }

    /** New masters only, where it cannot be written yet. */
    private static AlignTopic unwritten(AlignTopic change) {
        SortedMap<String, TopicSettings> after = new TreeMap<>(added(change));
        return new AlignTopic(change.subject(), new TreeMap<>(), after, true);
    }

    /** All of it, when new masters have it. */
    private static AlignTopic whole(AlignTopic change) {
        SortedMap<String, TopicSettings> before = new TreeMap<>(change.before());
        before.putAll(added(change));
        return new AlignTopic(change.subject(), before, change.after(), true);
    }

    private static SortedMap<String, TopicSettings> added(AlignTopic change) {
        SortedMap<String, TopicSettings> added = new TreeMap<>(change.after());
        added.keySet().removeAll(change.before().keySet());
        added.replaceAll(
                (broker, settings) -> settings.withAccess(settings.access().only(Access.READ)));
        return added;
    }

    /** The changes of this kind. */
    static List<AlignTopic> among(List<Change> changes) {
        return changes.stream()
                .filter(change -> change instanceof AlignTopic && change.isAboutTraffic())
                .map(AlignTopic.class::cast)
                .toList();
    }
}
