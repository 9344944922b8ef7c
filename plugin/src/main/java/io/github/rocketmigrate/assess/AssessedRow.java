package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One question of the examination with its answer.
 *
 * @param id stays the same in all versions
 * @param value what was measured; empty if nothing was
 * @param limit what it was compared with
 * @param source from where the rule is known
 * @param verified when somebody last compared the rule with its source
 * @param effort the work that follows; empty if none does
 * @param objects by name
 * @param commands that do what is to do, with placeholders for what nobody may print
 * @param next what to do; empty if nothing has to be done
 */
public record AssessedRow(
        String id,
        RowGroup group,
        String title,
        RowState state,
        Optional<String> value,
        Optional<String> limit,
        String source,
        LocalDate verified,
        Optional<RowEffort> effort,
        List<String> objects,
        List<String> commands,
        Optional<String> next) {
    public AssessedRow {
        requireNonNull(id, "id is null");
        requireNonNull(group, "group is null");
        requireNonNull(title, "title is null");
        requireNonNull(state, "state is null");
        requireNonNull(value, "value is null");
        requireNonNull(limit, "limit is null");
        requireNonNull(source, "source is null");
        requireNonNull(verified, "verified is null");
        requireNonNull(effort, "effort is null");
        objects = List.copyOf(objects);
        commands = List.copyOf(commands);
        requireNonNull(next, "next is null");
    }
}
