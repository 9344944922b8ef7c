package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What one rule has found.
 *
 * @param severity empty if the row has not fired
 * @param value what was measured, in words
 * @param limit what it was compared with
 * @param effort the work that follows
 * @param objects by name
 * @param commands that do it
 * @param next what to do in this case; empty for what the rule always says
 */
record RowFinding(
        Optional<RowSeverity> severity,
        String value,
        Optional<String> limit,
        Optional<RowEffort> effort,
        List<String> objects,
        List<String> commands,
        Optional<String> next) {
    RowFinding {
        requireNonNull(severity, "severity is null");
        requireNonNull(value, "value is null");
        requireNonNull(limit, "limit is null");
        requireNonNull(effort, "effort is null");
        objects = List.copyOf(objects);
        commands = List.copyOf(commands);
        requireNonNull(next, "next is null");
    }

    static RowFinding notFired(String value) {
        return new RowFinding(
                Optional.empty(), value, Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());
    }

    static RowFinding fired(RowSeverity severity, String value) {
        return new RowFinding(
                Optional.of(severity),
                value,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    static RowFinding blocker(String value) {
        return fired(RowSeverity.BLOCKER, value);
    }

    static RowFinding risk(String value) {
        return fired(RowSeverity.RISK, value);
    }

    static RowFinding note(String value) {
        return fired(RowSeverity.NOTE, value);
    }

    RowFinding limit(String other) {
        return new RowFinding(severity, value, Optional.of(other), effort, objects, commands, next);
    }

    RowFinding effort(long count, String unit) {
        return new RowFinding(severity, value, limit, Optional.of(new RowEffort(count, unit)), objects, commands, next);
    }

    RowFinding objects(Collection<String> names) {
        return new RowFinding(severity, value, limit, effort, List.copyOf(names), commands, next);
    }

    RowFinding next(String step) {
        return new RowFinding(severity, value, limit, effort, objects, commands, Optional.of(step));
    }

    RowFinding commands(List<String> lines) {
        return new RowFinding(severity, value, limit, effort, objects, lines, next);
    }
}
