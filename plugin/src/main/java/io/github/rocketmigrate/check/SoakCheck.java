package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.LEAVE_BEHIND;
import static io.github.rocketmigrate.model.Purpose.OPEN_BOTH;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.ConsumptionSpeed;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DueTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;

/**
 * A stage shows its faults only after a while with traffic in it: a topic stays at each stage for the time that the plan sets.
 *
 * <p>A group that has unread messages consumes in this stage if its offsets grow between two readings of one run.
 */
final class SoakCheck implements TrafficCheck {
    @Override
    public String name() {
        return "soak";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public List<String> waiverNamesOfGroups() {
        return waiverNames();
    }

    @Override
    public String whenFailed() {
        return "must stay longer at its stage";
    }

    @Override
    public String passesWhen() {
        return "the topic has been at its stage for the time in `soak`, and every group has read all messages or "
                + "consumes between two readings; a topic without new messages passes after the time; broadcasting "
                + "groups are unknown, and so is a topic whose arrival is not recorded; the check never blocks steps "
                + "that have begun";
    }

    @Override
    public boolean holdsBegunSteps() {
        return false;
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(OPEN_BOTH, TO_DESTINATION, CLOSE_FENCE, LEAVE_BEHIND);
    }

    @Override
    public boolean isMoot(Situation situation) {
        return Conditions.areUnset(situation, conditions -> conditions.soaking().isPresent());
    }

    @Override
    public boolean needsAnotherLook(Verdict verdict) {
        return verdict instanceof Unknown;
    }

    @Override
    public boolean comparesReadings() {
        return true;
    }

    @Override
    public String whyAwaited(FencePolicy policy) {
        return "two readings show whether a group consumes";
    }

    @Override
    public Outlook outlook(TopicStep step) {
        return new Outlook(
                required(step)
                        .flatMap(soak ->
                                step.situation().enteredStage(step.name()).map(at -> at.plus(soak)))
                        .filter(step.situation().readAt()::isBefore),
                Optional.empty(),
                false);
    }

    private static Optional<Duration> required(TopicStep step) {
        return step.situation().plan().conditionsOf(step.topic().batch()).soaking();
    }

    @Override
    public Findings judge(TopicStep step) {
        Optional<Duration> soak = required(step);
        if (soak.isEmpty()) {
            return Findings.passed("the topic's batch has no soak");
        }
        String least = Counts.span(soak.get()) + " required";
        Optional<Instant> entered = step.situation().enteredStage(step.name());
        if (entered.isEmpty()) {
            return new Findings()
                    .unknownWithFix(
                            "no run has recorded since when the topic has been " + place(step) + " (" + least + ")",
                            "Run apply: it records the time. The step is due " + Counts.span(soak.get()) + " later.");
        }
        Instant now = step.situation().readAt();
        Duration lasts = Duration.between(entered.get(), now);
        String there = "the topic has been " + place(step) + " for "
                + Counts.span(lasts.isNegative() ? Duration.ZERO : lasts) + " (" + least + ")";
        if (lasts.compareTo(soak.get()) < 0) {
            Instant end = entered.get().plus(soak.get());
            return new Findings()
                    .failed(
                            there + "; the step is due " + DueTime.at(end, now),
                            "Run again then, or let apply wait with -Dmigrate.wait.");
        }
        if (isUnused(step, entered.get())) {
            return Findings.passed(there + ", without new messages");
        }
        SortedSet<String> groups = step.groups();
        Findings findings = new Findings().of(groups);
        groups.forEach(group -> consumes(step, group, findings));
        return findings.elsePassed(there + (groups.isEmpty() ? "; no group consumes it" : " and is consumed"));
    }

    private static String place(TopicStep step) {
        return step.situation()
                .standing(step.name())
                .pair()
                .flatMap(pair -> pair.stage())
                .map(stage -> "at " + stage.word())
                .orElse("where it is");
    }

    /** Whether no message has come since: that is known while producers send to the source, or if none has ever come. */
    private static boolean isUnused(TopicStep step, Instant entered) {
        boolean isNew = step.traffic()
                        .at(Side.DESTINATION)
                        .queues()
                        .written(step.name())
                        .orElse(0)
                == 0;
        boolean isClosed = !step.situation().isOpen(Side.SOURCE, step.name());
        Optional<TopicSenders> senders = Optional.ofNullable(
                step.traffic().at(Side.SOURCE).clients().senders().get(step.name()));
        boolean sendsNothing = senders.filter(it ->
                        it.unseen().isEmpty() && it.last().values().stream().noneMatch(last -> !last.isBefore(entered)))
                .isPresent();
        return isNew && (isClosed || sendsNothing);
    }

    private static void consumes(TopicStep step, String group, Findings findings) {
        Traffic traffic = step.traffic();
        if (traffic.isBroadcasting(group)) {
            findings.unknown(
                    group,
                    group + " is broadcasting, so its clients store what they have consumed",
                    "Look at its application, and waive soak for the group if it consumes.");
            return;
        }
        OptionalLong unread = unread(step, group);
        if (unread.isEmpty()) {
            findings.unknown(group, "the backlog of " + group + " is not known");
        } else if (unread.getAsLong() > 0) {
            String behind = group + " has " + Counts.of(unread.getAsLong(), "unread message");
            List<ConsumptionSpeed> speeds = Arrays.stream(Side.values())
                    .flatMap(side -> ConsumptionSpeed.of(traffic, side, group, step.name()).stream())
                    .toList();
            if (traffic.members(group).isEmpty()) {
                findings.failed(group, behind + " and is offline", "Start it.");
            } else if (speeds.isEmpty()) {
                findings.unknown(group, behind + ", and whether it consumes needs a second reading");
            } else if (speeds.stream().allMatch(speed -> speed.consumed() == 0)) {
                findings.failed(group, behind + " and " + speeds.get(0).words(), "Find out why it does not consume.");
            }
        }
    }

    /** In both clusters, of which each has messages that consumers read in this stage. */
    private static OptionalLong unread(TopicStep step, String group) {
        long sum = 0;
        for (Side side : Side.values()) {
            if (!step.situation().at(side).topic(step.name()).isEmpty()) {
                OptionalLong ofSide = step.traffic()
                        .at(side)
                        .offsets()
                        .backlog(group, step.name(), step.traffic().at(side).queues());
                if (ofSide.isEmpty()) {
                    return OptionalLong.empty();
                }
                sum += ofSide.getAsLong();
            }
        }
        return OptionalLong.of(sum);
    }
}
