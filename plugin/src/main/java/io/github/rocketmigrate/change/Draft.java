package io.github.rocketmigrate.change;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.text.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Collects the changes that the planners find. */
final class Draft {
    private static final int MOST_GUESSES = 20;

    private int guesses;
    private final List<Change> changes = new ArrayList<>();
    private final List<Impossible> impossible = new ArrayList<>();
    private final List<Subject> unchanged = new ArrayList<>();

    void change(Change change) {
        changes.add(change);
    }

    void impossible(Subject subject, Cause reason, String what, String fix) {
        impossible.add(new Impossible(subject, reason, what, fix));
    }

    void impossible(Impossible one) {
        impossible.add(one);
    }

    void unchanged(Subject subject) {
        unchanged.add(subject);
    }

    /** Takes back that some objects are unchanged. */
    void notUnchanged(Set<Subject> subjects) {
        unchanged.removeIf(subjects::contains);
    }

    /**
     * {@code "; did you mean x?"} if a known name is similar. Only for the first few unknown names, because each is
     * compared with every name of a cluster.
     */
    String hint(String name, Supplier<? extends Collection<String>> known) {
        if (guesses++ >= MOST_GUESSES) {
            return "";
        }
        return Spelling.nearest(name, known.get())
                .map(it -> "; did you mean " + it + "?")
                .orElse("");
    }

    /** The number of changes and of things that cannot be done. */
    int size() {
        return changes.size() + impossible.size();
    }

    boolean isAnythingMoving() {
        return changes.stream().anyMatch(change -> change instanceof Change.MoveTopic);
    }

    /** Whether a server is planned to join. */
    boolean joins(Subject server) {
        return changes.stream()
                .anyMatch(change -> change instanceof Change.RegisterBroker register
                        && register.joins()
                        && register.subject().equals(server));
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
