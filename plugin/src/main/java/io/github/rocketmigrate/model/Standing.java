package io.github.rocketmigrate.model;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * The accesses of one topic that the masters of each cluster report. A side has several if a run stopped within a write.
 */
public record Standing(SortedSet<Access> source, SortedSet<Access> destination) {
    public Standing {
        source = orNone(source);
        destination = orNone(destination);
    }

    /** A topic that does not exist can be neither read nor written. */
    private static SortedSet<Access> orNone(SortedSet<Access> accesses) {
        return Access.setOf(accesses.isEmpty() ? List.of(Access.NONE) : accesses);
    }

    /** For sides whose masters agree. */
    public static Standing of(Pair pair) {
        return new Standing(Access.setOf(List.of(pair.source())), Access.setOf(List.of(pair.destination())));
    }

    /** Returns a copy in which all masters of a side have one access. */
    public Standing with(Side side, Access access) {
        SortedSet<Access> one = Access.setOf(List.of(access));
        return switch (side) {
            case SOURCE -> new Standing(one, destination);
            case DESTINATION -> new Standing(source, one);
        };
    }

    public SortedSet<Access> at(Side side) {
        return switch (side) {
            case SOURCE -> source;
            case DESTINATION -> destination;
        };
    }

    /** Returns the pair if the masters of each side agree. */
    public Optional<Pair> pair() {
        return source.size() == 1 && destination.size() == 1
                ? Optional.of(new Pair(source.first(), destination.first()))
                : Optional.empty();
    }

    /** Returns every pair that an interrupted write may have started from or aimed at. */
    List<Pair> pairs() {
        return source.stream()
                .flatMap(here -> destination.stream().map(there -> new Pair(here, there)))
                .toList();
    }

    /** For files and tables: {@code read+read-write} if the masters of the side disagree. */
    public String brief(Side side) {
        return at(side).stream().map(Access::brief).collect(Collectors.joining("+"));
    }

    /** For tables: {@code read-both} or {@code brokers disagree}. */
    public String brief() {
        return pair().map(Pair::brief).orElse("brokers disagree");
    }

    /** For people: the stage, the fence, or the accesses of both sides. */
    public String place() {
        return pair().map(Pair::place).orElseGet(this::brief);
    }

    /** For messages: the words of the pair, or those of each side. */
    public String words() {
        return pair().map(Pair::words)
                .orElseGet(() ->
                        words(Side.SOURCE) + " in the source, " + words(Side.DESTINATION) + " in the destination");
    }

    private String words(Side side) {
        return at(side).stream()
                .map(Access::word)
                .collect(Collectors.joining(" here and ", "", at(side).size() > 1 ? " there" : ""));
    }
}
