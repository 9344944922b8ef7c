package io.github.rocketmigrate.model;

import static java.util.Collections.unmodifiableSortedSet;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where one topic stands, broker by broker: the accesses that the masters of each cluster give. A stopped run leaves
 * several on one side.
 */
public record Standing(SortedSet<Access> source, SortedSet<Access> destination) {
    public Standing {
        source = unmodifiableSortedSet(orNone(source));
        destination = unmodifiableSortedSet(orNone(destination));
    }

    /** A topic that is nowhere can be neither read nor written. */
    private static SortedSet<Access> orNone(SortedSet<Access> accesses) {
        return accesses.isEmpty() ? new TreeSet<>(List.of(Access.NONE)) : new TreeSet<>(accesses);
    }

    /** Where all masters of a side agree. */
    public static Standing of(Pair pair) {
        return new Standing(new TreeSet<>(List.of(pair.source())), new TreeSet<>(List.of(pair.destination())));
    }

    /** The same with all masters of a side at one access. */
    public Standing with(Side side, Access access) {
        SortedSet<Access> one = new TreeSet<>(List.of(access));
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

    /** The same as a pair, where the masters of each side agree. */
    public Optional<Pair> pair() {
        return source.size() == 1 && destination.size() == 1
                ? Optional.of(new Pair(source.first(), destination.first()))
                : Optional.empty();
    }

    /** All that it may have been, or was to become. */
    List<Pair> pairs() {
        return source.stream()
                .flatMap(here -> destination.stream().map(there -> new Pair(here, there)))
                .toList();
    }

    /** What the masters of a side give, for files and tables. */
    public String brief(Side side) {
        return at(side).stream().map(Access::brief).collect(Collectors.joining("+"));
    }

    /** In few words, for tables. */
    public String brief() {
        return pair().map(Pair::brief).orElse("brokers disagree");
    }

    /** In words for people. */
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
