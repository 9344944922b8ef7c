package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Checks;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/** Plans of one topic, and what single checks say of it before a step that a test chooses. */
final class CheckedTopics {
    private static final Map<Purpose, Rung> STEPS = Map.of(
            Purpose.LEAVE_SOURCE, writes(Purpose.LEAVE_SOURCE, Side.DESTINATION, Access.READ),
            Purpose.TO_DESTINATION, writes(Purpose.TO_DESTINATION, Side.SOURCE, Access.READ),
            Purpose.CLOSE_FENCE, writes(Purpose.CLOSE_FENCE, Side.SOURCE, Access.READ),
            Purpose.LEAVE_BEHIND, writes(Purpose.LEAVE_BEHIND, Side.SOURCE, Access.NONE),
            Purpose.BACK, writes(Purpose.BACK, Side.DESTINATION, Access.NONE));

    private final Endpoints endpoints;
    private final Path folder;
    private final String routing;

    /** Topics of brokers that join. */
    CheckedTopics(Endpoints endpoints, Path folder) {
        this(endpoints, folder, "join");
    }

    CheckedTopics(Endpoints endpoints, Path folder, String routing) {
        this.endpoints = endpoints;
        this.folder = folder;
        this.routing = routing;
    }

    private static Rung writes(Purpose purpose, Side side, Access access) {
        return new Rung.Writes(List.of(new Rung.AccessChange(side, access)), purpose);
    }

    Goals goals() {
        return new Goals(endpoints, folder);
    }

    /** A plan of its own name with one topic. */
    String text(String traffic, Stage stage, String topic, String type, String... groups) {
        String order = type.equals("FIFO") ? "ORDERLY" : "CONCURRENT";
        return goals().head("traffic: { routing: " + routing + traffic + " }\n").replace("name: test", "name: " + topic)
                + """
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: %s, type: %s }]
                    groups: [%s]
                """.formatted(
                                stage.word(),
                                topic,
                                type,
                                Stream.of(groups)
                                        .map(group -> "{ name: " + group + ", order: " + order + " }")
                                        .collect(joining(", ")));
    }

    PlanReport plan(Stage stage, String topic, String... groups) {
        return plan(text("", stage, topic, "NORMAL", groups));
    }

    PlanReport plan(String text) {
        return goals().plan(text, Selection.ALL);
    }

    /** What the checks before a step of the topic say. */
    static Judged before(Purpose purpose, PlanReport report) {
        return new Judged(
                new Checks(report.situation())
                        .ofTopic(report.situation().scope().topics().get(0), STEPS.get(purpose)),
                report);
    }

    /** What the checks of both clusters say before a change of them. */
    static Judged ofClusters(Purpose purpose, PlanReport report) {
        return new Judged(new Checks(report.situation()).ofClusters(Set.of(purpose)), report);
    }

    /** What a plan itself shows. */
    static Judged in(PlanReport report) {
        return new Judged(report.judgements(), report);
    }

    /** The verdicts of one moment. */
    record Judged(Collection<Judgement> judgements, PlanReport report) {
        Verdict of(String check) {
            return judgements.stream()
                    .filter(judgement -> judgement.check().name().equals(check))
                    .map(Judgement::verdict)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + check + " in " + Printed.of(report)));
        }

        Judged passes(String... checks) {
            for (String check : checks) {
                assertThat(of(check)).describedAs(check).isInstanceOf(Verdict.Passed.class);
            }
            return this;
        }

        Judged fails(String check, String part) {
            return is(Verdict.Failed.class, check, part);
        }

        Judged isUnknown(String check, String part) {
            return is(Verdict.Unknown.class, check, part);
        }

        private Judged is(Class<? extends Verdict> expected, String check, String part) {
            Verdict verdict = of(check);
            assertThat(verdict).describedAs(check + ": " + verdict).isInstanceOf(expected);
            assertThat(verdict.what()).describedAs(check).contains(part);
            return this;
        }
    }

    /** Reads until a test is content. */
    interface Look {
        Judged judged() throws Exception;
    }

    /** Waits until a check says so. */
    static void await(String check, String part, Look look) throws Exception {
        AtomicReference<Verdict> last = new AtomicReference<>();
        try {
            Eventually.holds(check + " says " + part, () -> {
                last.set(look.judged().of(check));
                return last.get().what().contains(part);
            });
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + ", but " + last.get(), late);
        }
    }
}
