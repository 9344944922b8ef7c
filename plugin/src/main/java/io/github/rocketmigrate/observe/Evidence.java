package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells what runs of this plan have done to a topic from what somebody else has done, who may have had a reason. */
public record Evidence(Situation situation) {
    public Evidence {
        requireNonNull(situation, "situation is null");
    }

    /** Whether a step that a run has begun left a topic with these permissions. */
    public boolean explains(String topic, Standing found) {
        return step(topic).filter(step -> step.explains(found)).isPresent();
    }

    /** Whether a write that was not answered in time may have left a topic with these permissions, after other steps. */
    public boolean isOfLateWrite(String topic, Standing found) {
        return explains(topic, found)
                && step(topic)
                        .filter(step -> step.mayComeLate(situation.readAt()))
                        .isPresent();
    }

    /** Whether a run opened the source without the destination, straight from {@code destination}, on some masters only. */
    public boolean isOfOpening(String topic, Standing found) {
        return explains(topic, found)
                && step(topic).filter(BegunStep::opensClosedSource).isPresent();
    }

    /** The side that a run has closed for a pause; empty if clients can write the topic, or if no pause was begun. */
    public Optional<Side> pause(String topic, Standing found) {
        return step(topic)
                .flatMap(BegunStep::paused)
                .filter(side -> found.pair().filter(Pair::isReadOnly).isPresent());
    }

    /** Whether runs of this plan may close a topic at the destination: they opened it, or nobody has written there. */
    public boolean mayClose(String topic) {
        return hasOpened(topic) || situation.queueOffsets().isUntouched(topic);
    }

    /** Whether {@link #mayClose} depends on the messages that the topic has had at the destination. */
    public boolean dependsOnMessages(String topic) {
        return situation.routing().isPresent() && situation.isOpen(Side.DESTINATION, topic) && !hasOpened(topic);
    }

    private boolean hasOpened(String topic) {
        return step(topic).filter(BegunStep::opens).isPresent()
                || situation.recorded().of(SettingsHash.topicKey(topic)).stream()
                        .flatMap(Evidence::stages)
                        .anyMatch(stage -> stage.at(Side.DESTINATION).isWritable());
    }

    private static Stream<Stage> stages(RecordedObject recorded) {
        return Stream.of(recorded.stage(), recorded.heading()).flatMap(Optional::stream);
    }

    private Optional<BegunStep> step(String topic) {
        return Optional.ofNullable(situation.recorded().begun().get(topic));
    }
}
