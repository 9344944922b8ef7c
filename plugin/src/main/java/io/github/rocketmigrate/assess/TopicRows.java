package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Profile.ProfileRange;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Rules about the topics of the source: their kinds, queues and use. */
final class TopicRows {
    private static final Duration UNUSED = Duration.ofDays(7);
    private static final String LITE = "LITE";
    private static final String CLEANUP = "cleanup.policy";
    private static final String COMPACTION = "COMPACTION";

    private TopicRows() {}

    static RowRule publishedOrders() {
        return new RowRule(
                "RMA-209",
                "Published orders",
                new RowText(
                        "a name server publishes the queues of an ordered topic: producers then ignore its permission, so it"
                                + " cannot be closed for them",
                        "Remove the entry of each topic with mqadmin deleteKvConfig -s ORDER_TOPIC_CONFIG -k TOPIC at these"
                                + " name servers.",
                        "Do name servers have keys in the namespace ORDER_TOPIC_CONFIG?"),
                RowSource.of("RocketMQ 4.9.7 and 5.5.0, DefaultRequestProcessor and TopicPublishInfo", "2026-11-26"),
                TopicRows::publishedOrders);
    }

    private static RowFinding publishedOrders(Observation seen) {
        List<String> words = new ArrayList<>();
        SortedSet<String> topics = new TreeSet<>();
        boolean isFifo = false;
        for (Side side : Side.values()) {
            for (String topic : seen.at(side).ordered().needed()) {
                words.add(side.word() + " " + topic);
                topics.add(topic);
                isFifo |= seen.plan()
                        .topics()
                        .anyMatch(planned -> planned.name().value().equals(topic)
                                && planned.type().value() == MessageType.FIFO);
            }
        }
        return topics.isEmpty()
                ? RowFinding.notFired("no name server publishes an order")
                : RowFinding.fired(isFifo ? RowSeverity.BLOCKER : RowSeverity.RISK, Names.of(words, Counts.MOST_NAMED))
                        .objects(topics)
                        .effort(topics.size(), "entry to remove");
    }

    static RowRule kinds() {
        return new RowRule(
                "RMA-210",
                "Kinds of topics",
                new RowText(
                        "the source has static, lite or compaction topics, which would become ordinary ones",
                        "Ask the owners whether they depend on fixed queues, lite topics or the newest message of a key. If so,"
                                + " create these topics by hand.",
                        "Are there static, lite or compaction topics?"),
                RowSource.of(
                        "RocketMQ 5.5.0, TopicQueueMappingManager, TopicMessageType.LITE and CleanupPolicy",
                        "2026-11-26"),
                TopicRows::kinds);
    }

    private static RowFinding kinds(Observation seen) {
        Metadata source = seen.metadata(Side.SOURCE);
        List<String> words = new ArrayList<>();
        SortedSet<String> topics = new TreeSet<>();
        for (String topic : source.topics()) {
            boolean isStatic =
                    source.masters().anyMatch(broker -> broker.staticTopics().contains(topic));
            boolean isLite = has(source, topic, settings -> LITE.equals(settings.type()));
            boolean isCompacted = has(
                    source,
                    topic,
                    settings -> COMPACTION.equals(settings.attributes().get(CLEANUP)));
            if (isStatic || isLite || isCompacted) {
                topics.add(topic);
                words.add(topic + " (" + (isStatic ? "static" : isLite ? "lite" : "compaction") + ")");
            }
        }
        return topics.isEmpty()
                ? RowFinding.notFired("none of " + Counts.of(source.topics().size(), "topic"))
                : RowFinding.risk(Names.of(words, Counts.MOST_NAMED))
                        .objects(topics)
                        .effort(topics.size(), "topic to ask about");
    }

    private static boolean has(Metadata source, String topic, Predicate<TopicSettings> condition) {
        return source.topic(topic).values().stream().anyMatch(condition);
    }

    static RowRule queues() {
        return new RowRule(
                "RMA-212",
                "Queues of topics",
                new RowText(
                        "a topic has more or fewer queues at a broker than the destination allows",
                        "Set queues for these topics in the plan.",
                        "Does the destination limit the queues of a topic?"),
                RowSource.of("documentation of the profiles, TDMQ: 3 to 16 queues", "2026-11-30"),
                TopicRows::queues);
    }

    private static RowFinding queues(Observation seen) {
        Metadata source = seen.metadata(Side.SOURCE);
        Optional<ProfileRange> range = seen.plan().profile().queues();
        SortedSet<String> wrong = new TreeSet<>();
        int most = 0;
        for (String topic : source.topics()) {
            int queues = source.topic(topic).values().stream()
                    .mapToInt(TopicSettings::queues)
                    .max()
                    .orElse(0);
            most = Math.max(most, queues);
            if (range.isPresent() && !range.get().holds(queues)) {
                wrong.add(topic);
            }
        }
        String value = "up to " + Counts.of(most, "queue") + " at a broker";
        RowFinding found = wrong.isEmpty()
                ? RowFinding.notFired(value)
                : RowFinding.risk(value + "; outside: " + Names.of(wrong, Counts.MOST_NAMED))
                        .objects(wrong)
                        .effort(wrong.size(), "topic to change");
        return found.limit(range.map(it -> it.least() + " to " + it.most()).orElse("none"));
    }

    static RowRule quotas() {
        return new RowRule(
                "RMA-213",
                "Numbers of topics and groups",
                new RowText(
                        "never by itself: the quota of a managed instance depends on what was bought, and is asked",
                        "Raise the quota before the plan is applied.",
                        "How many topics and groups does the instance allow?"),
                RowSource.of("documentation of metadata import: topic quota reached", "2026-11-30"),
                TopicRows::quotas);
    }

    private static RowFinding quotas(Observation seen) {
        Metadata source = seen.metadata(Side.SOURCE);
        String value = Counts.of(source.topics().size(), "topic") + ", "
                + Counts.of(source.groups().size(), "group");
        if (seen.plan().profile().managed()) {
            throw new Measured.NotMeasured("the source has " + value + ", and the quota of the instance is not known");
        }
        return RowFinding.notFired(value).limit("none");
    }

    static RowRule unused() {
        return new RowRule(
                "RMA-214",
                "Unused topics",
                new RowText(
                        "a topic has no message that is younger than 7 days",
                        "Ask the owners whether these topics are needed; leave them out of the plan if not.",
                        "Which topics does nobody use anymore?"),
                RowSource.of(
                        "RocketMQ 4.7.1 to 5.5.0: the time at which the broker stored the newest messages",
                        "2026-11-26"),
                TopicRows::unused);
    }

    private static RowFinding unused(Observation seen) {
        QueueOffsets queues = seen.source().queues().needed();
        Map<String, TopicSenders> senders = seen.source().clients().needed().senders();
        SortedSet<String> topics = seen.metadata(Side.SOURCE).topics();
        List<String> unused = new ArrayList<>();
        List<String> unread = new ArrayList<>();
        for (String topic : topics) {
            TopicSenders ofTopic = senders.getOrDefault(topic, TopicSenders.NONE);
            Optional<Instant> last = ofTopic.last().values().stream().max(Instant::compareTo);
            boolean isEmpty = queues.held(topic).orElse(0) == 0;
            if (isEmpty
                    || last.filter(at -> at.isBefore(seen.readAt().minus(UNUSED)))
                            .isPresent()) {
                unused.add(topic);
            } else if (last.isEmpty()) {
                unread.add(topic);
            }
        }
        if (unused.isEmpty() && !unread.isEmpty()) {
            throw new Measured.NotMeasured("the newest messages of " + Counts.of(unread.size(), "topic")
                    + " were not read: " + Names.of(unread, Counts.MOST_NAMED));
        }
        return unused.isEmpty()
                ? RowFinding.notFired(Counts.of(topics.size(), "topic has", "topics have") + " younger messages")
                : RowFinding.note(Counts.of(unused.size(), "topic") + " of " + topics.size() + ": "
                                + Names.of(unused, Counts.MOST_NAMED))
                        .objects(unused)
                        .effort(unused.size(), "topic to ask about");
    }
}
