package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.OneSide;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.LeaseNote;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What {@code status} knows while one cluster cannot be read. It has no stage, no outcome and no change: these need both
 * clusters.
 *
 * @param lease of the cluster that was read, if a run held it
 */
public record OneSideReport(OneSide seen, Invocation invocation, Optional<LeaseNote> lease) {
    /** The cell of an object that the cluster does not have, and of a stage that no run has recorded. */
    private static final String NONE = "–";

    public OneSideReport {
        requireNonNull(seen, "seen is null");
        requireNonNull(invocation, "invocation is null");
        requireNonNull(lease, "lease is null");
    }

    /**
     * A topic or group in the cluster that was read.
     *
     * @param place the permissions of a topic, or whether the cluster has the group
     * @param recorded the stage at which the last run left a topic
     * @param since when a run first recorded that stage
     */
    record Row(
            Subject.Kind kind,
            String name,
            String place,
            OptionalLong backlog,
            int members,
            Optional<Stage> recorded,
            Optional<Instant> since) {}

    /** The rows of a batch: its topics, then its groups. */
    List<Row> rows(Batch batch) {
        return Stream.concat(
                        seen.scope().topics().stream()
                                .filter(topic -> topic.batch().equals(batch))
                                .map(this::row),
                        seen.scope().groups().stream()
                                .filter(group -> group.batch().equals(batch))
                                .map(this::row))
                .toList();
    }

    private Row row(PlannedTopic topic) {
        Traffic traffic = seen.shown();
        Optional<RecordedObject> recorded = seen.recorded(topic.name());
        return new Row(
                Subject.Kind.TOPIC,
                topic.name(),
                place(seen.accesses(topic.name())),
                traffic.backlogOf(seen.side(), topic.name()),
                traffic.members(seen.side(), traffic.groupsOf(topic.name())),
                recorded.flatMap(RecordedObject::stage),
                recorded.flatMap(RecordedObject::since));
    }

    private Row row(PlannedGroup group) {
        Traffic traffic = seen.shown();
        boolean isThere = !seen.cluster().group(group.name()).isEmpty();
        return new Row(
                Subject.Kind.GROUP,
                group.name(),
                isThere ? "defined" : NONE,
                traffic.backlogOfGroup(seen.side(), group.name(), seen.plan().plannedTopicNames()),
                traffic.members(seen.side(), Set.of(group.name())),
                Optional.empty(),
                Optional.empty());
    }

    /** Masters with different permissions are all named. */
    private static String place(Collection<Access> accesses) {
        return accesses.isEmpty()
                ? NONE
                : String.join(
                        ", ",
                        accesses.stream()
                                .map(access -> access == Access.NONE ? "closed" : access.brief())
                                .toList());
    }

    Optional<RunAtWork> atWork() {
        return lease.map(note -> new RunAtWork(note, seen.readAt()));
    }

    /** Which topics do not work for producers until the other cluster is back. */
    Optional<String> closed(int most) {
        List<String> closed = seen.closed();
        return closed.isEmpty()
                ? Optional.empty()
                : Optional.of(Counts.of(closed.size(), "topic") + " cannot be written at the "
                        + seen.side().word() + ": " + Names.of(closed, most) + ". "
                        + Counts.verb(closed.size(), "Its", "Their") + " producers need the "
                        + seen.unread().word() + ".");
    }

    NextStep next() {
        return NextStep.after(this);
    }

    boolean isDestinationUnread() {
        return seen.unread() == Side.DESTINATION;
    }
}
