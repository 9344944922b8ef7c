package io.github.rocketmigrate.run;

import static io.github.rocketmigrate.run.CheckedTopics.await;
import static io.github.rocketmigrate.run.CheckedTopics.in;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What waivers pass over on real servers, and each way to get one wrong. */
@Tag("thorough")
final class WaiversIT extends JoinedScenes {
    private static final String OFFLINE = "group reports-weekly is offline, so its name servers are unknown";
    private static final String PAST = "2020-12-31";

    private final String future = LocalDate.now(ZoneOffset.UTC).plusDays(30).toString();

    private static void create(String topic, String group) throws Exception {
        Topics.create(cluster(Side.SOURCE), new TopicConfig(topic, 1, 1, 6));
        Topics.createGroup(cluster(Side.SOURCE), group);
    }

    private String text(String topic, String group, String waivers) {
        return topics().text("", Stage.READ_BOTH, topic, "NORMAL", group) + "    waivers:\n" + waivers;
    }

    private static String waiver(String check, String narrowing, String expires) {
        return "      - { check: " + check + ", " + narrowing + "reason: runs on Mondays, owner: team-data, expires: "
                + expires + " }\n";
    }

    private PlanReport plan(String text) {
        return topics().goals().plan(text, Selection.ALL);
    }

    private String result() throws Exception {
        return Files.readString(folder.resolve("result.json"), UTF_8);
    }

    private String status(String text) {
        PrintedBoards boards = new PrintedBoards();
        topics().goals().status(text, Selection.ALL, boards);
        return boards.text();
    }

    @Test
    void aWaiverPassesOverAnOfflineGroupAndEveryOutputSaysSo() throws Exception {
        create("reports", "reports-weekly");
        Topics.consumed(cluster(Side.SOURCE), "reports-weekly", new MessageQueue("reports", "source-a", 0), 0);
        in(plan(text("reports", "reports-weekly", waiver("no-auto-create", "", future))))
                .isUnknown("consumers-switched", OFFLINE);

        String expired = text("reports", "reports-weekly", waiver("consumers-switched", "", PAST));
        PlanReport late = plan(expired);
        in(late).isUnknown("consumers-switched", OFFLINE);
        String hasExpired = "the waiver of consumers-switched in batch all expired on " + PAST + " and has no effect";
        assertThat(Printed.of(late)).contains(hasExpired);
        assertThat(result()).contains("\"idleWaivers\"", "expired");
        assertThat(status(expired)).contains(hasExpired);

        String useless = text(
                "reports",
                "reports-weekly",
                waiver("consumers-switched", "groups: [reports-weekly], ", future)
                        + waiver("type-matches", "", future));
        PlanReport waived = plan(useless);
        String passedOver = "consumers-switched of reports: " + OFFLINE + " (waived until " + future
                + " by team-data: runs on Mondays)";
        String isUnused = "the waiver of type-matches in batch all is not used: the check passes without it";
        assertThat(Printed.of(waived)).contains(passedOver, isUnused);
        assertThat(result()).contains("\"waived\"", "runs on Mondays", "\"idleWaivers\"", "unused");
        assertThat(Files.readString(folder.resolve("plan.md"), UTF_8)).contains("runs on Mondays", isUnused);
        assertThat(Files.readString(folder.resolve("TEST-migrate-plan.xml"), UTF_8))
                .contains("runs on Mondays", isUnused);
        assertThat(status(useless)).contains(passedOver, isUnused);

        ApplyReport moved = topics().goals().applySteadily(useless);
        assertThat(moved.outcome()).describedAs(Printed.of(moved)).isEqualTo(Outcome.APPLIED);
        assertThat(result()).contains("runs on Mondays");
    }

    /** Its messages at the destination would be read by nobody. */
    @Test
    void noWaiverPassesOverAGroupOfWhichNoClientHasSwitched() throws Exception {
        create("stuck", "stuck-readers");
        String id = clients.member("stuck-readers", "one", Side.SOURCE, false, false, "stuck");
        String text = text("stuck", "stuck-readers", waiver("consumers-switched", "", future));
        await("consumers-switched", "1 of 1 client of stuck-readers still uses ", () -> in(plan(text)));
        in(plan(text)).fails("consumers-switched", id);
        ApplyReport held = topics().goals().applySteadily(text);
        assertThat(held.outcome()).describedAs(Printed.of(held)).isEqualTo(Outcome.BLOCKED);
        assertThat(Printed.of(held)).contains(id).doesNotContain("waived until");
    }

    /** A waiver of another group or topic passes over nothing, and names that do not exist never reach a cluster. */
    @Test
    void aWaiverThatCannotHelpIsNamedWithItsPosition() throws Exception {
        create("errors", "errors-weekly");
        create("errors-other", "errors-daily");
        for (String group : List.of("errors-weekly", "errors-daily")) {
            Topics.consumed(cluster(Side.SOURCE), group, new MessageQueue("errors", "source-a", 0), 0);
        }
        String head = topics().text("", Stage.READ_BOTH, "errors", "NORMAL", "errors-weekly", "errors-daily")
                + "    waivers:\n";
        PlanReport half = plan(head + waiver("consumers-switched", "groups: [errors-daily], ", future));
        in(half).isUnknown("consumers-switched", "group errors-weekly is offline");
        assertThat(Printed.of(half)).contains("group errors-daily is offline, so its name servers are unknown (waived");

        String other = "  - name: elsewhere\n    topics: [{ name: errors-other, type: NORMAL }]\n";
        assertThat(problems(head + waiver("source-quiet", "", future)))
                .containsExactly("MIG-213 check 'source-quiet' prevents the loss of messages and cannot be waived;"
                        + " remove the waiver and fix what the check reports");
        assertThat(problems(head + waiver("consumer-switched", "", future)))
                .containsExactly("MIG-212 check 'consumer-switched' does not exist; did you mean consumers-switched?");
        assertThat(problems(head + waiver("consumers-switched", "groups: [errors-weakly], ", future)))
                .containsExactly(
                        "MIG-214 the waiver names group 'errors-weakly', which is not in the plan; did you mean"
                                + " errors-weekly?");
        assertThat(problems(head + waiver("consumers-switched", "topics: [errors-other], ", future) + other))
                .containsExactly(
                        "MIG-214 the waiver names topic 'errors-other', which is in batch 'elsewhere'; move the"
                                + " waiver there");
        assertThat(problems(head + waiver("no-auto-create", "topics: [errors], ", future)))
                .containsExactly(
                        "MIG-240 the waiver is limited to topics, but check 'no-auto-create' reports no topic, so"
                                + " the waiver would have no effect; remove topics from the waiver");
    }

    /** The errors of a plan that no goal applies. */
    private static List<String> problems(String text) {
        PlanReading reading = Plans.read(text, Map.of());
        assertThat(reading.plan()).isEmpty();
        return reading.problems().stream()
                .peek(problem -> assertThat(problem.at().line()).isPositive())
                .map(problem -> problem.rule().code() + " " + problem.what())
                .toList();
    }
}
