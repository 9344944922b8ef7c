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
                    .isEqualTo("manual");
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

    /** Nobody has seen a change set that is made after the merge and applied at once. */
    @Test
    void everyPipelineWaitsForApprovalUnlessSomebodyTurnsItOff() throws IOException {
        JsonNode gitLab =
                new YAMLMapper().readTree(PIPELINES.resolve(".gitlab-ci.yml").toFile());
        for (String approval : new String[] {"", "true"}) {
            Map<String, String> merge = gitLab("push", "main", approval);
            assertThat(when(gitLab.at("/plan/rules"), merge)).isEqualTo("always");
            assertThat(when(gitLab.at("/apply/rules"), merge)).isEqualTo("manual");
        }
        assertThat(when(gitLab.at("/plan/rules"), gitLab("push", "main", "false")))
                .isEqualTo("never");
        assertThat(when(gitLab.at("/apply/rules"), gitLab("push", "main", "false")))
                .isEqualTo("on_success");
        assertThat(gitLab.at("/apply/script").toString())
                .contains("if [ \\\"$MIGRATION_APPROVAL\\\" = \\\"false\\\" ]; then mvn");

        JsonNode gitHub = new YAMLMapper()
                .readTree(PIPELINES.resolve("github/migration.yml").toFile());
        assertThat(gitHub.at("/jobs/plan/if").asText()).endsWith("|| vars.MIGRATION_APPROVAL != 'false'");
        assertThat(gitHub.at("/jobs/apply/environment").asText()).isEqualTo("migration");
        assertThat(gitHub.at("/jobs/apply/steps").findValuesAsText("if"))
                .contains("vars.MIGRATION_APPROVAL != 'false'");
        assertThat(gitHub.at("/jobs/apply/steps").findValuesAsText("run"))
                .anyMatch(run -> run.contains("if [ \"$APPROVAL\" = false ]; then\n  mvn"));

        assertThat(Files.readString(PIPELINES.resolve("Jenkinsfile"), UTF_8))
                .contains("MIGRATION_APPROVAL = 'true'\n")
                .contains("environment name: 'MIGRATION_APPROVAL', value: 'true'");
    }

    /** A job that somebody retries, or a late approval, must not bring back what a newer commit has replaced. */
    @Test
    void gitLabAppliesTheNewestCommitOnly(@TempDir Path folder) throws Exception {
        JsonNode script = new YAMLMapper()
                .readTree(PIPELINES.resolve(".gitlab-ci.yml").toFile())
                .at("/apply/script");
        String check = script.get(0).asText() + "\n" + script.get(1).asText();
        String commit =
                "git -c user.name=a -c user.email=a@example.com commit -q --allow-empty -m a && git rev-parse HEAD";
        Map<String, String> none = Map.of();
        String older = shell(folder, "git init -q -b main . && " + commit, none).strip();
        String newest = shell(folder, commit, none).strip();
        Map<String, String> job = Map.of("CI_REPOSITORY_URL", folder.toString(), "CI_COMMIT_BRANCH", "main");
        assertThat(shell(folder, "CI_COMMIT_SHA=" + newest + "\n" + check + "\necho applies", job))
                .isEqualTo("applies\n");
        assertThat(shell(folder, "(CI_COMMIT_SHA=" + older + "\n" + check + "\necho applies) || echo failed", job))
                .isEqualTo("Nothing applied. main has a newer commit, so use its pipeline.\nfailed\n");
    }

    private static String shell(Path folder, String script, Map<String, String> variables) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("sh", "-c", script)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        shell.environment().putAll(variables);
        Process process = shell.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).describedAs(output).isZero();
        return output;
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
        assertThat(shell(folder, line, Map.of())).isEmpty();
        int year = LocalDate.now(ZoneId.systemDefault()).getYear();
        assertThat(PlanReaders.offline(property -> Optional.empty(), LocalDate.of(year, 12, 31))
                        .read(plan)
                        .problems())
                .isEmpty();
        assertThat(new YAMLMapper().readTree(plan.toFile()).findValuesAsText("check"))
                .containsExactly("client-compatible");
    }

    private static Map<String, String> gitLab(String start, String branch) {
        return gitLab(start, branch, "");
    }

    private static Map<String, String> gitLab(String start, String branch, String approval) {
        return Map.of(
                "CI_PIPELINE_SOURCE", start,
                "CI_COMMIT_BRANCH", branch,
                "CI_DEFAULT_BRANCH", "main",
                "MIGRATION_APPROVAL", approval);
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
