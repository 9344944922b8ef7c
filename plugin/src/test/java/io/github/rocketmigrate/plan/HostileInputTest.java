package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.run.PlanReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are not plans, and plans at the limits. Problems in printable text are among the golden files. */
final class HostileInputTest {
    private static final String HEAD = """
            version: 1
            name: shop
            source: { nameServers: [10.0.0.11:9876] }
            destination: { nameServers: [10.0.1.11:9876], profile: %s }
            batches:
              - name: a
            """;

    @TempDir
    Path folder;

    private final PlanReader reader = PlanReaders.offline(name -> Optional.empty(), LocalDate.of(2026, 11, 21));

    @Test
    void missingFile() {
        Path missing = folder.resolve("migration.yaml");
        assertThat(only(missing))
                .isEqualTo("MIG-001 the plan does not exist at " + missing
                        + "; set -Dmigrate.file= to the plan's file, or" + " write a plan with migrate:discover");
    }

    @Test
    void missingFileBesideOthers() throws IOException {
        Files.createFile(folder.resolve("prod.yaml"));
        Files.createFile(folder.resolve("shop.yml"));
        Path missing = folder.resolve("migration.yaml");
        assertThat(only(missing))
                .isEqualTo("MIG-001 the plan does not exist at " + missing
                        + "; the folder has prod.yaml, shop.yml, so set -Dmigrate.file= to the plan's file");
    }

    @Test
    void folderInsteadOfAFile() {
        assertThat(only(folder)).isEqualTo("MIG-001 the plan is a folder; set -Dmigrate.file= to the plan's file");
    }

    @Test
    void linkToItselfAndLinkToAMissingFile() throws IOException {
        Path loop = folder.resolve("loop.yaml");
        Files.createSymbolicLink(loop, loop);
        assertThat(only(loop)).startsWith("MIG-001 the plan is a link whose target cannot be read");
        Path nowhere = Files.createSymbolicLink(folder.resolve("nowhere.yaml"), folder.resolve("gone.yaml"));
        assertThat(only(nowhere)).startsWith("MIG-001 the plan");
    }

    @Test
    void deviceThatNeverEnds() {
        assertThat(only(Path.of("/dev/zero"))).startsWith("MIG-001 the plan is not a regular file");
    }

    @Test
    void characterThatEndsALineForSomeParsersOnly() throws IOException {
        Problem problem = problems(write(HEAD.formatted("apache") + "    owner: a\u2028b\n"))
                .get(0);
        assertThat(problem.rule()).isEqualTo(Rule.NOT_YAML);
        assertThat(problem.at()).isEqualTo(new Position(7, 13, 1));
    }

    @Test
    void fourMebibytesAreReadAndOneMoreByteIsRejected() throws IOException {
        String plan = HEAD.formatted("apache") + "    topics: [ { name: user-events, type: NORMAL } ]\n# ";
        String line = "x".repeat(99) + "\n# ";
        String full = plan + line.repeat((SourceText.MOST_BYTES - plan.length()) / line.length());
        full += "x".repeat(SourceText.MOST_BYTES - full.length());
        assertThat(problems(write(full))).isEmpty();
        assertThat(only(write(full + "x")))
                .isEqualTo("MIG-002 the plan has 4,194,305 bytes (limit 4,194,304); split it into several plans");
    }

    @Test
    void hugeNameIsCutInTheMessage() throws IOException {
        String huge = "n".repeat(400_000);
        Path plan = write(HEAD.formatted("apache") + "    topics: [ { name: " + huge + ", type: NORMAL } ]\n");
        assertThat(only(plan))
                .hasSizeLessThan(300)
                .contains("has 400000 characters")
                .startsWith("MIG-207 topic 'nnn");
    }

    @Test
    void lineThatWouldKeepTheParserBusyIsRejected() throws IOException {
        assertThat(only(write(HEAD.formatted("apache") + "# " + "x".repeat(3_000_000))))
                .isEqualTo("MIG-011 this line has 3,000,002 characters (limit 500,000); break it into several lines");
    }

    @Test
    void hugeNumberIsReportedAsTooLarge() throws IOException {
        Path plan = write(
                HEAD.formatted("apache") + "    topics: [ { name: a, type: NORMAL, queues: 99999999999999999 } ]\n");
        assertThat(only(plan)).startsWith("MIG-106 queues of topic 'a' is 99999999999999999");
    }

    @ParameterizedTest
    @CsvSource({
        "apache, topic, 1, 127",
        "apache, group, 1, 255",
        "apsaramq-serverless, topic, 1, 128",
        "apsaramq-serverless, group, 1, 128",
        "apsaramq-standard, topic, 1, 60",
        "apsaramq-standard, group, 1, 60",
        "apsaramq-professional, topic, 1, 60",
        "apsaramq-professional, group, 1, 60",
        "apsaramq-platinum, topic, 1, 60",
        "apsaramq-platinum, group, 1, 60",
        "tdmq, topic, 3, 100",
        "tdmq, group, 3, 64"
    })
    void namesAtEveryLimitAreValidAndBeyondItAreNot(String profile, String kind, int shortest, int longest)
            throws IOException {
        assertThat(problems(named(profile, kind, shortest))).isEmpty();
        assertThat(problems(named(profile, kind, longest))).isEmpty();
        assertThat(only(named(profile, kind, longest + 1)))
                .startsWith("MIG-207 " + kind)
                .endsWith(" allows " + shortest + " to " + longest);
        if (shortest > 1) {
            assertThat(only(named(profile, kind, shortest - 1))).startsWith("MIG-207 " + kind);
        }
    }

    private Path named(String profile, String kind, int length) throws IOException {
        String entry = kind.equals("topic")
                ? "    topics: [ { name: %s, type: NORMAL } ]\n"
                : "    groups: [ { name: %s, order: ORDERLY } ]\n";
        return write(HEAD.formatted(profile) + entry.formatted("x".repeat(length)));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), text, UTF_8);
    }

    private List<Problem> problems(Path file) {
        return reader.read(file).problems();
    }

    private String only(Path file) {
        List<Problem> problems = problems(file);
        assertThat(problems).hasSize(1);
        return problems.get(0).rule().code() + " " + problems.get(0).what();
    }
}
