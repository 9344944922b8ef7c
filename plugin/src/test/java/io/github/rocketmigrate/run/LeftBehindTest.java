package io.github.rocketmigrate.run;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Reads of topics that have left the source, again and again in a waiting run. */
final class LeftBehindTest {
    private final List<Set<String>> readings = new ArrayList<>();
    private final LeftBehind leftBehind = new LeftBehind();

    private void look(String traffic, Access atSource, int second) {
        Situation situation = Situations.of(
                traffic + "batches: [{ name: all" + (traffic.isEmpty() ? "" : ", stage: destination")
                        + ", topics: [{ name: orders, type: NORMAL }] }]\n",
                cluster("old", "4.9.7", "old-a").with("orders", topic(4).withAccess(atSource)),
                cluster("new", "5.5.0", "new-a").with("orders", topic(4)));
        QueueOffsets unused =
                leftBehind.of(Situations.readAt(situation, Situations.NOON.plusSeconds(second)), topics -> {
                    readings.add(topics);
                    return QueueOffsets.NONE;
                });
    }

    @Test
    void onlyTopicsAtTheirLastStageAreReadAndAtMostTwiceAMinute() {
        look("traffic: { routing: join }\n", Access.READ, 0);
        assertThat(readings).isEmpty();
        for (int second = 1; second <= 61; second++) {
            look("traffic: { routing: join }\n", Access.NONE, second);
        }
        assertThat(readings).containsExactly(Set.of("orders"), Set.of("orders"));
    }

    @Test
    void beforeTheJoinIsLeftEveryLookReads() {
        look("traffic: { routing: join, complete: true }\n", Access.NONE, 0);
        look("traffic: { routing: join, complete: true }\n", Access.NONE, 1);
        assertThat(readings).hasSize(2);
    }

    @Test
    void aPlanWithoutTrafficReadsNothing() {
        look("", Access.NONE, 0);
        assertThat(readings).isEmpty();
    }
}
