package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.LEAVE_JOIN;

import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Brokers accept messages of a topic that is closed for writing, so a client with an old route, or one that avoids slow
 * brokers, still sends there after the topic has left. Nobody reads these messages.
 */
final class SourceClosed implements ClusterCheck {
    @Override
    public String name() {
        return "source-closed";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String passesWhen() {
        return "no group has unread messages at the source that came after the topic had left it for "
                + "`destination`; the check is due whatever the plan asks for, until the join is left";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(LEAVE_JOIN);
    }

    @Override
    public boolean isDueAnyway(Situation situation) {
        return !situation.leftBehind().topics().isEmpty();
    }

    /** Going back is the remedy, so it must stay possible. */
    @Override
    public boolean isAlarm() {
        return true;
    }

    @Override
    public Findings judge(Situation situation) {
        QueueOffsets queues = situation.leftBehind();
        Findings findings = new Findings();
        new TreeSet<>(queues.topics().keySet()).forEach(topic -> judge(situation, topic, findings));
        return findings.elsePassed("nothing is unread at the source of "
                + Counts.of(queues.topics().size(), "topic") + " at destination");
    }

    private static void judge(Situation situation, String topic, Findings findings) {
        SortedSet<String> groups = new TreeSet<>(situation.offsets().groupsOf(topic));
        groups.removeAll(situation.plan().ignoredGroupNames());
        groups.removeIf(group -> unread(situation, topic, group) == 0);
        if (groups.isEmpty()) {
            return;
        }
        long most = groups.stream()
                .mapToLong(group -> unread(situation, topic, group))
                .max()
                .orElse(0);
        findings.failed(
                "topic '" + topic + "' is at destination, but the source has " + Counts.messages(most)
                        + " of it that nobody reads there anymore: unread by "
                        + Names.of(groups, Counts.MOST_NAMED)
                        + senders(situation, topic),
                "Find the client that sends to the source. Set stage: write-destination for the topic, so that its"
                        + " groups read the source again. If nobody runs a group anymore, add it to ignoredGroups; if it"
                        + " does not consume the topic anymore, reset its offset at the source.");
    }

    private static String senders(Situation situation, String topic) {
        TopicSenders senders = situation.lateSenders().getOrDefault(topic, TopicSenders.NONE);
        List<String> named = senders.last().entrySet().stream()
                .sorted(Map.Entry.<String, Instant>comparingByValue().reversed())
                .map(sender -> sender.getKey() + " (" + Counts.ago(sender.getValue(), situation.readAt()) + ")")
                .toList();
        return (named.isEmpty() ? "" : "; sent by " + Names.of(named, Counts.MOST_NAMED))
                + senders.unseen()
                        .map(why -> "; not all senders are known: " + why)
                        .orElse("");
    }

    /**
     * The messages that have come since the topic left, as far as the group has not read them. Its offset alone says too
     * much: a client that loses a queue may commit an old offset after a newer one.
     */
    private static long unread(Situation situation, String topic, String group) {
        QueueOffsets queues = situation.leftBehind();
        long behind = situation.offsets().unread(group, topic, queues).values().stream()
                .mapToLong(QueueRange::held)
                .sum();
        return Math.min(behind, situation.late(topic).orElse(behind));
    }
}
