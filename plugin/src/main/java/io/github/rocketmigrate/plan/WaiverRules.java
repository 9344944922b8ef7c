package io.github.rocketmigrate.plan;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.plan.KnownChecks.KnownCheck;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import io.github.rocketmigrate.text.Spelling;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds waivers that have no effect: unknown or mandatory checks, names that are unknown, of other batches, or that the
 * check never reports, and dates in the past.
 */
final class WaiverRules {
    private static final String GATE = "gate:";

    /** Longer than a batch takes. */
    private static final int MOST_DAYS = 90;

    private final MigrationPlan plan;
    private final LocalDate today;
    private final KnownChecks checks;
    private final List<Problem> problems = new ArrayList<>();

    WaiverRules(MigrationPlan plan, LocalDate today, KnownChecks checks) {
        this.plan = plan;
        this.today = today;
        this.checks = checks;
    }

    List<Problem> check() {
        Set<String> topics = plan.plannedTopicNames();
        Set<String> groups = plan.groups().map(group -> group.name().value()).collect(toSet());
        for (Batch batch : plan.batches()) {
            for (Waiver waiver : batch.waivers()) {
                check(batch, waiver);
                unknown("topic", waiver.topics(), topics);
                unknown("group", waiver.groups(), groups);
                ofOtherBatches(batch, waiver.topics());
                duration(waiver);
            }
        }
        return problems;
    }

    private void duration(Waiver waiver) {
        if (waiver.expires().value().isBefore(today)) {
            add(
                    Rule.WAIVER_EXPIRED,
                    waiver.expires().at(),
                    "the waiver of '" + waiver.check().value() + "' expired on "
                            + waiver.expires().value() + " and has no effect; remove it or set a new date");
        } else if (waiver.hasLastDay() && waiver.expires().value().isAfter(today.plusDays(MOST_DAYS))) {
            add(
                    Rule.WAIVER_LONG,
                    waiver.expires().at(),
                    "the waiver of '" + waiver.check().value() + "' lasts more than " + MOST_DAYS
                            + " days; set an earlier date, so that somebody looks at the reason again");
        }
    }

    /** A group may be planned in another batch than the topics that it consumes, but a waiver is for topics of its batch. */
    private void ofOtherBatches(Batch batch, List<Located<String>> named) {
        for (Located<String> name : named) {
            plan.batches().stream()
                    .filter(other -> holds(other, name.value()) && !holds(batch, name.value()))
                    .findFirst()
                    .ifPresent(other -> add(
                            Rule.WAIVER_UNKNOWN_NAME,
                            name.at(),
                            "the waiver names topic '" + name.value() + "', which is in batch '"
                                    + other.name().value() + "'; move the waiver there"));
        }
    }

    private static boolean holds(Batch batch, String topic) {
        return batch.topics().stream().anyMatch(it -> it.name().value().equals(topic));
    }

    private void check(Batch batch, Waiver waiver) {
        String check = waiver.check().value();
        if (check.isEmpty()) {
            return;
        }
        if (check.startsWith(GATE) && check.length() > GATE.length()) {
            gate(batch, waiver.check());
            neverReported(waiver, "group", waiver.groups());
            return;
        }
        checks.named(check)
                .ifPresentOrElse(
                        known -> known(known, waiver),
                        () -> add(
                                Rule.WAIVER_UNKNOWN_CHECK,
                                waiver.check().at(),
                                "check '" + check + "' does not exist" + Spelling.hint(check, checks.names())));
    }

    /** Each gate of a plan is a check of its own, for the batches whose conditions have it. */
    private void gate(Batch batch, Located<String> check) {
        List<String> gates = plan.conditionsOf(batch)
                .gateList()
                .map(gate -> GATE + gate.name().value())
                .toList();
        if (!gates.contains(check.value())) {
            add(
                    Rule.WAIVER_UNKNOWN_CHECK,
                    check.at(),
                    "batch '" + batch.name().value() + "' has no gate '"
                            + check.value().substring(GATE.length()) + "'"
                            + (gates.isEmpty() ? "; remove the waiver" : Spelling.hint(check.value(), gates)));
        }
    }

    private void known(KnownCheck check, Waiver waiver) {
        if (!check.isWaivable()) {
            add(
                    Rule.WAIVER_FORBIDDEN,
                    waiver.check().at(),
                    "check '" + check.name() + "' " + check.protects()
                            + " and cannot be waived; remove the waiver and fix what the" + " check reports");
            return;
        }
        if (!check.judgesTopics()) {
            neverReported(waiver, "topic", waiver.topics());
        }
        if (!check.judgesGroups()) {
            neverReported(waiver, "group", waiver.groups());
        }
    }

    /** Limited to names that its check never reports, a waiver passes over nothing, and nobody would see why. */
    private void neverReported(Waiver waiver, String kind, List<Located<String>> names) {
        names.stream()
                .findFirst()
                .ifPresent(first -> add(
                        Rule.WAIVER_WITHOUT_NAMES,
                        first.at(),
                        "the waiver is limited to " + kind + "s, but check '"
                                + waiver.check().value() + "' reports no " + kind
                                + ", so the waiver would have no effect; remove " + kind + "s from the waiver"));
    }

    private void unknown(String kind, List<Located<String>> named, Collection<String> known) {
        Stream<Located<String>> unknown =
                named.stream().filter(name -> !name.value().isEmpty() && !known.contains(name.value()));
        unknown.forEach(name -> add(
                Rule.WAIVER_UNKNOWN_NAME,
                name.at(),
                "the waiver names " + kind + " '" + name.value() + "', which is not in the plan"
                        + Spelling.nearest(name.value(), known)
                                .map(it -> "; did you mean " + it + "?")
                                .orElse("; remove the name")));
    }

    private void add(Rule rule, Position at, String what) {
        problems.add(new Problem(rule, at, what));
    }
}
