package io.github.rocketmigrate.sandbox;

import java.util.List;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.store.OffsetStore;
import org.apache.rocketmq.client.consumer.store.ReadOffsetType;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.message.MessageQueue;

/**
 * Counts the messages that are still in the queues of a topic, so that they are not taken for lost.
 *
 * <p>The class runs with clients of any RocketMQ version and therefore uses only methods that all of them have.
 */
final class ShopBacklog {
    private ShopBacklog() {}

    /** The unread messages of a broadcasting member or, with all members, of a group. */
    @SuppressWarnings("deprecation")
    static long unread(String topic, List<DefaultMQPushConsumer> members) {
        DefaultMQPushConsumer any = members.get(0);
        try {
            long unread = 0;
            for (MessageQueue queue : any.fetchSubscribeMessageQueues(topic)) {
                unread += Math.max(0, any.maxOffset(queue) - consumed(any, queue));
            }
            return unread;
        } catch (MQClientException | RuntimeException notNow) {
            // A queue that cannot be asked may hold any number of messages.
            return Long.MAX_VALUE;
        }
    }

    /** The position of the group; a queue without one was not read yet. */
    @SuppressWarnings("deprecation")
    private static long consumed(DefaultMQPushConsumer member, MessageQueue queue) throws MQClientException {
        OffsetStore offsets = member.getDefaultMQPushConsumerImpl().getOffsetStore();
        long stored = offsets.readOffset(queue, ReadOffsetType.READ_FROM_STORE);
        return stored >= 0 ? stored : member.minOffset(queue);
    }
}
