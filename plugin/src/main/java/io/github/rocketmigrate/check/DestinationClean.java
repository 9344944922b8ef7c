package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.JOIN;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.LostRecord;
import io.github.rocketmigrate.observe.ObjectsToRemove;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Set;
import java.util.TreeSet;

/**
 * After the join, topics of one name are one topic with the queues of both clusters, and groups of one name are one group
 * with the members of both.
 */
final class DestinationClean implements ClusterCheck {

    @Override
    public String name() {
        return "destination-clean";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String passesWhen() {
        return "before the first join, the destination has no planned topic and no other topic of the source, and "
                + "no members or offsets of a planned group or of a group that the source uses, and no broker has "
                + "started so recently that it may not know its clients yet; its name servers list "
                + "no topic or retry topic of the source for a third cluster; while the clusters are joined, no two "
                + "applications share a group outside the plan";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(JOIN);
    }

    @Override
    public boolean isDueAnyway(Situation situation) {
        return situation.isAnyJoined() && !situation.sharedGroups().isEmpty();
    }

    /** The clusters are joined already, and no step makes it worse. */
    @Override
    public boolean isAlarm() {
        return true;
    }

    @Override
    public Findings judge(Situation situation) {
        boolean first = isBeforeFirstJoin(situation);
        Findings findings = situation.isJoined()
                ? Findings.passed("no group outside the plan is used by two applications")
                : ofTopics(situation, first);
        GroupsOfOneName groups = new GroupsOfOneName(situation.sharedGroups());
        if (first) {
            new NamesOfThirdClusters(situation).fail(findings);
            groups.failBeforeJoin(situation.plan().plannedGroupNames(), findings);
        } else if (situation.isJoined() || !haveAllJoinedBefore(situation)) {
            groups.failWhileJoined(findings);
        }
        return findings;
    }

    /**
     * After the join, planned topics are created at the destination as they move. A join that was lost at a restart has to
     * be repeated, or topics that have moved are cut off from the source.
     */
    private static boolean isBeforeFirstJoin(Situation situation) {
        return !situation.isAnyJoined()
                && situation.recorded().joined().isEmpty()
                && LostRecord.proof(situation).isEmpty()
                && situation
                        .plan()
                        .topics()
                        .noneMatch(topic -> hasMoved(topic.name().value(), situation));
    }

    private static Findings ofTopics(Situation situation, boolean first) {
        Set<String> there = situation.destination().topics();
        Set<String> planned = situation
                .plan()
                .topics()
                .map(topic -> topic.name().value())
                .filter(name -> first && there.contains(name))
                .collect(toCollection(TreeSet::new));
        Set<String> both = new TreeSet<>(there);
        both.retainAll(situation.source().topics());
        situation.plan().topics().forEach(topic -> both.remove(topic.name().value()));
        if (planned.isEmpty() && both.isEmpty()) {
            return Findings.passed((first ? "no group is used in both clusters, and " : "")
                    + "no topic of the source is at the destination" + besides(situation));
        }
        if (planned.isEmpty() && haveAllJoinedBefore(situation)) {
            return Findings.passed("the brokers join again after a lost join; " + unplanned(both));
        }
        if (planned.isEmpty()) {
            return new Findings().failed(unplanned(both), deleteOrRename(both.size()));
        }
        String what = Counts.of(planned.size(), "topic") + " of the plan " + Counts.isOrAre(planned.size())
                + " already at the destination: " + Names.of(planned, Counts.MOST_NAMED);
        return new Findings()
                .failed(
                        what,
                        planned.stream().allMatch(topic -> isOurs(topic, situation))
                                ? "Plan without a selection: this plan created " + Counts.itOrThem(planned.size())
                                        + ", so apply can remove " + Counts.itOrThem(planned.size()) + "."
                                : deleteOrRename(planned.size()));
    }

    private static String deleteOrRename(int count) {
        return "Delete or rename " + Counts.itOrThem(count)
                + " at the destination: after the join, a topic has the queues of both clusters.";
    }

    /** Whether this plan created a topic, which a selection leaves out. */
    private static boolean isOurs(String topic, Situation situation) {
        return situation.scope().partial()
                && situation
                        .recorded()
                        .of(SettingsHash.topicKey(topic))
                        .filter(RecordedObject::isOurs)
                        .isPresent();
    }

    /** Objects that this plan created before it had traffic block the join themselves, until they are removed. */
    private static String besides(Situation situation) {
        ObjectsToRemove toRemove = situation.toRemove();
        return toRemove.isEmpty()
                ? ""
                : ", besides " + Counts.of(toRemove.size(), "object")
                        + " of this plan that must be removed before the join";
    }

    /** A topic that is closed for writing at the source has moved, so brokers had joined, recorded or not. */
    private static boolean hasMoved(String topic, Situation situation) {
        return situation.source().topic(topic).values().stream()
                .anyMatch(settings -> !settings.access().isWritable());
    }

    /** A lost join cuts off clients, which is worse than topics that were created meanwhile. */
    private static boolean haveAllJoinedBefore(Situation situation) {
        return situation
                .source()
                .servers()
                .filter(server -> !situation.isJoined(server))
                .allMatch(server -> situation.recorded().joined().contains(server.name()));
    }

    private static String unplanned(Set<String> topics) {
        return Counts.of(topics.size(), "topic") + " outside the plan " + Counts.isOrAre(topics.size())
                + " in both clusters: " + Names.of(topics, Counts.MOST_NAMED);
    }
}
