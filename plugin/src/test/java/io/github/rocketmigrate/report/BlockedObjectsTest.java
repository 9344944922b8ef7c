package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A pipeline sends each team what it has to do, and counts what is blocked. */
final class BlockedObjectsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path output;

    /** The list explains the count: neither names an object that the other lacks. */
    @ParameterizedTest
    @EnumSource
    void theListHasEveryObjectThatIsCounted(GoldenPlanTest.Case one) throws Exception {
        JsonNode result = result(one);
        Map<String, Set<String>> named = new TreeMap<>();
        result.path("blocked")
                .forEach(entry -> named.computeIfAbsent(entry.path("kind").asText(), kind -> new TreeSet<>())
                        .add(entry.path("name").asText(entry.path("check").asText())));
        JsonNode counts = result.path("counts");
        assertThat(named.getOrDefault("topic", Set.of()))
                .hasSize(counts.path("blockedTopics").intValue());
        assertThat(named.getOrDefault("group", Set.of()))
                .hasSize(counts.path("blockedGroups").intValue());
        assertThat(named.getOrDefault("broker", Set.of()))
                .hasSize(counts.path("blockedBrokers").intValue());
        assertThat(named.getOrDefault("clusters", Set.of()))
                .hasSize(counts.path("failedClusterChecks").intValue());
        assertThat(named.values().stream().mapToInt(Set::size).sum())
                .isEqualTo(counts.path("blocked").intValue());
        Set<String> waiting = new TreeSet<>();
        result.path("waiting").forEach(entry -> {
            assertThat(entry.has("command")).describedAs("nobody has to act").isFalse();
            waiting.add(entry.path("kind").asText() + " " + entry.path("name").asText());
        });
        assertThat(waiting).hasSize(counts.path("waiting").intValue());
    }

    /** A check that could not be measured blocks, too, and has not failed. */
    @ParameterizedTest
    @EnumSource
    void whatIsUnknownIsCountedApart(GoldenPlanTest.Case one) throws Exception {
        JsonNode result = result(one);
        Map<String, Integer> verdicts = new TreeMap<>();
        result.path("checks")
                .forEach(check -> verdicts.merge(check.path("verdict").asText(), 1, Integer::sum));
        assertThat(result.path("counts").path("checksFailed").intValue()).isEqualTo(verdicts.getOrDefault("failed", 0));
        assertThat(result.path("counts").path("checksUnknown").intValue())
                .isEqualTo(verdicts.getOrDefault("unknown", 0));
        assertThat(result.path("counts").path("checksWaived").intValue()).isEqualTo(verdicts.getOrDefault("waived", 0));
    }

    /** Each task is listed once, as in the terminal. */
    @ParameterizedTest
    @EnumSource
    void everyTaskOfTheTerminalIsRouted(GoldenPlanTest.Case one) throws Exception {
        Set<String> routed = new TreeSet<>();
        result(one).path("blocked").forEach(entry -> {
            if (entry.has("command")) {
                routed.add(entry.path("message").asText());
            }
        });
        Set<String> listed = new TreeSet<>();
        one.report().toDo().forEach(owner -> owner.items().forEach(item -> listed.add(item.what())));
        assertThat(routed).isEqualTo(listed);
    }

    @Test
    void aFindingAboutAGroupGoesToTheOwnerOfTheGroup() throws Exception {
        List<String> messages = new ArrayList<>();
        result(GoldenPlanTest.Case.MOVES)
                .path("blocked")
                .forEach(entry -> messages.add(entry.path("owner").asText() + ": "
                        + entry.path("name").asText() + " line " + entry.path("line") + ", "
                        + entry.path("check").asText() + " of "
                        + entry.path("group").asText() + ", then "
                        + entry.path("command").asText()));
        assertThat(messages)
                .containsExactlyInAnyOrder(
                        "team-web: views line 12, consumers-switched of mailer, then mvn migrate:plan",
                        "team-finance: views line 12, consumers-switched of audit, then mvn migrate:plan");
    }

    /** The join waits for removals. Only the owner of these is asked, with the command that makes them. */
    @Test
    void whatOnlyWaitsAsksNobody() throws Exception {
        Map<String, String> commands = new TreeMap<>();
        JsonNode result = result(GoldenPlanTest.Case.REMOVE);
        for (String list : List.of("blocked", "waiting")) {
            result.path(list)
                    .forEach(entry -> commands.put(
                            entry.path("reason").asText() + " "
                                    + entry.path("name").asText(),
                            entry.path("command").asText("")));
        }
        assertThat(commands)
                .containsEntry("waits-for-removals old-a", "")
                .containsEntry("removal audit", "mvn migrate:apply -Dmigrate.removeEmpty=true");
    }

    private JsonNode result(GoldenPlanTest.Case one) throws Exception {
        new ResultFile(GoldenPlanTest.PROVENANCE).write(output, one.report().result());
        return JSON.readTree(output.resolve(ResultFile.NAME).toFile());
    }
}
