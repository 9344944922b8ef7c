package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;

/**
 * What changes share that belong to one object of a plan, and that rows and counts name once. The end of a join is an object
 * of its own, because it comes after everything else.
 */
record ObjectKey(Subject.Kind kind, String name, boolean leavesJoin) {
    ObjectKey {
        requireNonNull(kind, "kind is null");
        requireNonNull(name, "name is null");
    }

    static ObjectKey of(Change change) {
        return new ObjectKey(change.subject().kind(), change.subject().name(), change.leavesJoin());
    }
}
