package io.github.rocketmigrate.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.write.Origin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The workflow to copy holds the accounts of clusters: a tag can be moved to other code, a commit cannot. */
final class WorkflowPinsTest {
    private static final Path WORKFLOW = Path.of("../samples/pipeline-gate/github/migration.yml");

    @Test
    void everyActionIsPinnedToACommitAndNamesItsRelease() throws IOException {
        assertThat(Files.readAllLines(WORKFLOW, UTF_8))
                .filteredOn(line -> line.contains("uses: "))
                .isNotEmpty()
                .allMatch(line -> line.matches(".*uses: [\\w-]+/[\\w-]+@[0-9a-f]{40} # v\\d+\\.\\d+\\.\\d+"));
    }

    /** DIGEST is not a digest: a job with this image does not start. */
    @Test
    void everyImageOfGitLabIsPinnedToADigest() throws IOException {
        assertThat(Files.readAllLines(Path.of("../samples/pipeline-gate/.gitlab-ci.yml"), UTF_8))
                .filteredOn(line -> line.strip().startsWith("image:"))
                .isNotEmpty()
                .allMatch(line -> line.endsWith("@sha256:DIGEST"));
    }

    @Test
    void aPlanNamesTheHeadOfAPullRequestAndNotItsTemporaryMerge() throws IOException {
        assertThat(Files.readString(WORKFLOW, UTF_8))
                .contains(Origin.COMMIT + ": ${{ github.event.pull_request.head.sha || github.sha }}");
    }
}
