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

/** What a check has found against a step; nothing where it passes. */
public final class Findings {
    private static final int MOST_TOLD = 3;

    private final List<Finding> all = new ArrayList<>();
    private String praise = "";

    /**
     * One thing.
     *
     * @param group that it is about, where it is about one
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

    /** What is said where nothing is found. */
    Findings elsePassed(String what) {
        praise = requireNonNull(what, "what is null");
        return this;
    }

    Findings failed(String what, String fix) {
        return add(Optional.empty(), new Failed(what, fix), false);
    }

    Findings unknown(String what) {
        return add(Optional.empty(), new Unknown(what), false);
    }

    Findings failed(String group, String what, String fix) {
        return add(Optional.of(group), new Failed(what, fix), false);
    }

    /** Something that no waiver passes over. */
    Findings failedForGood(String group, String what, String fix) {
        return add(Optional.of(group), new Failed(what, fix), true);
    }

    Findings unknown(String group, String what) {
        return add(Optional.of(group), new Unknown(what), false);
    }

    private Findings add(Optional<String> group, Verdict verdict, boolean isFinal) {
        all.add(new Finding(group, verdict, isFinal));
        return this;
    }

    /** Takes over what others have found. */
    void addAll(Findings others) {
        all.addAll(others.all);
    }

    /** Takes over what others have found, where they are sure of it. */
    void addFailures(Findings others) {
        others.all.stream().filter(Finding::isFailure).forEach(all::add);
    }

    public static Findings passed(String what) {
        return new Findings().elsePassed(what);
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    /** What all of them come to. */
    Verdict verdict() {
        return verdict(all, praise);
    }

    /** What those come to that fit. */
    Verdict verdict(Predicate<Finding> fitting) {
        return verdict(all.stream().filter(fitting).toList(), praise);
    }

    private static Verdict verdict(List<Finding> findings, String praise) {
        if (findings.isEmpty()) {
            return new Passed(praise);
        }
        List<Verdict> failures = findings.stream()
                .filter(Finding::isFailure)
                .map(Finding::verdict)
                .toList();
        List<Verdict> told =
                failures.isEmpty() ? findings.stream().map(Finding::verdict).toList() : failures;
        String rest = told.size() > MOST_TOLD ? "; and " + (told.size() - MOST_TOLD) + " more" : "";
        String what = told.stream().limit(MOST_TOLD).map(Verdict::what).collect(joining("; ")) + rest;
        return failures.isEmpty()
                ? new Unknown(what)
                : new Failed(
                        what,
                        failures.stream()
                                .map(verdict -> verdict instanceof Failed failed ? failed.fix() : null)
                                .filter(Objects::nonNull)
                                .distinct()
                                .limit(MOST_TOLD)
                                .collect(joining(" ")));
    }
}
