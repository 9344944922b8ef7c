package io.github.rocketmigrate.model;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The accesses to one topic in both clusters. Five of them are stages; the others lie between two stages. */
public record Pair(Access source, Access destination) {
    private static final Map<Pair, Stage> STAGES =
            Arrays.stream(Stage.values()).collect(toUnmodifiableMap(Pair::of, stage -> stage));

    public Pair {
        requireNonNull(source, "source is null");
        requireNonNull(destination, "destination is null");
    }

    public static Pair of(Stage stage) {
        return new Pair(stage.at(Side.SOURCE), stage.at(Side.DESTINATION));
    }

    /** The stage with these accesses, if there is one. */
    public Optional<Stage> stage() {
        return Optional.ofNullable(STAGES.get(this));
    }

    public Pair with(Side side, Access access) {
        return switch (side) {
            case SOURCE -> new Pair(access, destination);
            case DESTINATION -> new Pair(source, access);
        };
    }

    /** The side that has to be consumed before consumers get new messages; empty outside a fence. */
    public Optional<Side> fence() {
        if (source == Access.READ && destination == Access.WRITE) {
            return Optional.of(Side.SOURCE);
        }
        return source == Access.WRITE && destination == Access.READ ? Optional.of(Side.DESTINATION) : Optional.empty();
    }

    /** Whether producers find no queue, and consumers find those of both sides. */
    public boolean isReadOnly() {
        return source == Access.READ && destination == Access.READ;
    }

    /** For people: the stage, the fence, or the accesses of both sides. */
    public String place() {
        return fence().map(until -> until == Side.SOURCE ? "in the fence" : "in the reverse fence")
                .orElseGet(this::brief);
    }

    /** For files and tables: the stage, or the accesses of both sides. */
    public String brief() {
        return stage().map(Stage::word).orElseGet(() -> source.brief() + " / " + destination.brief());
    }

    /** For messages: {@code read-both} or {@code read in the source, write in the destination}. */
    public String words() {
        return stage().map(Stage::word)
                .orElseGet(() -> source.word() + " in the source, " + destination.word() + " in the destination");
    }
}
