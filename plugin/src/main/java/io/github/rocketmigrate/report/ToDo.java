package io.github.rocketmigrate.report;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.text.Sentences;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one person or team has to do before the blocked changes can be made.
 *
 * @param owner the person or team, or the batch if it has no owner
 */
record ToDo(String owner, List<ToDoItem> items) {
    ToDo {
        requireNonNull(owner, "owner is null");
        items = List.copyOf(items);
    }

    /**
     * Lines of YAML that settle a finding.
     *
     * @param where the place in the plan, and what the lines do; empty without lines
     */
    record ToPaste(String where, List<String> lines) {
        static final ToPaste NOTHING = new ToPaste("", List.of());

        ToPaste {
            requireNonNull(where, "where is null");
            lines = List.copyOf(lines);
        }
    }

    /**
     * One finding of a check, or one thing that no change achieves.
     *
     * @param state {@code failed}, {@code unknown}, {@code impossible}, {@code on hold}, or {@code blocked} for a removal
     * @param checks the checks with this finding; empty for something impossible and for removals
     * @param objects that it blocks; empty for both clusters
     * @param fix what to do; may be empty
     * @param help the addresses of pages with causes, examples and fixes
     * @param toPaste lines that somebody can paste into the plan
     */
    record ToDoItem(
            String state,
            Set<String> checks,
            Set<String> objects,
            String what,
            String fix,
            Set<String> help,
            ToPaste toPaste) {
        ToDoItem {
            requireNonNull(state, "state is null");
            checks = unmodifiableSortedSet(new TreeSet<>(checks));
            objects = unmodifiableSortedSet(new TreeSet<>(objects));
            requireNonNull(what, "what is null");
            requireNonNull(fix, "fix is null");
            help = unmodifiableSortedSet(new TreeSet<>(help));
            requireNonNull(toPaste, "toPaste is null");
        }

        String sentences() {
            return Sentences.of(what, fix);
        }
    }
}
