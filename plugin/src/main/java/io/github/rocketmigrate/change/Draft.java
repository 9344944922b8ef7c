package io.github.rocketmigrate.change;

import io.github.rocketmigrate.change.Impossible.Reason;
import java.util.ArrayList;
import java.util.List;

/** What a planner has come to so far. */
final class Draft {
    private final List<Change> changes = new ArrayList<>();
    private final List<Impossible> impossible = new ArrayList<>();
    private final List<Subject> unchanged = new ArrayList<>();

    void change(Change change) {
        changes.add(change);
    }

    void impossible(Subject subject, Reason reason, String what, String fix) {
        impossible.add(new Impossible(subject, reason, what, fix));
    }

    void unchanged(Subject subject) {
        unchanged.add(subject);
    }

    /** How much is to be told of objects that are not as they are wanted. */
    int size() {
        return changes.size() + impossible.size();
    }

    List<Change> changes() {
        return changes;
    }

    List<Impossible> impossible() {
        return impossible;
    }

    List<Subject> unchanged() {
        return unchanged;
    }
}
