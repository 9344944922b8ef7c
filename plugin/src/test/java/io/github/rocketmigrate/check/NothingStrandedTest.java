package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Messages at the destination before a step back. */
final class NothingStrandedTest extends StepStory {
    NothingStrandedTest() {
        super(new NothingStranded());
    }

    @Test
    void aStepBackThatEndsReadingStrandsNothing() {
        destination.with(TOPIC, topic(1));
        traffic.queue(DESTINATION, TOPIC, "new-a", 0, 0, 7).offset(DESTINATION, "audit", TOPIC, "new-a", 0, 5);
        fails(
                judge(HOME),
                "1 failed: 2 messages of the topic at the destination are unread by audit;"
                        + " 1 unknown: the topic's offsets at the destination were not read");
        Rung readable = new Rung.Writes(List.of(new Rung.AccessChange(DESTINATION, Access.READ)), Purpose.BACK);
        passes(judge(readable), "messages at the destination can still be read");
        traffic.offset(DESTINATION, "audit", TOPIC, "new-a", 0, 7).seen(Set.of(SOURCE));
        assertThat(judge(HOME))
                .describedAs("a producer may still send there by its old route")
                .isEqualTo(
                        new Unknown(
                                "the closed topic at the destination was read for the first time, and needs 35 s without new messages"));
        traffic.then(Duration.ofSeconds(35)).seen(Set.of(SOURCE));
        passes(judge(HOME), "no message of the topic is left at the destination");
    }

    @Test
    void messagesInFlightToPopClientsAreUnknown() {
        destination.with(TOPIC, topic(1));
        traffic.queue(DESTINATION, TOPIC, "new-a", 0, 0, 0)
                .consumes(DESTINATION, "audit", TOPIC, false, ConsumeMode.POP, "a@1")
                .seen(Set.of(SOURCE))
                .then(Duration.ofSeconds(35))
                .seen(Set.of(SOURCE));
        assertThat(judge(HOME))
                .isEqualTo(new Unknown("messages in flight to POP clients of audit at the destination are not known"));
    }
}
