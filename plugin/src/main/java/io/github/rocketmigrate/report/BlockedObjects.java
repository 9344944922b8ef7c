package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Finding;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.report.BlockedObject.Because;
import io.github.rocketmigrate.report.BlockedObject.OwnerTask;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Lists what the count {@code blocked} counts, object by object, for pipelines. People get the same as a list of things to
 * do, which names a finding once for all objects.
 */
final class BlockedObjects {
    private static final String WAITS_FOR_TOPICS = "waits-for-topics";
    private static final int MOST_NAMED = 2;

    private final PlanReport report;
    private final BatchOwners owners;
    private final Set<Because> ofClusters = new HashSet<>();
    private final Set<BlockedObject> all = new LinkedHashSet<>();

    private BlockedObjects(PlanReport report) {
        this.report = report;
        this.owners = new BatchOwners(report.situation().plan());
    }

    static List<BlockedObject> of(PlanReport report) {
        BlockedObjects list = new BlockedObjects(report);
        report.barriers().forEach(list::addBarrier);
        report.changes().impossible().forEach(list::add);
        report.changes().changes().stream().filter(report::isHeld).forEach(list::add);
        return new ArrayList<>(list.all);
    }

    private void add(Impossible one) {
        all.add(new BlockedObject(
                Optional.of(one.subject()),
                Because.reason(one.reason().word(), one.what()),
                ownerOf(one.subject()),
                Optional.of(new OwnerTask(
                        one.fix(),
                        one.reason() == Cause.HELD
                                ? report.invocation().resume(one.subject().name())
                                : again(),
                        one.reason().help()))));
    }

    private void add(Change change) {
        if (change instanceof Change.AlignObject object) {
            addFollower(object);
            return;
        }
        for (Reason reason : report.decision(change).reasons()) {
            if (reason instanceof Reason.OfRemoval removal) {
                add(change, removal);
            } else if (reason instanceof Reason.OfPlan plan) {
                waits(change.subject(), Because.reason(plan.code(), plan.words()));
            } else if (reason instanceof Reason.OfCheck check && !check.endsByItself()) {
                add(change.subject(), check.judgement());
            }
        }
    }

    /** A group waits for its topics. A topic has an entry for its move, which says all. */
    private void addFollower(Change.AlignObject object) {
        if (!object.isOfTopic()) {
            waits(
                    object.subject(),
                    Because.reason(
                            WAITS_FOR_TOPICS,
                            "waits for " + Counts.noun(object.neededBy().size(), "topic") + " "
                                    + Names.of(object.neededBy(), MOST_NAMED)));
        }
    }

    private void add(Change change, Reason.OfRemoval removal) {
        if (!(change instanceof Change.Remove) || removal.fix().isEmpty()) {
            waits(change.subject(), Because.reason(Reason.WAITS_FOR_REMOVALS, removal.what()));
            return;
        }
        String command = removal.needsOnlyPermission()
                ? report.invocation().command(ApplyReport.GOAL, NextStep.REMOVE_EMPTY)
                : again();
        all.add(new BlockedObject(
                Optional.of(change.subject()),
                Because.reason(removal.code(), removal.what()),
                ownerOf(change.subject()),
                Optional.of(new OwnerTask(removal.fix(), command, HelpPages.check("destination-clean")))));
    }

    private void waits(Subject subject, Because because) {
        all.add(new BlockedObject(Optional.of(subject), because, ownerOf(subject), Optional.empty()));
    }

    private void addBarrier(Judgement judgement) {
        judgement.findings().forEach(finding -> {
            Because because = because(judgement, finding);
            ofClusters.add(because);
            all.add(new BlockedObject(Optional.empty(), because, Optional.empty(), task(judgement, finding)));
        });
    }

    /** What concerns both clusters has an entry of its own, so no topic's owner is asked for it. */
    private void add(Subject subject, Judgement judgement) {
        for (Finding finding : judgement.findings()) {
            Because because = because(judgement, finding);
            if (ofClusters.contains(because)) {
                waits(subject, because);
            } else {
                all.add(new BlockedObject(
                        Optional.of(subject), because, ownerOf(finding, subject), task(judgement, finding)));
            }
        }
    }

    private static Because because(Judgement judgement, Finding finding) {
        return Because.check(
                judgement.check().name(), finding.group(), finding.verdict().what());
    }

    private Optional<OwnerTask> task(Judgement judgement, Finding finding) {
        return Optional.of(new OwnerTask(
                finding.verdict().fix(), again(), judgement.check().help()));
    }

    /** A finding about a group belongs to the owner of that group, any other to the owner of the topic. */
    private Optional<String> ownerOf(Finding finding, Subject subject) {
        Optional<Batch> ofGroup = finding.group().flatMap(owners::batchOfGroup);
        return ofGroup.or(() -> owners.batchOf(subject)).flatMap(BatchOwners::owner);
    }

    private Optional<String> ownerOf(Subject subject) {
        return owners.batchOf(subject).flatMap(BatchOwners::owner);
    }

    /** A plan needs both clusters; without the destination, only {@code apply} gets further. */
    private String again() {
        boolean isDestinationDown = report.situation().destination().isUnread();
        return report.invocation().command(isDestinationDown ? ApplyReport.GOAL : PlanReport.GOAL);
    }
}
