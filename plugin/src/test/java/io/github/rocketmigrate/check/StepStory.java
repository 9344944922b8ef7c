package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.util.List;
import java.util.Optional;

/** Two clusters, a topic with its traffic, and one check that judges the topic before a step. */
abstract class StepStory {
    static final String TOPIC = "orders";
    static final String OLD_SERVER = "10.0.0.11:9876";
    static final String NEW_SERVER = "10.0.1.11:9876";

    static final Rung LEAVE =
            new Rung.Writes(List.of(new Rung.AccessChange(DESTINATION, Access.READ)), Purpose.LEAVE_SOURCE);
    static final Rung FENCE = new Rung.Writes(
            List.of(new Rung.AccessChange(SOURCE, Access.READ), new Rung.AccessChange(DESTINATION, Access.WRITE)),
            Purpose.CLOSE_FENCE);
    static final Rung OPEN =
            new Rung.Wait(SOURCE, new Rung.AccessChange(DESTINATION, Access.READ_WRITE), Purpose.OPEN_FENCE);
    static final Rung PAUSED =
            new Rung.Wait(SOURCE, new Rung.AccessChange(DESTINATION, Access.WRITE), Purpose.END_PAUSE);
    static final Rung LAST = new Rung.Writes(List.of(new Rung.AccessChange(SOURCE, Access.NONE)), Purpose.LEAVE_BEHIND);
    static final Rung REVERSE =
            new Rung.Wait(DESTINATION, new Rung.AccessChange(SOURCE, Access.READ_WRITE), Purpose.OPEN_REVERSE_FENCE);
    static final Rung HOME = new Rung.Writes(List.of(new Rung.AccessChange(DESTINATION, Access.NONE)), Purpose.BACK);

    final ClusterFixture source = cluster("old", "4.9.7", "old-a", "old-b").with(TOPIC, topic(2));
    final ClusterFixture destination = cluster("new", "5.5.0", "new-a");
    final TrafficFixture traffic = TrafficFixture.of(TOPIC);
    String routing = "join";
    String type = "NORMAL";
    String waivers = "";

    private final Check check;

    StepStory(Check check) {
        assertThat(CheckRegistry.of(check.name()))
                .as("add %s to CheckRegistry", check.getClass().getSimpleName())
                .isPresent();
        this.check = check;
    }

    static void passes(Verdict verdict, String what) {
        assertThat(verdict).isEqualTo(new Verdict.Passed(what));
    }

    static void fails(Verdict verdict, String what) {
        assertThat(verdict).isInstanceOf(Failed.class);
        assertThat(verdict.what()).isEqualTo(what);
    }

    final Verdict judge(Rung rung) {
        return judge(situation(), rung);
    }

    final Verdict judge(Situation situation, Rung rung) {
        TopicStep step = new TopicStep(situation, situation.scope().topics().get(0), rung);
        List<Finding> findings = check.judge(situation, Optional.of(step)).all();
        namesGroupsOnlyWhereAWaiverCan(check, findings);
        return new Checks(situation).judge(check, Optional.of(step)).verdict();
    }

    /** Otherwise the plan's rules would refuse a waiver that has an effect. */
    static void namesGroupsOnlyWhereAWaiverCan(Check check, List<Finding> findings) {
        for (Finding finding : findings) {
            String name = finding.item().map(check::part).orElseGet(check::name);
            if (check.isWaivable() && finding.group().isPresent()) {
                assertThat(check.waiverNamesOfGroups()).contains(name, check.name());
            }
        }
    }

    final Situation situation() {
        return Situations.of(plan(), source, destination).withTraffic(traffic.build());
    }

    final String plan() {
        return """
                traffic: { routing: %s }
                ignoredGroups: [{ name: gone, reason: nobody runs it }]
                batches:
                  - name: all
                    stage: source
                    topics: [{ name: orders, type: %s }]
                    groups: [{ name: audit, order: CONCURRENT }, { name: mailer, order: CONCURRENT }]
                %s""".formatted(routing, type, waivers);
    }

    final String waiver(String narrowing) {
        return "    waivers: [{ check: " + check.name() + ", " + narrowing
                + " reason: it is known, owner: me, expires: 2026-12-31 }]\n";
    }
}
