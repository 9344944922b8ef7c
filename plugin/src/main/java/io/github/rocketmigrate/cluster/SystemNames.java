package io.github.rocketmigrate.cluster;

import java.util.List;
import java.util.Set;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.topic.TopicValidator;

/** Tells RocketMQ's own topics and groups from those of users, and names the topics of retries. */
public final class SystemNames {
    /** System topics that RocketMQ's own list leaves out. */
    private static final Set<String> MORE_TOPICS = Set.of("TBW102", "OFFSET_MOVED_EVENT", "BenchmarkTest");

    /** 5.x brokers store the offsets of a broadcasting group's members under a group name with this suffix. */
    private static final String BROADCASTING_SUFFIX = "@broadcast";

    private SystemNames() {}

    public static boolean isTopic(String name) {
        return TopicValidator.isSystemTopic(name)
                || MORE_TOPICS.contains(name)
                || Proxies.isTopic(name)
                || name.startsWith(TopicValidator.SYSTEM_TOPIC_PREFIX)
                || name.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX)
                || name.startsWith(MixAll.DLQ_GROUP_TOPIC_PREFIX);
    }

    public static boolean isGroup(String name) {
        return MixAll.isPredefinedGroup(name)
                || MixAll.isSysConsumerGroup(name)
                || Proxies.isGroup(name)
                || name.startsWith(TopicValidator.SYSTEM_TOPIC_PREFIX)
                || name.endsWith(BROADCASTING_SUFFIX);
    }

    /** The topic in which messages of a group wait for a retry. */
    public static String retryTopic(String group) {
        return MixAll.getRetryTopic(group);
    }

    /** Whether a topic belongs to some group: for its retries, or for its dead letters. */
    public static boolean isOfSomeGroup(String topic) {
        return topic.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX) || topic.startsWith(MixAll.DLQ_GROUP_TOPIC_PREFIX);
    }

    /** The topic for the dead letters of a group. */
    public static String deadLetterTopic(String group) {
        return MixAll.getDLQTopic(group);
    }

    /** Whether a topic is a retry topic of a group, in any of its forms, or the topic for its dead letters. */
    public static boolean isOfGroup(String topic, String group) {
        String retries = retryTopic(group);
        return topic.equals(retries)
                || topic.startsWith(retries + "_")
                || topic.startsWith(retries + "+")
                || topic.equals(MixAll.getDLQTopic(group));
    }

    /** The topics in which messages of one topic and group wait for a retry. Two of them are used with POP only. */
    public static List<String> retryTopics(String group, String topic) {
        String retries = retryTopic(group);
        return List.of(retries, retries + "_" + topic, retries + "+" + topic);
    }
}
