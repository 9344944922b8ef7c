package io.github.rocketmigrate.live;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.client.consumer.AllocateMessageQueueStrategy;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.common.message.MessageQueue;

/** Divides queues as clients do by default, and writes down among how many members, and what its own share is. */
final class NotedDivision implements AllocateMessageQueueStrategy {
    private final AllocateMessageQueueStrategy usual = new AllocateMessageQueueAveragely();
    private final Diary diary;
    private final Map<String, Division> before = new ConcurrentHashMap<>();

    NotedDivision(Diary diary) {
        this.diary = diary;
    }

    @Override
    public List<MessageQueue> allocate(String group, String self, List<MessageQueue> queues, List<String> members) {
        List<MessageQueue> own = usual.allocate(group, self, queues, members);
        String topic = queues.get(0).getTopic();
        Division now = new Division(Moment.now(), group, topic, members.size(), words(own));
        Division seen = before.put(topic, now);
        if (seen == null || seen.members() != now.members() || !seen.queues().equals(now.queues())) {
            diary.divided(now);
        }
        return own;
    }

    private static String words(List<MessageQueue> queues) {
        return queues.stream()
                .map(queue -> queue.getBrokerName() + ":" + queue.getQueueId())
                .sorted()
                .collect(joining(","));
    }

    @Override
    public String getName() {
        return usual.getName();
    }
}
