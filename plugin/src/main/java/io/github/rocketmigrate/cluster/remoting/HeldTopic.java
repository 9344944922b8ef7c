package io.github.rocketmigrate.cluster.remoting;

import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.message.MessageConst;
import org.apache.rocketmq.common.message.MessageExt;

/** Finds the topic of a message that lies in a topic of the broker: brokers keep its name in properties. */
final class HeldTopic {
    private HeldTopic() {}

    /** Whether a group has returned a held message. */
    static boolean isRetry(MessageExt message) {
        String real = message.getProperty(MessageConst.PROPERTY_REAL_TOPIC);
        return real != null && real.startsWith(MixAll.RETRY_GROUP_TOPIC_PREFIX);
    }

    /** The topic to which a held message goes; of a retry, the topic from which it came first. */
    static String destination(MessageExt message) {
        String real = message.getProperty(MessageConst.PROPERTY_REAL_TOPIC);
        return real == null || isRetry(message) ? origin(message) : real;
    }

    /** The topic from which a retry came. */
    static String origin(MessageExt message) {
        String origin = message.getProperty(MessageConst.PROPERTY_RETRY_TOPIC);
        String real = message.getProperty(MessageConst.PROPERTY_REAL_TOPIC);
        return origin != null ? origin : real != null ? real : message.getTopic();
    }
}
