package io.github.rocketmigrate.discover;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;
import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Proposes batches: topics that a group, a producer or a program couples move together, the least traffic and the fewest
 * groups first. Topics that nothing couples share batches of a reviewable size.
 *
 * <p>FIFO topics come last, after everybody has practiced. Only a consumer group puts them into one batch with other topics:
 * a producer that sends to both restarts once, before either moves.
 */
final class BatchProposal {
    /** Of topics that nothing couples. */
    static final int MOST_INDEPENDENT = 20;

    private static final int LONGEST_NAME = 60;
    private static final int SHORTEST_PREFIX = 3;

    private final SortedMap<String, SourceTopic> topics;
    private final Map<String, String> leaders = new HashMap<>();
    private final List<Coupling> couplings;
    private final Set<String> fifo;
    private final Set<String> names;

    private BatchProposal(
            SortedMap<String, SourceTopic> topics, List<Coupling> couplings, Set<String> fifo, Set<String> taken) {
        this.topics = topics;
        this.couplings = couplings;
        this.fifo = fifo;
        this.names = new HashSet<>(taken);
    }

    /**
     * Proposes batches for all topics and groups.
     *
     * @param couplings reasons beside the groups that consume several topics
     * @param fifo the topics that keep their order
     */
    static List<ProposedBatch> of(
            SortedMap<String, SourceTopic> topics,
            SortedMap<String, SourceGroup> groups,
            List<Coupling> couplings,
            Set<String> fifo) {
        return of(topics, groups, couplings, fifo, Set.of());
    }

    /**
     * Proposes batches for topics and groups that come to others.
     *
     * @param taken the names of the batches that exist
     */
    static List<ProposedBatch> of(
            SortedMap<String, SourceTopic> topics,
            SortedMap<String, SourceGroup> groups,
            List<Coupling> couplings,
            Set<String> fifo,
            Set<String> taken) {
        SortedMap<String, SortedSet<String>> consumed = consumed(topics, groups);
        List<Coupling> all = new ArrayList<>();
        consumed.forEach((group, ofGroup) -> all.add(new Coupling(ofGroup, "group " + group + " consumes")));
        couplings.stream()
                .map(coupling -> coupling.among(topics.keySet()))
                .flatMap(coupling -> apart(coupling, fifo).stream())
                .forEach(all::add);
        all.removeIf(coupling -> !coupling.isCoupling());
        return new BatchProposal(topics, all, fifo, taken).batches(consumed);
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

    private List<ProposedBatch> batches(SortedMap<String, SortedSet<String>> consumed) {
        couplings.forEach(coupling -> {
            String first = leader(coupling.topics().first());
            coupling.topics().forEach(topic -> leaders.put(leader(topic), first));
        });
        SortedMap<String, Part> parts = new TreeMap<>();
        topics.forEach((name, topic) ->
                parts.computeIfAbsent(leader(name), key -> new Part()).add(topic));
        SortedSet<String> withoutTopic = new TreeSet<>();
        consumed.forEach((group, ofGroup) -> {
            if (ofGroup.isEmpty()) {
                withoutTopic.add(group);
            } else {
                parts.get(leader(ofGroup.first())).groups.add(group);
            }
        });
        List<Part> ordered = new ArrayList<>(parts.values());
        ordered.sort(comparingLong((Part part) -> part.written)
                .thenComparing(comparingInt(part -> part.groups.size()))
                .thenComparing(comparing(part -> part.topics.first())));
        List<ProposedBatch> proposed = new ArrayList<>();
        for (boolean isOrdered : List.of(false, true)) {
            List<Part> some = ordered.stream()
                    .filter(part -> part.topics.stream().anyMatch(fifo::contains) == isOrdered)
                    .toList();
            proposed.addAll(independent(
                    some.stream().filter(part -> part.topics.size() == 1).toList()));
            some.stream()
                    .filter(part -> part.topics.size() > 1)
                    .map(this::coupled)
                    .forEach(proposed::add);
        }
        if (!withoutTopic.isEmpty()) {
            proposed.add(new ProposedBatch(
                    unique("groups-without-topics"),
                    List.of("no topic of the plan is known to be consumed by these groups"),
                    new TreeSet<>(),
                    withoutTopic));
        }
        return proposed;
    }

    /** The topic that stands for all that are joined with this one. */
    private String leader(String topic) {
        String leader = topic;
        while (!leaders.getOrDefault(leader, leader).equals(leader)) {
            leader = leaders.get(leader);
        }
        // The next question takes one step.
        leaders.put(topic, leader);
        return leader;
    }

    /** Topics that are joined, with their groups. */
    private static final class Part {
        private final SortedSet<String> topics = new TreeSet<>();
        private final SortedSet<String> groups = new TreeSet<>();
        private long written;

        void add(SourceTopic topic) {
            topics.add(topic.name());
            written += topic.written();
        }

        void add(Part other) {
            topics.addAll(other.topics);
            groups.addAll(other.groups);
        }
    }

    private List<ProposedBatch> independent(List<Part> single) {
        List<ProposedBatch> proposed = new ArrayList<>();
        int number = 1;
        for (int i = 0; i < single.size(); i += MOST_INDEPENDENT) {
            while (!names.add("independent-" + number)) {
                number++;
            }
            Part joined = new Part();
            single.subList(i, Math.min(single.size(), i + MOST_INDEPENDENT)).forEach(joined::add);
            proposed.add(new ProposedBatch(
                    "independent-" + number,
                    List.of("nothing was seen that couples these topics"),
                    joined.topics,
                    joined.groups));
        }
        return proposed;
    }

    private ProposedBatch coupled(Part part) {
        List<String> reasons = couplings.stream()
                .filter(coupling -> part.topics.contains(coupling.topics().first()))
                .map(coupling -> coupling.words())
                .toList();
        return new ProposedBatch(unique(named(part.topics)), reasons, part.topics, part.groups);
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
        String name = common.length() < SHORTEST_PREFIX ? first : common;
        return name.substring(0, Math.min(LONGEST_NAME, name.length()));
    }

    private String unique(String name) {
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name + "-" + i;
        }
        return unique;
    }
}
