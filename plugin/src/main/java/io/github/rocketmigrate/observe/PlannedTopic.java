package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Topic;

/** Pairs a topic of the plan with its batch. */
public record PlannedTopic(Batch batch, Topic topic) {
    public PlannedTopic {
        requireNonNull(batch, "batch is null");
        requireNonNull(topic, "topic is null");
    }

    public String name() {
        return topic.name().value();
    }

    public MessageType type() {
        return topic.type().value();
    }

    public Stage wanted() {
        return batch.wanted(topic);
    }

    public Position at() {
        return topic.name().at();
    }
}
