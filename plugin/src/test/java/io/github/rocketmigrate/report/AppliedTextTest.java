package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.WriteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Somebody watches a run: each line says what happened, and no name is lost before there are too many. */
final class AppliedTextTest {
    private final List<String> lines = new ArrayList<>();

    @Test
    void objectsThatChangeAlikeShareALine() {
        print(move(3));
        assertThat(lines).containsExactly("✓ moved 3 topics  source → read-both: topic-0, topic-1, topic-2");
    }

    @Test
    void objectsThatChangeInAnotherWayHaveALineEach() {
        print(create(2));
        assertThat(lines)
                .containsExactly(
                        "✓ created topic topic-0  NORMAL, 1 queue                            2.3 s",
                        "✓ created topic topic-1  NORMAL, 2 queues                           2.3 s");
    }

    @Test
    void newObjectsShareALineWhateverTheirSettingsWhichThePlanHasShown() {
        print(create(4));
        assertThat(lines).containsExactly("✓ created 4 topics  topic-0, topic-1, topic-2, topic-3              2.3 s");
    }

    @Test
    void ofVeryManyObjectsOnlySomeAreNamed() {
        print(create(21));
        assertThat(lines).containsExactly("✓ created 21 topics  topic-0, topic-1, topic-10 and 18 more         2.3 s");
    }

    /** Together they take as long as the last of them. */
    @Test
    void aLineHasTheTimeOfTheChangeThatTookLongest() {
        Situation situation = create(3);
        List<AppliedChange> changes = new ArrayList<>();
        for (Change change : Planner.plan(situation).changes()) {
            changes.add(new AppliedChange(
                    change,
                    WriteOutcome.CONFIRMED,
                    "",
                    "",
                    Optional.of(Duration.ofMillis(500L * (changes.size() + 1))),
                    Optional.of(Duration.ofSeconds(9)),
                    false));
        }
        new AppliedText(new PlainTerminal(lines), situation).print(changes, Duration.ofSeconds(9));
        assertThat(lines).containsExactly("✓ created 3 topics  topic-0, topic-1, topic-2                       1.5 s");
    }

    /** The write of a move takes no time; its wait did, and another line has told. */
    @Test
    void noTimeIsPrintedThatSaysNothing() {
        assertThat(AppliedText.time(Duration.ofMillis(49))).isEmpty();
        assertThat(AppliedText.time(Duration.ofMillis(50))).isEqualTo("0.1 s");
    }

    @Test
    void aBrokerThatLeavesTheJoinHasTheWordsOfThePlanAndTheCount() {
        print(leaving());
        assertThat(lines)
                .containsExactly(
                        "✓ left the join: broker old-a  name servers                         2.3 s",
                        "                               10.0.0.11:9876;10.0.1.11:9876 →",
                        "                               10.0.0.11:9876");
    }

    private void print(Situation situation) {
        List<Change> changes = Planner.plan(situation).changes();
        new AppliedText(new PlainTerminal(lines), situation)
                .print(
                        changes.stream()
                                .map(change -> new AppliedChange(change, WriteOutcome.CONFIRMED, "", ""))
                                .toList(),
                        Duration.ofMillis(2_300));
    }

    /** A plan that creates topics, of which each has another number of queues. */
    private static Situation create(int topics) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a");
        IntStream.range(0, topics).forEach(i -> source.with("topic-" + i, topic(i + 1)));
        return Situations.of(plan("", topics), source, cluster("new", "5.5.0", "new-a"));
    }

    /** A plan that moves topics which the destination has. */
    private static Situation move(int topics) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a").with("audit", GroupSettings.DEFAULT);
        ClusterFixture destination = cluster("new", "5.5.0", "new-a").with("audit", GroupSettings.DEFAULT);
        IntStream.range(0, topics).forEach(i -> {
            source.with("topic-" + i, topic(4));
            destination.with("topic-" + i, topic(4).withAccess(Access.NONE));
        });
        return Situations.of(plan("traffic: { routing: client }\n", topics), source, destination);
    }

    /** A plan that is complete, with a broker that still is in the join. */
    private static Situation leaving() {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .with("topic-0", topic(4).withAccess(Access.NONE))
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876");
        ClusterFixture destination = cluster("new", "5.5.0", "new-a")
                .nameServer("10.0.1.11:9876", source.build())
                .with("topic-0", topic(4).withType("NORMAL"));
        return Situations.of(
                plan("traffic: { routing: join, complete: true }\n", 1).replace("read-both", "destination"),
                source,
                destination);
    }

    private static String plan(String traffic, int topics) {
        StringBuilder plan = new StringBuilder(traffic).append("batches:\n  - name: all\n");
        if (!traffic.isEmpty()) {
            plan.append("    stage: read-both\n");
        }
        plan.append("    topics:\n");
        IntStream.range(0, topics)
                .forEach(i -> plan.append("      - { name: topic-").append(i).append(", type: NORMAL }\n"));
        return plan.toString();
    }
}
