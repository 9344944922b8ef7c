package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A reader looks for the red of a plan and of a board: what blocks, and the name of what is blocked, are red in both. */
final class BlockedColorTest {
    private final List<String> lines = new ArrayList<>();

    private Terminal terminal(int width) {
        Terminal plain = new PlainTerminal(width, lines);
        return (Terminal) Proxy.newProxyInstance(
                Terminal.class.getClassLoader(), new Class<?>[] {Terminal.class}, (proxy, method, args) -> {
                    try {
                        return method.getName().equals("bad") ? "<" + args[0] + ">" : method.invoke(plain, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static PlanReport plan() {
        Situation situation = Situations.withMasters(Situations.of(
                """
                traffic: { routing: client }
                batches:
                  - name: all
                    stage: write-destination
                    topics: [{ name: orders, type: NORMAL }]
                """,
                cluster("old", "4.9.7", "old-a").with("orders", topic(4)),
                cluster("new", "5.5.0", "new-a")
                        .with("orders", topic(4).withType("NORMAL").withAccess(Access.READ))));
        return new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(
                        situation,
                        Planner.plan(situation),
                        List.of(new Judgement(
                                CheckRegistry.of("consumers-switched").orElseThrow(),
                                Optional.of("orders"),
                                new Verdict.Failed("1 client of orders uses the source", "Restart it.")))),
                List.of());
    }

    @Test
    void aPlanColorsTheNameAndWhatBlocks() {
        new PlanText(terminal(120), false, false).print(plan());
        assertThat(lines)
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "<  ! topic  orders>  read-both → write-destination; <blocked by consumers-switched>"));
    }

    @Test
    void aBoardColorsTheNameAndWhatBlocks() {
        StatusReport board =
                new StatusReport(plan(), TrafficFixture.of("orders").build());
        new StatusText(terminal(200), false).print(board);
        assertThat(lines)
                .anySatisfy(line ->
                        assertThat(line).startsWith("  topic  <orders>  ").contains("  <blocked: consumers-switched>"));
        lines.clear();
        new StatusText(terminal(73), false).print(board);
        assertThat(lines).contains("      wanted: write-destination; <blocked: consumers-switched>");
    }
}
