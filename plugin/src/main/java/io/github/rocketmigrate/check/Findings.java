package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Collects the reasons for which a check does not pass, each about one group or about all. */
public final class Findings {
    private static final int MOST_SHOWN = 3;

    private final List<Finding> all;
    private final Optional<String> item;
    private final SortedSet<String> judged = new TreeSet<>();
    private String passed = "";

    Findings() {
        this(new ArrayList<>(), Optional.empty());
    }

    private Findings(List<Finding> all, Optional<String> item) {
        this.all = all;
        this.item = item;
    }

    /** Sets the text for the case that there is no reason. */
    Findings elsePassed(String what) {
        passed = requireNonNull(what, "what is null");
        return this;
    }

    /** Names the groups that the check judges one by one. Those without a finding have passed. */
    Findings of(Collection<String> groups) {
        judged.addAll(groups);
        return this;
    }

    /** The same collection for the reasons of one part of the check. */
    Findings ofItem(String name) {
        return new Findings(all, Optional.of(name));
    }

    Findings failed(String what, String fix) {
        add(Optional.empty(), new Failed(what, fix), false);
        return this;
    }

    Findings unknown(String what) {
        add(Optional.empty(), new Unknown(what), false);
        return this;
    }

    /** Adds what could not be measured, and how to make it measurable. */
    Findings unknownWithFix(String what, String fix) {
        add(Optional.empty(), new Unknown(what, fix), false);
        return this;
    }

    void failed(String group, String what, String fix) {
        add(Optional.of(group), new Failed(what, fix), false);
    }

    /** Adds a group that is left out of the plan, with the line that adds it to the groups of a batch. */
    void leftOut(String group, String what, String fix, String entry) {
        all.add(new Finding(Optional.of(group), new Failed(what, fix), false, Optional.of(entry), Optional.empty()));
    }

    /** Adds a reason that no waiver passes over. */
    void failedForGood(String group, String what, String fix) {
        add(Optional.of(group), new Failed(what, fix), true);
    }

    void unknown(String group, String what) {
        unknown(group, what, "");
    }

    void unknown(String group, String what, String fix) {
        add(Optional.of(group), new Unknown(what, fix), false);
    }

    private void add(Optional<String> group, Verdict verdict, boolean isFinal) {
        Finding finding = new Finding(group, verdict, isFinal);
        all.add(item.map(finding::ofItem).orElse(finding));
    }

    /** Adds all reasons of another check. */
    void addAll(Findings others) {
        all.addAll(others.all);
        judged.addAll(others.judged);
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

    public Verdict verdict() {
        return verdict(finding -> true);
    }

    /** The verdict from some of the reasons; the others are waived. */
    Verdict verdict(Predicate<Finding> counts) {
        List<Finding> failures = new ArrayList<>();
        List<Finding> unknowns = new ArrayList<>();
        SortedSet<String> waived = new TreeSet<>();
        for (Finding finding : all) {
            if (counts.test(finding)) {
                (finding.isFailure() ? failures : unknowns).add(finding);
            } else {
                waived.add(finding.group().orElse("the rest"));
            }
        }
        if (failures.isEmpty() && unknowns.isEmpty()) {
            return new Passed(passed);
        }
        String fixes = Stream.concat(failures.stream(), unknowns.stream())
                .map(finding -> finding.verdict().fix())
                .filter(fix -> !fix.isEmpty())
                .distinct()
                .limit(MOST_SHOWN)
                .collect(joining(" "));
        String what = words(failures, unknowns, waived);
        return failures.isEmpty() ? new Unknown(what, fixes) : new Failed(what, fixes);
    }

    /** All parts with their counts, so that the first failure does not hide what is unknown. */
    private String words(List<Finding> failures, List<Finding> unknowns, Collection<String> waived) {
        Set<String> fine = new TreeSet<>(judged);
        all.forEach(finding -> finding.group().ifPresent(fine::remove));
        List<String> parts = new ArrayList<>();
        if (!failures.isEmpty()) {
            parts.add(part(failures.size(), "failed", reasons(failures)));
        }
        if (!unknowns.isEmpty()) {
            parts.add(part(unknowns.size(), "unknown", reasons(unknowns)));
        }
        if (!waived.isEmpty()) {
            parts.add(part(waived.size(), "waived", Names.of(waived, Counts.MOST_NAMED)));
        }
        boolean ofGroups = Stream.concat(failures.stream(), unknowns.stream())
                .anyMatch(finding -> finding.group().isPresent());
        if (ofGroups && !fine.isEmpty()) {
            parts.add(part(fine.size(), "passed", Names.of(fine, Counts.MOST_NAMED)));
        }
        return parts.size() == 1 ? reasons(failures.isEmpty() ? unknowns : failures) : String.join("; ", parts);
    }

    private static String part(int count, String word, String what) {
        return count + " " + word + ": " + what;
    }

    private static String reasons(List<Finding> findings) {
        String rest = findings.size() > MOST_SHOWN ? "; and " + (findings.size() - MOST_SHOWN) + " more" : "";
        return findings.stream()
                        .limit(MOST_SHOWN)
                        .map(finding -> finding.verdict().what())
                        .collect(joining("; "))
                + rest;
    }
}
