package io.github.rocketmigrate.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.rocketmigrate.report.ResultFile;
import io.github.rocketmigrate.run.PlanReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pipelines to copy can do what their README asks of people who find drift, a pending change or a stale change set. */
final class PipelineSamplesTest {
    private static final Path PIPELINES = Path.of("../samples/pipeline-gate");
    private static final Pattern CONDITION = Pattern.compile("\\$(\\w+)(?: (==|!=) (?:\"([^\"]*)\"|\\$(\\w+)))?");

    @Test
    void gitLabRunsTheMainBranchByHandAsAfterAMerge() throws IOException {
        JsonNode pipeline =
                new YAMLMapper().readTree(PIPELINES.resolve(".gitlab-ci.yml").toFile());
        for (String start : new String[] {"push", "web"}) {
            Map<String, String> main = gitLab(start, "main");
            assertThat(when(pipeline.at("/workflow/rules"), main))
                    .describedAs("a pipeline by " + start)
                    .isEqualTo("always");
            assertThat(when(pipeline.at("/apply/rules"), main))
                    .describedAs("apply by " + start)
                    .isEqualTo("on_success");
            assertThat(when(pipeline.at("/workflow/rules"), gitLab(start, "feature")))
                    .describedAs("a branch by " + start)
                    .isEqualTo("never");
        }
        for (String reading : new String[] {"schedule", "merge_request_event"}) {
            assertThat(when(pipeline.at("/apply/rules"), gitLab(reading, "main")))
                    .describedAs("apply by " + reading)
                    .isEqualTo("never");
        }
    }

    @Test
    void gitHubRunsTheMainBranchByHandAsAfterAMerge() throws IOException {
        JsonNode workflow = new YAMLMapper()
                .readTree(PIPELINES.resolve("github/migration.yml").toFile());
        assertThat(workflow.get("on").has("workflow_dispatch")).isTrue();
        assertThat(workflow.at("/jobs/apply/if").asText())
                .contains("github.event_name == 'push'")
                .contains("github.event_name == 'workflow_dispatch'"
                        + " && github.ref_name == github.event.repository.default_branch");
    }

    /** Artifacts of one build share their names: the later stage replaces those of the earlier one. */
    @Test
    void jenkinsKeepsTheResultsOfThePlanAndOfTheApply() throws IOException {
        Matcher stage = Pattern.compile("artifacts: '([^']*)'")
                .matcher(Files.readString(PIPELINES.resolve("Jenkinsfile"), UTF_8));
        int stages = 0;
        for (; stage.find(); stages++) {
            assertThat(stage.group(1).split(",", -1))
                    .contains("target/migrate/result-*.json")
                    .doesNotContain("target/migrate/" + ResultFile.NAME, "target/migrate/*.json");
        }
        assertThat(stages).isEqualTo(2);
    }

    /** The sample does not claim what nobody has checked, so its waiver is a comment without a date. */
    @Test
    void theFirstLineToTryMakesThePlanReadyForTheSandbox(@TempDir Path folder) throws Exception {
        String line = Files.readAllLines(PIPELINES.resolve("README.md"), UTF_8).stream()
                .filter(it -> it.startsWith("sed "))
                .findFirst()
                .orElseThrow();
        Path plan = Files.copy(PIPELINES.resolve("migration.yaml"), folder.resolve("migration.yaml"));
        Process shell = new ProcessBuilder("sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(shell.waitFor()).isZero();
        int year = LocalDate.now(ZoneId.systemDefault()).getYear();
        assertThat(PlanReaders.offline(property -> Optional.empty(), LocalDate.of(year, 12, 31))
                        .read(plan)
                        .problems())
                .isEmpty();
        assertThat(new YAMLMapper().readTree(plan.toFile()).findValuesAsText("check"))
                .containsExactly("client-compatible");
    }

    private static Map<String, String> gitLab(String start, String branch) {
        return Map.of("CI_PIPELINE_SOURCE", start, "CI_COMMIT_BRANCH", branch, "CI_DEFAULT_BRANCH", "main");
    }

    /** What GitLab does by the first rule whose condition is true; without one, there is no job. */
    private static String when(JsonNode rules, Map<String, String> variables) {
        for (JsonNode rule : rules) {
            if (!rule.has("if") || isTrue(rule.get("if").asText(), variables)) {
                return rule.path("when").asText(rule.has("if") ? "always" : "");
            }
        }
        return "never";
    }

    private static boolean isTrue(String condition, Map<String, String> variables) {
        for (String part : condition.split(" && ", -1)) {
            Matcher one = CONDITION.matcher(part);
            assertThat(one.matches()).describedAs(part).isTrue();
            String value = variables.getOrDefault(one.group(1), "");
            String other = one.group(3) != null
                    ? one.group(3)
                    : one.group(4) == null ? "" : variables.getOrDefault(one.group(4), "");
            if (value.equals(other) != "==".equals(one.group(2))) {
                return false;
            }
        }
        return true;
    }
}
