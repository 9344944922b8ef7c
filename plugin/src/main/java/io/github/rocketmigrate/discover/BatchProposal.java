package io.github.rocketmigrate.discover;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Proposes batches: topics that a group, a producer or a program couples move together, the least traffic and the fewest
 * groups first. Topics that nothing couples share batches of a reviewable size. If the user asks for other batches, their
 * comments name the couplings that they cut.
 *
 * <p>FIFO topics come last, after everybody has practiced. Only a consumer group puts them into one batch with other topics:
 * a producer that sends to both restarts once, before either moves.
 *
 * <p>Longer than 300 lines: what is in a batch, its name and its reasons follow from the same couplings.
 */
final class BatchProposal {
    /** Of topics that nothing couples. */
    static final int MOST_INDEPENDENT = 20;

    private static final int LONGEST_NAME = 60;
    private static final int SHORTEST_PREFIX = 3;

    private final SortedMap<String, SourceTopic> topics;
    private final SortedMap<String, SortedSet<String>> consumed;
    private final List<Coupling> writers;
    private final Set<String> fifo;
    private final BatchSplit split;
    private final Set<String> names;

    private BatchProposal(
            SortedMap<String, SourceTopic> topics,
            SortedMap<String, SortedSet<String>> consumed,
            List<Coupling> writers,
            Set<String> fifo,
            BatchSplit split,
            Set<String> taken) {
        this.topics = topics;
        this.consumed = consumed;
        this.writers = writers;
        this.fifo = fifo;
        this.split = split;
        this.names = new HashSet<>(taken);
    }

    /**
     * Proposes batches for all topics and groups.
     *
     * @param writers the producers and programs that couple topics, beside the groups that consume several of them
     * @param fifo the topics that keep their order
     */
    static List<ProposedBatch> of(
            SortedMap<String, SourceTopic> topics,
            SortedMap<String, SourceGroup> groups,
            List<Coupling> writers,
            Set<String> fifo,
            BatchSplit split) {
        return of(topics, groups, writers, fifo, split, Set.of());
    }

    /**
     * Proposes batches for topics and groups that come to others.
     *
     * @param taken the names of the batches that exist
     */
    static List<ProposedBatch> of(
            SortedMap<String, SourceTopic> topics,
            SortedMap<String, SourceGroup> groups,
            List<Coupling> writers,
            Set<String> fifo,
            BatchSplit split,
            Set<String> taken) {
        return new BatchProposal(topics, consumed(topics, groups), writers, fifo, split, taken).batches();
    }

    /** A producer or program couples FIFO topics with each other, and others with each other. */
    static List<Coupling> apart(Coupling coupling, Set<String> fifo) {
        SortedSet<String> ordered = new TreeSet<>(coupling.topics());
        ordered.retainAll(fifo);
        SortedSet<String> others = new TreeSet<>(coupling.topics());
        others.removeAll(fifo);
        return List.of(coupling.part(others, "in a later batch FIFO"), coupling.part(ordered, "in another batch"));
    }

    /** The topics of each group, as either of them was seen. */
    static SortedMap<String, SortedSet<String>> consumed(
            SortedMap<String, SourceTopic> topics, SortedMap<String, SourceGroup> groups) {
        SortedMap<String, SortedSet<String>> consumed = new TreeMap<>();
        groups.forEach((name, group) -> {
            SortedSet<String> ofGroup = new TreeSet<>(group.topics());
            ofGroup.retainAll(topics.keySet());
            consumed.put(name, ofGroup);
        });
        topics.forEach((name, topic) -> topic.groups().forEach(group -> {
            if (consumed.containsKey(group)) {
                consumed.get(group).add(name);
            }
        }));
        return consumed;
    }

    private List<ProposedBatch> batches() {
        List<Part> asked =
                split.batches(topics.keySet()).stream().map(Part::new).toList();
        SortedSet<String> rest = new TreeSet<>(topics.keySet());
        asked.forEach(part -> rest.removeAll(part.topics));
        List<Part> parts = new ArrayList<>(asked);
        parts.addAll(coupled(rest));
        SortedSet<String> withoutTopic = placeGroups(parts);
        List<Part> batches = new ArrayList<>();
        if (split.isOrdered()) {
            batches.addAll(asked);
            parts.removeAll(asked);
        }
        parts.sort(comparingLong((Part part) -> part.written())
                .thenComparing(comparingInt(part -> part.groups.size()))
                .thenComparing(comparing(part -> part.topics.first())));
        for (boolean isFifo : List.of(false, true)) {
            List<Part> some = parts.stream()
                    .filter(part -> part.topics.stream().anyMatch(fifo::contains) == isFifo)
                    .toList();
            batches.addAll(independent(some.stream().filter(Part::isSingle).toList(), isFifo));
            some.stream().filter(part -> !part.isSingle()).forEach(batches::add);
        }
        batches.forEach(part -> part.name = unique(part.name));
        List<ProposedBatch> proposed = new ArrayList<>(batches.stream()
                .map(part -> new ProposedBatch(part.name, reasons(part, batches), part.topics, part.groups))
                .toList());
        if (!withoutTopic.isEmpty()) {
            proposed.add(new ProposedBatch(
                    unique("groups-without-topics"),
                    List.of("no topic of the plan is known to be consumed by these groups"),
                    new TreeSet<>(),
                    withoutTopic));
        }
        return proposed;
    }

    /** The topics that go into one batch, with their groups. */
    private final class Part {
        private String name;
        /** Why its topics are together if no coupling asks for it. */
        private final Optional<String> reason;

        private final List<Coupling> couplings = new ArrayList<>();
        private final SortedSet<String> topics = new TreeSet<>();
        private final SortedSet<String> groups = new TreeSet<>();

        Part(String name, String reason) {
            this.name = name;
            this.reason = Optional.of(reason);
        }

        Part(BatchSplit.AskedBatch asked) {
            this(asked.name(), asked.reason());
            this.topics.addAll(asked.topics());
        }

        Part(SortedSet<String> topics, List<Coupling> couplings) {
            this.name = named(topics);
            this.reason = Optional.empty();
            this.topics.addAll(topics);
            this.couplings.addAll(couplings);
        }

        boolean isSingle() {
            return topics.size() == 1 && reason.isEmpty() && couplings.isEmpty();
        }

        long written() {
            return topics.stream()
                    .mapToLong(topic -> BatchProposal.this.topics.get(topic).written())
                    .sum();
        }

        void add(Part other) {
            topics.addAll(other.topics);
            groups.addAll(other.groups);
        }

        /** How many of these topics it has. */
        int common(Set<String> some) {
            return (int) some.stream().filter(topic -> topics.contains(topic)).count();
        }
    }

    /** The topics that no wish of the user puts into a batch, joined by what couples them. */
    private List<Part> coupled(SortedSet<String> rest) {
        List<Coupling> couplings = new ArrayList<>();
        groupCouplings().forEach(coupling -> couplings.add(coupling.among(rest)));
        writers.stream()
                .map(coupling -> coupling.among(rest))
                .flatMap(coupling -> apart(coupling, fifo).stream())
                .forEach(couplings::add);
        couplings.removeIf(coupling -> !coupling.isCoupling());
        JoinedTopics joined = new JoinedTopics(couplings);
        SortedMap<String, SortedSet<String>> byLeader = new TreeMap<>();
        rest.forEach(topic -> byLeader.computeIfAbsent(joined.leader(topic), key -> new TreeSet<>())
                .add(topic));
        Map<String, List<Coupling>> couplingsByLeader = new TreeMap<>();
        couplings.forEach(coupling -> couplingsByLeader
                .computeIfAbsent(joined.leader(coupling.topics().first()), key -> new ArrayList<>())
                .add(coupling));
        return byLeader.entrySet().stream()
                .map(part -> new Part(part.getValue(), couplingsByLeader.getOrDefault(part.getKey(), List.of())))
                .toList();
    }

    private List<Coupling> groupCouplings() {
        return consumed.entrySet().stream()
                .map(group -> new Coupling(group.getValue(), "group " + group.getKey() + " consumes"))
                .toList();
    }

    /** Puts each group to the most of its topics, or to the first of several batches; returns the groups that have none. */
    private SortedSet<String> placeGroups(List<Part> parts) {
        Map<String, Part> byTopic = new TreeMap<>();
        parts.forEach(part -> part.topics.forEach(topic -> byTopic.put(topic, part)));
        SortedSet<String> withoutTopic = new TreeSet<>();
        consumed.forEach((group, ofGroup) -> {
            if (ofGroup.isEmpty()) {
                withoutTopic.add(group);
                return;
            }
            Part most = ofGroup.stream()
                    .map(byTopic::get)
                    .distinct()
                    .max(comparingInt((Part part) -> part.common(ofGroup))
                            .thenComparing(comparingInt(parts::indexOf).reversed()))
                    .orElseThrow();
            most.groups.add(group);
        });
        return withoutTopic;
    }

    private List<Part> independent(List<Part> single, boolean isFifo) {
        String name = isFifo ? "independent-fifo" : "independent";
        List<Part> batches = new ArrayList<>();
        for (int i = 0; i < single.size(); i += MOST_INDEPENDENT) {
            List<Part> some = single.subList(i, Math.min(single.size(), i + MOST_INDEPENDENT));
            Part batch = new Part(
                    single.size() <= MOST_INDEPENDENT ? name : name + "-" + (batches.size() + 1),
                    "nothing was seen that couples these topics"
                            + (some.size() == 1 ? "" : "; to move one at a time, give each its own stage"));
            some.forEach(batch::add);
            batches.add(batch);
        }
        return batches;
    }

    /** Why its topics are together, and what it cuts: a coupling that is cut also names the topics of other batches. */
    private List<String> reasons(Part part, List<Part> batches) {
        List<Coupling> cut = split.equals(BatchSplit.COUPLED) ? List.of() : cut(part, batches);
        Set<String> named = cut.stream().map(Coupling::why).collect(toSet());
        return Stream.of(
                        part.reason.stream(),
                        cut.stream().map(Coupling::words),
                        part.couplings.stream()
                                .filter(coupling -> !named.contains(coupling.why()))
                                .map(Coupling::words))
                .flatMap(words -> words)
                .toList();
    }

    /** The couplings that hold only a part of their topics in this batch. */
    private List<Coupling> cut(Part part, List<Part> batches) {
        return Stream.concat(
                        groupCouplings().stream(), writers.stream().map(coupling -> coupling.among(topics.keySet())))
                .filter(coupling -> part.common(coupling.topics()) > 0
                        && part.common(coupling.topics()) < coupling.topics().size())
                .map(coupling -> new Coupling(
                        coupling.among(part.topics).topics(), coupling.why(), others(coupling, part, batches)))
                .toList();
    }

    /** {@code in batch pay payments, refunds, in batch mail letters}. */
    private static String others(Coupling coupling, Part part, List<Part> batches) {
        return batches.stream()
                .filter(other -> other != part && other.common(coupling.topics()) > 0)
                .map(other -> "in batch " + other.name + " "
                        + Names.of(coupling.among(other.topics).topics(), Counts.MOST_NAMED))
                .collect(joining(", "));
    }

    /** What the names of topics have in common or, if that is too little, the first of them. */
    private static String named(SortedSet<String> topics) {
        String first = topics.first();
        String last = topics.last();
        int length = 0;
        while (length < Math.min(first.length(), last.length()) && first.charAt(length) == last.charAt(length)) {
            length++;
        }
        String common = first.substring(0, length).replaceFirst("[^A-Za-z0-9]*[A-Za-z0-9]*$", "");
        return common.length() < SHORTEST_PREFIX ? first : common;
    }

    private String unique(String name) {
        String first = name.substring(0, Math.min(LONGEST_NAME, name.length()));
        String unique = first;
        for (int i = 2; !names.add(unique); i++) {
            unique = first + "-" + i;
        }
        return unique;
    }
}
