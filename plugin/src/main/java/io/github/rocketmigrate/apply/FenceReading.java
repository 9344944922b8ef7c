package io.github.rocketmigrate.apply;

import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.write.Halt;
import io.github.rocketmigrate.write.ObjectUpdate;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Compares what the masters of both sides have with what they had before a fence and with what they are to get. */
final class FenceReading {
    /** By side, master and topic. */
    private final Map<Side, Map<String, Map<String, TopicSettings>>> found;

    private FenceReading(Map<Side, Map<String, Map<String, TopicSettings>>> found) {
        this.found = found;
    }

    /** Reads all topics from all masters of both sides. */
    static FenceReading of(StepContext context) throws InterruptedException, Halt {
        Map<Side, Map<String, Map<String, TopicSettings>>> found = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            Map<String, Map<String, TopicSettings>> ofSide = new ConcurrentHashMap<>();
            context.masters()
                    .each(
                            context.cluster(side).brokers().values(),
                            master -> ofSide.put(
                                    master.name(), context.store(side).read(master)));
            found.put(side, ofSide);
        }
        return new FenceReading(found);
    }

    boolean isAsBefore(Fence.Passage passage) {
        return passage.updates().entrySet().stream()
                .allMatch(update -> shows(update.getKey(), update.getValue(), update.getValue()::before));
    }

    boolean isDone(Fence.Passage passage) {
        return passage.updates().entrySet().stream().allMatch(update -> isDone(update.getKey(), update.getValue()));
    }

    boolean isDone(Side side, ObjectUpdate<TopicSettings> update) {
        return shows(side, update, broker -> update.after().get(broker));
    }

    private boolean shows(Side side, ObjectUpdate<TopicSettings> update, Expected expected) {
        return update.after().keySet().stream().allMatch(broker -> {
            Map<String, TopicSettings> has = found.get(side).get(broker);
            return has != null && expected.on(broker).equals(has.get(update.name()));
        });
    }

    /** The settings that a topic should have on a broker. */
    @FunctionalInterface
    private interface Expected {
        TopicSettings on(String broker);
    }
}
