package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSetFile;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.change.Stale;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A client chooses its own id, and a server its own words. In no output can they move the cursor, hide or reverse text, add
 * a line, or give the build server a command.
 *
 * <p>Longer than 300 lines: every way out is a case.
 */
final class ForeignTextTest {
    private static final String HOSTILE =
            "evil\u001b[2J\u001b]0;title\u0007\r\n[INFO] forged\r\n::error::forged ::warning::too"
                    + " ##vso[task.complete result=Succeeded] ##[error]x ##teamcity[buildStop]"
                    + " \u202e\u2066\u200b\u200d\ufeff\u2028\u2029\u0085\u009b31m\u007f \ud83d `*_<b>";

    private static final Pattern COMMAND = Pattern.compile("(?m)^ *::\\w|##\\w*\\[");
    private static final String OLD = "10.0.0.11:9876";

    @TempDir
    Path folder;

    /** Every way out of the plugin, but for Maven's own lines, which the tests of the goals look at. */
    enum Way {
        PLAN {
            @Override
            String text(Path folder) {
                return printed(terminal -> new PlanText(terminal, true, true).print(plan()));
            }
        },
        BOARD {
            @Override
            String text(Path folder) {
                return printed(terminal -> new StatusText(terminal, true).print(status()));
            }
        },
        WATCHED_BOARD {
            @Override
            String text(Path folder) {
                WindowScreen screen = WindowScreen.high();
                new LiveBoard(
                                screen,
                                new PlainTerminal(new ArrayList<>()),
                                ZoneOffset.UTC,
                                Duration.ofSeconds(10),
                                true)
                        .print(look());
                return onePerLine(screen.page());
            }
        },
        WATCHED_LOG {
            @Override
            String text(Path folder) {
                return printed(terminal -> new StatusChanges(terminal, true).print(look()));
            }
        },
        END_OF_A_RUN {
            @Override
            String text(Path folder) {
                return printed(terminal -> new ApplyText(terminal, true).print(apply()));
            }
        },
        CHANGES_OF_A_RUN {
            @Override
            String text(Path folder) {
                ApplyReport report = apply();
                return printed(
                        terminal -> new AppliedText(terminal, report.plan().situation())
                                .print(report.application().changes(), Duration.ofSeconds(1)));
            }
        },
        WAITS_OF_A_RUN {
            @Override
            String text(Path folder) {
                WaitReason reason =
                        new WaitReason(HOSTILE, HOSTILE, "Normal: " + HOSTILE, new TreeSet<>(List.of(HOSTILE)));
                return printed(terminal ->
                        WaitLines.print(terminal, new WaitLines().of(List.of(reason), Duration.ofSeconds(40), true)));
            }
        },
        FAULTS_OF_A_PLAN {
            @Override
            String text(Path folder) {
                return printed(terminal -> new ValidationText(terminal).faults(HOSTILE, List.of(), fault()));
            }
        },
        COMMENT {
            @Override
            String text(Path folder) {
                return PlanMarkdown.text(plan(), GoldenPlanTest.PROVENANCE);
            }
        },
        COMMENT_WITHOUT_A_PLAN {
            @Override
            String text(Path folder) {
                return FailedPlanMarkdown.text(HOSTILE, failed(), GoldenPlanTest.PROVENANCE);
            }
        },
        PAGE_OF_THE_PIPELINE {
            @Override
            String text(Path folder) {
                return ApplyMarkdown.text(apply());
            }
        },
        TESTS {
            @Override
            String text(Path folder) throws Exception {
                new JUnitFile(GoldenPlanTest.PROVENANCE).write(folder, "plan", plan().tests(), Situations.NOON);
                return read(folder, "TEST-migrate-plan.xml");
            }
        },
        TESTS_OF_A_FAILED_GOAL {
            @Override
            String text(Path folder) throws Exception {
                new JUnitFile(GoldenPlanTest.PROVENANCE).write(folder, "plan", failed().errors(), Situations.NOON);
                return read(folder, "TEST-migrate-plan.xml");
            }
        },
        RESULT {
            @Override
            String text(Path folder) throws Exception {
                StatusReport report = status();
                new ResultFile(GoldenPlanTest.PROVENANCE).write(folder, report.result(), report.rows());
                return json(read(folder, "result.json"));
            }
        },
        RESULT_OF_A_FAILED_GOAL {
            @Override
            String text(Path folder) throws Exception {
                new ResultFile(GoldenPlanTest.PROVENANCE).write(folder, failed());
                return json(read(folder, "result.json"));
            }
        },
        EVIDENCE {
            @Override
            String text(Path folder) throws Exception {
                new ResultFile(GoldenPlanTest.PROVENANCE).archive(folder, apply());
                return json(read(folder, "result.json"));
            }
        },
        CHANGE_SET {
            @Override
            String text(Path folder) throws Exception {
                Situation situation = situation();
                String text = ChangeSetFile.text(Planner.plan(situation), situation);
                assertThat(new ObjectMapper().readTree(text).path("changes")).isNotEmpty();
                return text;
            }
        },
        JOURNAL {
            @Override
            String text(Path folder) throws Exception {
                Judgement failed = new Judgement(
                        CheckRegistry.of("consumers-switched").orElseThrow(),
                        Optional.of("views"),
                        new Verdict.Failed(HOSTILE, HOSTILE));
                Origin origin = new Origin(HOSTILE, HOSTILE, Optional.empty(), Optional.empty());
                Path file = folder.resolve(Journal.NAME);
                try (Journal journal = Journal.open(List.of(file), "run", origin, Clock.systemUTC())) {
                    journal.sending("topic", HOSTILE, List.of(HOSTILE));
                    journal.step(move(plan()), List.of(failed));
                }
                String lines = read(folder, Journal.NAME);
                assertThat(lines.lines()).hasSize(2);
                json(lines.lines().toList().get(1));
                return lines;
            }
        };

        abstract String text(Path folder) throws Exception;

        private static String read(Path folder, String name) throws Exception {
            return Files.readString(folder.resolve(name), UTF_8);
        }

        /** JSON keeps the text: a program reads the name that the client has. */
        private static String json(String text) throws Exception {
            assertThat(new ObjectMapper().readTree(text).findValuesAsText("message"))
                    .anySatisfy(message -> assertThat(message).contains(HOSTILE.replace('\ud83d', '\ufffd')));
            return text;
        }
    }

    @ParameterizedTest
    @EnumSource
    void foreignTextCannotLeaveItsPlace(Way way) throws Exception {
        String text = way.text(folder);
        assertThat(text).describedAs("the test has hostile text").contains("evil");
        text.lines()
                .forEach(line -> assertThat(line.codePoints()).describedAs(line).allMatch(Printable::isSafe));
        assertThat(text.lines()).noneMatch(line -> line.strip().startsWith("[INFO] forged"));
        assertThat(COMMAND.matcher(text).results().map(found -> found.group()))
                .describedAs(text)
                .isEmpty();
    }

    private static String printed(Consumer<Terminal> printing) {
        List<String> lines = new ArrayList<>();
        printing.accept(new PlainTerminal(lines));
        return onePerLine(lines);
    }

    private static String onePerLine(List<String> lines) {
        assertThat(lines).noneMatch(line -> line.contains("\n"));
        return String.join("\n", lines);
    }

    private static Situation situation() {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .setting("old-a", "namesrvAddr", OLD + ";" + "10.0.1.11:9876")
                .with("views", topic(4))
                .with("clicks", topic(4))
                .with(HOSTILE, topic(4))
                .with("audit", group(CONCURRENT, 16))
                .with(HOSTILE, group(CONCURRENT, 16));
        ClusterFixture destination = cluster("new", "5.5.0", "new-a" + HOSTILE)
                .nameServer("10.0.1.11:9876", source.build())
                .with(HOSTILE, topic(4));
        TrafficFixture traffic = TrafficFixture.of("views", "clicks")
                .consumes(Side.SOURCE, HOSTILE, "views", HOSTILE)
                .uses(HOSTILE, HOSTILE, HOSTILE)
                .consumes(Side.SOURCE, "audit", "views", HOSTILE + "@1")
                .uses("audit", HOSTILE + "@1", OLD, HOSTILE);
        return Situations.of("""
                        traffic: { routing: join }
                        batches:
                          - name: web
                            stage: read-both
                            topics:
                              - { name: views, type: NORMAL }
                              - { name: clicks, type: NORMAL }
                            groups:
                              - { name: audit, order: CONCURRENT }
                        """, source, destination).withTraffic(traffic.build());
    }

    private static PlanReport plan() {
        Situation situation = situation();
        return new PlanReport(
                new Invocation(HOSTILE, Selection.ALL),
                HOSTILE,
                Assessment.of(situation),
                List.of("The name server lists " + HOSTILE));
    }

    private static StatusReport status() {
        PlanReport plan = plan();
        return new StatusReport(plan, plan.situation().traffic().orElseThrow());
    }

    private static StatusLook look() {
        return new StatusLook(
                Situations.NOON,
                new StatusLook.BoardReading(Optional.of(status()), true, Optional.empty()),
                List.of(fault()),
                Optional.empty());
    }

    private static Fault fault() {
        return Fault.all(List.of(
                new Fault("broker " + HOSTILE + " refused: " + HOSTILE, "Ask " + HOSTILE),
                new Fault("name server " + HOSTILE, "Restart " + HOSTILE)));
    }

    private static Result failed() {
        return Result.of("plan", HOSTILE, fault());
    }

    private static ApplyReport apply() {
        PlanReport plan = plan();
        List<Change> changes = plan.changes().changes();
        Change joined = new Change.RegisterBroker(move(plan).subject(), HOSTILE, "", HOSTILE, true);
        return new ApplyReport(
                plan,
                plan,
                new RunResult(
                        ApplyReport.GOAL,
                        false,
                        List.of(new Stale("topic", HOSTILE, "on broker " + HOSTILE)),
                        List.of(),
                        new AppliedChanges(
                                List.of(
                                        new AppliedChange(joined, WriteOutcome.CONFIRMED, "", ""),
                                        new AppliedChange(changes.get(0), WriteOutcome.FAILED, HOSTILE, HOSTILE)),
                                Optional.of(new AppliedChanges.Stop(HOSTILE, HOSTILE))),
                        new TreeMap<>(Map.of(HOSTILE, HOSTILE)),
                        List.of(),
                        List.of()),
                Optional.of(HOSTILE),
                List.of(HOSTILE));
    }

    private static Change.MoveTopic move(PlanReport plan) {
        return plan.changes().changes().stream()
                .filter(Change.MoveTopic.class::isInstance)
                .map(Change.MoveTopic.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
