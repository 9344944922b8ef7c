package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Position;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline reads the reasons of a failed goal one by one, where it reads the problems of a plan. */
final class ResultOfFaultTest {
    @TempDir
    Path output;

    @Test
    void eachReasonIsAProblem() throws Exception {
        Fault both = Fault.all(List.of(
                new Fault("10.0.0.11:9876 does not answer.", "Start it.").at(Optional.of(new Position(3, 17, 14))),
                new Fault("The account is denied.", "Check it.").withHelp("https://rocketmigrate.github.io/a.html")));
        new ResultFile(GoldenPlanTest.PROVENANCE).write(output, Result.of("plan", "migration.yaml", both));
        JsonNode problems = new ObjectMapper()
                .readTree(output.resolve("result.json").toFile())
                .path("problems");
        assertThat(problems)
                .extracting(one -> one.path("message").asText())
                .containsExactly("10.0.0.11:9876 does not answer.", "The account is denied.");
        assertThat(problems).extracting(one -> one.path("fix").asText()).containsExactly("Start it.", "Check it.");
        assertThat(problems).allMatch(one -> one.path("severity").asText().equals("error"));
        assertThat(problems.path(0).path("line").asInt()).isEqualTo(3);
        assertThat(problems.path(1).has("line")).isFalse();
        assertThat(problems.path(1).path("help").asText()).isEqualTo("https://rocketmigrate.github.io/a.html");
    }
}
