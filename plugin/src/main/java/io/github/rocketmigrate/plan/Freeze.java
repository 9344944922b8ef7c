package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Position;
import java.util.Optional;

/**
 * The text behind a {@link FreezeTime}: dates or a weekly time.
 *
 * @param at where the freeze begins in the plan
 * @param to the last date, which is frozen too
 */
public record Freeze(
        Position at,
        Optional<Located<String>> from,
        Optional<Located<String>> to,
        Optional<Located<String>> weekly,
        Located<String> zone) {
    public Freeze {
        requireNonNull(at, "at is null");
        requireNonNull(from, "from is null");
        requireNonNull(to, "to is null");
        requireNonNull(weekly, "weekly is null");
        requireNonNull(zone, "zone is null");
    }
}
