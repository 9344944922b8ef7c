package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.observe.TrafficFixture.amount;
import static io.github.rocketmigrate.observe.TrafficFixture.due;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A topic waits for messages that nobody can read yet: to run again at once changes nothing. */
final class HeldByMessagesTest {
    private static final String OR_WAIVE = "; or, if nobody needs these messages, waive source-drained; then apply:"
            + " mvn migrate:apply -Dmigrate.changeSet=change-set.json"
            + " = help: https://rocketmigrate.github.io/checks.html#source-drained";

    private final ClusterFixture source =
            cluster("old", "5.1.4", "old-a").with("orders", topic(4).withAccess(Access.READ));
    private final ClusterFixture destination =
            cluster("new", "5.5.0", "new-a").with("orders", topic(4).withType("NORMAL"));
    private final TrafficFixture traffic = TrafficFixture.of("orders").queue(Side.SOURCE, "orders", "old-a", 0, 0, 0);
    private String topics = "{ name: orders, type: NORMAL }";

    private String next() {
        PlanReport report = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(Situations.withMasters(Situations.of("""
                        traffic: { routing: client }
                        batches: [{ name: web, stage: destination, topics: [%s] }]
                        """.formatted(topics), source, destination))
                        .withTraffic(traffic.build())),
                List.of());
        List<String> lines = new ArrayList<>();
        new Layout(new PlainTerminal(lines)).next(report.next());
        assertThat(lines).allMatch(line -> line.length() <= PlainTerminal.NARROW);
        return String.join(" ", lines).replaceAll(" +", " ");
    }

    @Test
    void delayedMessagesSayUntilWhen() {
        traffic.keeps(Side.SOURCE, HeldKind.DELAYED, due("orders", 3, Situations.NOON.plus(Duration.ofHours(2))));
        assertThat(next())
                .isEqualTo("Next: wait until 14:00 UTC (in 2 h), when the last delayed message of orders is due"
                        + OR_WAIVE);
    }

    @Test
    void timedMessagesHaveNoTime() {
        traffic.keeps(Side.SOURCE, HeldKind.TIMED, amount(2, Map.of("orders", 2L)));
        assertThat(next())
                .isEqualTo("Next: wait until the timed messages of orders are consumed; brokers do not say when they"
                        + " are due" + OR_WAIVE);
    }

    /** No time ends a transaction that its producer has forgotten. */
    @Test
    void halfMessagesNeedTheirProducers() {
        traffic.keeps(Side.SOURCE, HeldKind.HALF, amount(1, Map.of("orders", 1L)));
        assertThat(next())
                .isEqualTo("Next: have the producers of orders commit or roll back their transactions" + OR_WAIVE);
    }

    @Test
    void aTopicThatIsNotHeldIsAppliedAtOnce() {
        traffic.keeps(Side.SOURCE, HeldKind.HALF, amount(1, Map.of("orders", 1L)));
        topics += ", { name: views, type: NORMAL, stage: source }";
        source.with("views", topic(4));
        assertThat(next()).startsWith("Next: review the changes, then apply them: ");
    }

    @Test
    void whatIsUnreadIsNotHeld() {
        assertThat(next()).startsWith("Next: review the changes, then apply them: ");
    }
}
