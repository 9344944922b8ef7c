package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.SourceDrift;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.text.HelpPages;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The part of {@code result.json} that all goals share.
 *
 * @param file the plan's file as the user named it
 * @param counts by their public names
 * @param routePoll the time after which the goal expects every client to have polled its routes, if it connects
 */
public record Result(
        String goal,
        Outcome outcome,
        String file,
        Map<String, Long> counts,
        Details details,
        Optional<Duration> routePoll) {
    public Result {
        requireNonNull(goal, "goal is null");
        requireNonNull(outcome, "outcome is null");
        requireNonNull(file, "file is null");
        counts = new TreeMap<>(counts);
        requireNonNull(details, "details is null");
        requireNonNull(routePoll, "routePoll is null");
    }

    /** The result of a goal that waits for no client. */
    public Result(String goal, Outcome outcome, String file, Map<String, Long> counts, Details details) {
        this(goal, outcome, file, counts, details, Optional.empty());
    }

    /** The result of a goal that has nothing to count. */
    public static Result of(String goal, String file, Outcome outcome) {
        return new Result(goal, outcome, file, Map.of(), Details.NONE);
    }

    /** The result of a goal that failed. */
    public static Result of(String goal, String file, Fault fault) {
        return new Result(
                goal,
                Outcome.ERROR,
                file,
                Map.of(),
                new Details(
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.of(fault),
                        List.of()));
    }

    /** One case for each reason why the goal failed; none if it did not. */
    public List<JUnitFile.Case> errors() {
        return JUnitFile.numbered(details.fault().stream()
                .flatMap(fault -> fault.all().stream())
                .map(one -> JUnitFile.Case.error(
                                goal + " " + file,
                                one.getMessage(),
                                new FailureText(one.getMessage())
                                        .at(file, one.at())
                                        .fix(one.nextStep())
                                        .help(one.help().orElse(HelpPages.ERROR)))
                        .at(file, one.at()))
                .toList());
    }

    /**
     * The reasons for an outcome.
     *
     * @param problems errors and warnings in the plan's file
     * @param checks the verdicts of all checks that are due
     * @param impossible objects of the plan that no change achieves
     * @param held the removals that are held, with their reasons
     * @param blocked the objects that are blocked, with an entry for each reason
     * @param ofSource what differs at the source and is not copied
     * @param itinerary the steps that are left to the planned stages
     * @param estimates when something at the source will be over
     * @param waived what waivers pass over
     * @param idleWaivers the waivers that pass over nothing
     * @param cutGroups the groups whose topics the plan keeps apart
     * @param fault the reason why the goal failed
     * @param unverified the clusters whose certificates are not verified
     */
    public record Details(
            List<Problem> problems,
            List<Judgement> checks,
            List<Impossible> impossible,
            Map<Change.Remove, Reason.OfRemoval> held,
            List<BlockedObject> blocked,
            List<SourceDrift> ofSource,
            List<Itinerary> itinerary,
            List<Estimate> estimates,
            List<WaivedCheck> waived,
            List<IdleWaiver> idleWaivers,
            List<CutGroup> cutGroups,
            Optional<Fault> fault,
            List<Side> unverified) {
        static final Details NONE = of(List.of());

        public Details {
            problems = List.copyOf(problems);
            checks = List.copyOf(checks);
            impossible = List.copyOf(impossible);
            held = Collections.unmodifiableMap(new LinkedHashMap<>(held));
            blocked = List.copyOf(blocked);
            ofSource = List.copyOf(ofSource);
            itinerary = List.copyOf(itinerary);
            estimates = List.copyOf(estimates);
            waived = List.copyOf(waived);
            idleWaivers = List.copyOf(idleWaivers);
            cutGroups = List.copyOf(cutGroups);
            requireNonNull(fault, "fault is null");
            unverified = List.copyOf(unverified);
        }

        /** The same with further checks. */
        Details and(List<Judgement> further) {
            return new Details(
                    problems,
                    Stream.concat(checks.stream(), further.stream()).toList(),
                    impossible,
                    held,
                    blocked,
                    ofSource,
                    itinerary,
                    estimates,
                    waived,
                    idleWaivers,
                    cutGroups,
                    fault,
                    unverified);
        }

        /** The same with other estimates. */
        Details with(List<Estimate> others) {
            return new Details(
                    problems,
                    checks,
                    impossible,
                    held,
                    blocked,
                    ofSource,
                    itinerary,
                    others,
                    waived,
                    idleWaivers,
                    cutGroups,
                    fault,
                    unverified);
        }

        static Details of(List<Problem> problems) {
            return new Details(
                    problems,
                    List.of(),
                    List.of(),
                    Map.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of());
        }

        static Details of(PlanReport plan) {
            return new Details(
                    List.of(),
                    plan.judgements(),
                    plan.changes().impossible(),
                    plan.removals().all(),
                    BlockedObjects.of(plan),
                    plan.ofSource(),
                    plan.itinerary(),
                    plan.estimates(),
                    plan.waived(),
                    plan.idleWaivers(),
                    plan.cutGroups(),
                    Optional.empty(),
                    Arrays.stream(Side.values())
                            .filter(side -> plan.situation().plan().at(side).tls() == Tls.INSECURE)
                            .toList());
        }
    }
}
