package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.QueueKey;
import java.util.List;

/** How members divide queues unless applications choose another strategy. */
final class SimDivision {
    private SimDivision() {}

    /** Neighboring queues for each member, as equally as possible; none for a client that is not among the members. */
    static List<QueueKey> share(List<QueueKey> queues, List<String> members, String self) {
        List<String> sorted = members.stream().sorted().toList();
        int index = sorted.indexOf(self);
        if (index < 0) {
            return List.of();
        }
        int rest = queues.size() % sorted.size();
        int size = queues.size() / sorted.size() + (index < rest ? 1 : 0);
        int from = index * (queues.size() / sorted.size()) + Math.min(index, rest);
        return queues.subList(from, Math.min(queues.size(), from + size));
    }
}
