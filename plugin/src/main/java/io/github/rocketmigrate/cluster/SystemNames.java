package io.github.rocketmigrate.cluster;

import java.util.Set;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.topic.TopicValidator;

/** The topics and groups that RocketMQ makes for itself. */
public final class SystemNames {
    /** What RocketMQ uses and its own list leaves out. */
    private static final Set<String> MORE_TOPICS = Set.of("TBW102", "OFFSET_MOVED_EVENT", "BenchmarkTest");

    /** Brokers of 5.x keep how far the members of a broadcasting group are, as the offsets of a group of this name. */
    private static final String BROADCASTING_SUFFIX = "@broadcast";

    private SystemNames() {}

    public static boolean isTopic(String name) {
        return TopicValidator.isSystemTopic(name)
                || MORE_TOPICS.contains(name)
                || name.startsWith(TopicValidator.SYSTEM_TOPIC_PREFIX)
                || name.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX)
                || name.startsWith(MixAll.DLQ_GROUP_TOPIC_PREFIX);
    }

    public static boolean isGroup(String name) {
        return MixAll.isPredefinedGroup(name)
                || MixAll.isSysConsumerGroup(name)
                || name.startsWith(TopicValidator.SYSTEM_TOPIC_PREFIX)
                || name.endsWith(BROADCASTING_SUFFIX);
    }
}
