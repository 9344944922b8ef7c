package io.github.rocketmigrate.live;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.client.consumer.AllocateMessageQueueStrategy;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.common.message.MessageQueue;

/** Divides queues as clients do by default, and writes down among how many members. */
final class NotedDivision implements AllocateMessageQueueStrategy {
    private final AllocateMessageQueueStrategy usual = new AllocateMessageQueueAveragely();
    private final Diary diary;
    private final Map<String, Integer> before = new ConcurrentHashMap<>();

    NotedDivision(Diary diary) {
        this.diary = diary;
    }

    @Override
    public List<MessageQueue> allocate(String group, String self, List<MessageQueue> queues, List<String> members) {
        List<MessageQueue> own = usual.allocate(group, self, queues, members);
        String topic = queues.get(0).getTopic();
        Integer seen = before.put(topic, members.size());
        if (seen == null || seen != members.size()) {
            diary.divided(new Division(Moment.now(), group, topic, members.size()));
        }
        return own;
    }

    @Override
    public String getName() {
        return usual.getName();
    }
}
