package io.github.rocketmigrate.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Passed;
import org.junit.jupiter.api.Test;

/** Brokers that create topics and groups automatically. */
final class NoAutoCreateTest extends ClusterStory {
    NoAutoCreateTest() {
        super(new NoAutoCreate());
    }

    @Test
    void aBrokerThatCreatesAutomaticallyIsNamed() {
        assertThat(judge()).isInstanceOf(Passed.class);
        source.setting("old-a", "autoCreateTopicEnable", "true");
        destination.setting("new-b", "autoCreateSubscriptionGroup", "true");
        assertThat(judge().what())
                .isEqualTo(
                        "the source's broker old-a has autoCreateTopicEnable=true; the destination's broker new-b has"
                                + " autoCreateSubscriptionGroup=true");
    }
}
