package io.github.rocketmigrate.model;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Optional;

/** What clients may do with one topic, in both clusters: where it stands. */
public record Pair(Access source, Access destination) {
    public Pair {
        requireNonNull(source, "source is null");
        requireNonNull(destination, "destination is null");
    }

    public static Pair of(Stage stage) {
        return new Pair(stage.at(Side.SOURCE), stage.at(Side.DESTINATION));
    }

    /** The stage that this is, where it is one. */
    public Optional<Stage> stage() {
        return Arrays.stream(Stage.values())
                .filter(stage -> of(stage).equals(this))
                .findFirst();
    }

    public Pair with(Side side, Access access) {
        return switch (side) {
            case SOURCE -> new Pair(access, destination);
            case DESTINATION -> new Pair(source, access);
        };
    }

    /** In few words, for tables. */
    public String brief() {
        return stage().map(Stage::word).orElseGet(() -> source.brief() + " / " + destination.brief());
    }

    /** In words for people. */
    public String words() {
        return stage().map(Stage::word)
                .orElseGet(() -> source.word() + " in the source, " + destination.word() + " in the destination");
    }
}
