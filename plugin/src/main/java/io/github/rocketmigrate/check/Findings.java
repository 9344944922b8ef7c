package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.check.Verdict.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** Collects the reasons for which a check does not pass, each about one group or about all. */
public final class Findings {
    private static final int MOST_SHOWN = 3;

    private final List<Finding> all = new ArrayList<>();
    private String passed = "";

    /**
     * A reason for which the check does not pass.
     *
     * @param group nothing where the reason is not about one group
     * @param isFinal whether no waiver passes over it
     */
    record Finding(Optional<String> group, Verdict verdict, boolean isFinal) {
        Finding {
            requireNonNull(group, "group is null");
            requireNonNull(verdict, "verdict is null");
        }

        private boolean isFailure() {
            return verdict instanceof Failed;
        }
    }

    /** Sets the text for the case that there is no reason. */
    Findings elsePassed(String what) {
        passed = requireNonNull(what, "what is null");
        return this;
    }

    Findings failed(String what, String fix) {
        add(Optional.empty(), new Failed(what, fix), false);
        return this;
    }

    Findings unknown(String what) {
        add(Optional.empty(), new Unknown(what), false);
        return this;
    }

    void failed(String group, String what, String fix) {
        add(Optional.of(group), new Failed(what, fix), false);
    }

    /** Adds a reason that no waiver passes over. */
    void failedForGood(String group, String what, String fix) {
        add(Optional.of(group), new Failed(what, fix), true);
    }

    void unknown(String group, String what) {
        add(Optional.of(group), new Unknown(what), false);
    }

    private void add(Optional<String> group, Verdict verdict, boolean isFinal) {
        all.add(new Finding(group, verdict, isFinal));
    }

    /** Adds all reasons of another check. */
    void addAll(Findings others) {
        all.addAll(others.all);
    }

    /** Adds the reasons of another check that are certain. */
    void addFailures(Findings others) {
        others.all.stream().filter(Finding::isFailure).forEach(all::add);
    }

    public static Findings passed(String what) {
        return new Findings().elsePassed(what);
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    Verdict verdict() {
        return verdict(all, passed);
    }

    /** The verdict from the fitting reasons alone. */
    Verdict verdict(Predicate<Finding> fitting) {
        return verdict(all.stream().filter(fitting).toList(), passed);
    }

    private static Verdict verdict(List<Finding> findings, String passed) {
        if (findings.isEmpty()) {
            return new Passed(passed);
        }
        List<Verdict> failures = findings.stream()
                .filter(Finding::isFailure)
                .map(Finding::verdict)
                .toList();
        List<Verdict> shown =
                failures.isEmpty() ? findings.stream().map(Finding::verdict).toList() : failures;
        String rest = shown.size() > MOST_SHOWN ? "; and " + (shown.size() - MOST_SHOWN) + " more" : "";
        String what = shown.stream().limit(MOST_SHOWN).map(Verdict::what).collect(joining("; ")) + rest;
        return failures.isEmpty()
                ? new Unknown(what)
                : new Failed(
                        what,
                        failures.stream()
                                .map(verdict -> verdict instanceof Failed failed ? failed.fix() : null)
                                .filter(Objects::nonNull)
                                .distinct()
                                .limit(MOST_SHOWN)
                                .collect(joining(" ")));
    }
}
