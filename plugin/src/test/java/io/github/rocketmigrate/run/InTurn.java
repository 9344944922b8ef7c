package io.github.rocketmigrate.run;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.rocketmq.client.consumer.AllocateMessageQueueStrategy;
import org.apache.rocketmq.common.message.MessageQueue;

/** Divides queues among the members of a group. RocketMQ's own ways need a library that this build leaves out. */
final class InTurn implements AllocateMessageQueueStrategy {
    @Override
    public List<MessageQueue> allocate(String group, String self, List<MessageQueue> queues, List<String> members) {
        return IntStream.range(0, queues.size())
                .filter(i -> members.indexOf(self) == i % members.size())
                .mapToObj(queues::get)
                .toList();
    }

    @Override
    public String getName() {
        return "in-turn";
    }
}
