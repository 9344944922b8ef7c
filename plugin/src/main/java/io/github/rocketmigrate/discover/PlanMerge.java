package io.github.rocketmigrate.discover;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.PlanAdditions;
import io.github.rocketmigrate.plan.PlanAdditions.Entries;
import io.github.rocketmigrate.plan.PlanAdditions.Entry;
import io.github.rocketmigrate.plan.PlanAdditions.NewBatch;
import io.github.rocketmigrate.plan.PlanLines;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds out what a plan lacks of its source. A new topic comes into the batch of a group that consumes it, else of a producer
 * that also sends to a topic there, and a new group into the batch of a topic that it consumes; batches are proposed for
 * the others.
 */
public final class PlanMerge {
    private final MigrationPlan plan;
    private final SortedMap<String, SortedSet<String>> consumed;
    private final Map<String, Integer> placesOfTopics = new HashMap<>();
    private final Map<String, Integer> placesOfGroups = new HashMap<>();
    private final SortedSet<String> topics;
    private final SortedSet<String> groups;
    private final Discovery discovery;
    private final PlanAdditions additions;

    /** Compares a plan with what its source has. */
    public PlanMerge(MigrationPlan plan, Discovery source) {
        this.plan = plan;
        this.topics = new TreeSet<>(source.topics().keySet());
        topics.removeAll(plan.knownTopics());
        this.groups = new TreeSet<>(source.groups().keySet());
        groups.removeAll(plan.knownGroups());
        this.consumed = BatchProposal.consumed(source.topics(), source.groups());
        consumed.keySet().removeAll(plan.ignoredGroupNames());
        placeThePlan();
        List<Coupling> writers = writers(source);
        do {
            place();
        } while (placeOneOf(writers));
        this.discovery = source.proposing(
                without(topics, placesOfTopics),
                without(groups, placesOfGroups),
                plan.batches().stream().map(batch -> batch.name().value()).collect(toSet()));
        this.additions = added();
    }

    private static SortedSet<String> without(SortedSet<String> names, Map<String, Integer> placed) {
        SortedSet<String> others = new TreeSet<>(names);
        others.removeAll(placed.keySet());
        return others;
    }

    /** The new topics. */
    public SortedSet<String> topics() {
        return topics;
    }

    /** The new groups. */
    public SortedSet<String> groups() {
        return groups;
    }

    /** What was seen of the source, with proposed batches for what belongs to no batch of the plan. */
    public Discovery discovery() {
        return discovery;
    }

    private void placeThePlan() {
        for (int i = plan.batches().size() - 1; i >= 0; i--) {
            int index = i;
            Batch batch = plan.batches().get(i);
            batch.topics().forEach(topic -> placesOfTopics.put(topic.name().value(), index));
            batch.groups().forEach(group -> placesOfGroups.put(group.name().value(), index));
        }
    }

    /** Finds the batches of the plan for what a group couples with them, also over other new topics and groups. */
    private void place() {
        int before;
        do {
            before = placesOfTopics.size() + placesOfGroups.size();
            consumed.forEach((group, ofGroup) -> {
                if (groups.contains(group)) {
                    ofGroup.stream()
                            .filter(placesOfTopics::containsKey)
                            .map(placesOfTopics::get)
                            .min(Integer::compare)
                            .ifPresent(place -> placesOfGroups.putIfAbsent(group, place));
                }
                if (placesOfGroups.containsKey(group)) {
                    ofGroup.forEach(topic -> placesOfTopics.putIfAbsent(topic, placesOfGroups.get(group)));
                }
            });
        } while (placesOfTopics.size() + placesOfGroups.size() > before);
    }

    /** Producers and programs couple FIFO topics with each other only, and other topics with each other. */
    private List<Coupling> writers(Discovery source) {
        Set<String> fifo = plan.topics()
                .filter(topic -> topic.type().value() == MessageType.FIFO)
                .map(topic -> topic.name().value())
                .collect(toCollection(TreeSet::new));
        topics.stream()
                .filter(topic -> source.types().get(topic).is(MessageType.FIFO))
                .forEach(fifo::add);
        return source.couplings().stream()
                .flatMap(coupling -> BatchProposal.apart(coupling, fifo).stream())
                .toList();
    }

    /** Finds a batch for the topics of one producer or program; returns whether any was found. */
    private boolean placeOneOf(List<Coupling> writers) {
        for (Coupling writer : writers) {
            Optional<Integer> place = writer.topics().stream()
                    .filter(placesOfTopics::containsKey)
                    .map(placesOfTopics::get)
                    .min(Integer::compare);
            List<String> homeless = writer.topics().stream()
                    .filter(topic -> topics.contains(topic) && !placesOfTopics.containsKey(topic))
                    .toList();
            if (place.isPresent() && !homeless.isEmpty()) {
                homeless.forEach(topic -> placesOfTopics.put(topic, place.get()));
                return true;
            }
        }
        return false;
    }

    /** What to add to the plan. */
    public PlanAdditions additions() {
        return additions;
    }

    private PlanAdditions added() {
        SortedMap<Integer, Entries> extended = new TreeMap<>();
        for (int i = 0; i < plan.batches().size(); i++) {
            Entries entries = entries(i);
            if (!entries.topics().isEmpty() || !entries.groups().isEmpty()) {
                extended.put(i, entries);
            }
        }
        return new PlanAdditions(
                extended,
                discovery.batches().stream()
                        .map(batch -> PlanDraft.batch(batch, discovery))
                        .toList());
    }

    private Entries entries(int place) {
        boolean isAhead = plan.batches().get(place).wanted() != Stage.SOURCE;
        return new Entries(
                in(place, topics, placesOfTopics).stream()
                        .map(topic -> PlanDraft.topic(topic, discovery))
                        .map(topic -> isAhead ? staying(topic) : topic)
                        .toList(),
                in(place, groups, placesOfGroups).stream()
                        .map(group -> PlanDraft.group(group, discovery))
                        .toList());
    }

    private static List<String> in(int place, SortedSet<String> names, Map<String, Integer> places) {
        return names.stream()
                .filter(name -> places.containsKey(name) && places.get(name) == place)
                .toList();
    }

    /** A topic that its batch does not move before the user says so. */
    private static Entry staying(Entry topic) {
        Map<String, String> words = new LinkedHashMap<>(topic.words());
        words.put("stage", Stage.SOURCE.word());
        return new Entry(topic.name(), words, topic.comment());
    }

    /** The additions as text of their own, for a plan that only a person can edit. */
    public String text() {
        List<NewBatch> batches = new ArrayList<>();
        additions
                .extended()
                .forEach((place, entries) -> batches.add(new NewBatch(
                        plan.batches().get(place).name().value(),
                        List.of("this batch is in the plan: add the following to its lists"),
                        entries)));
        batches.addAll(additions.batches());
        StringBuilder text = new StringBuilder("batches:\n");
        for (NewBatch batch : batches) {
            PlanLines.batch(batch)
                    .forEach(line -> text.append("  ").append(line).append('\n'));
        }
        return text.toString();
    }
}
