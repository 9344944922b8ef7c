package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The address of a plan's file in the repository that a CI server checked out. */
final class ProvenanceTest {
    private static final Map<String, String> GITHUB = Map.of(
            "GITHUB_SERVER_URL", "https://github.com",
            "GITHUB_REPOSITORY", "shop/migration",
            "GITHUB_SHA", "abc",
            "GITHUB_WORKSPACE", "/home/runner/work");

    @Test
    void gitHubShowsFilesAtACommit() {
        assertThat(Provenance.source(GITHUB, Path.of("/home/runner/work/env/prod.yaml")))
                .contains("https://github.com/shop/migration/blob/abc/env/prod.yaml");
    }

    /** In a pull request, GITHUB_SHA is a merge that GitHub forgets. */
    @Test
    void aPipelineMayNameTheCommitThatPeopleSee() {
        Map<String, String> environment = new HashMap<>(GITHUB);
        environment.put("MIGRATE_COMMIT", "head");
        assertThat(Provenance.source(environment, Path.of("/home/runner/work/prod.yaml")))
                .contains("https://github.com/shop/migration/blob/head/prod.yaml");
    }

    @Test
    void gitLabShowsFilesAtACommit() {
        Map<String, String> gitLab = Map.of(
                "CI_PROJECT_URL", "https://gitlab.example/shop/migration",
                "CI_COMMIT_SHA", "abc",
                "CI_PROJECT_DIR", "/builds/shop");
        assertThat(Provenance.source(gitLab, Path.of("/builds/shop/migration.yaml")))
                .contains("https://gitlab.example/shop/migration/-/blob/abc/migration.yaml");
    }

    @Test
    void mergeRequestsAreKnownByTheVariablesOfTheirServer() {
        assertThat(Provenance.isReview(Map.of("GITHUB_EVENT_NAME", "pull_request")))
                .isTrue();
        assertThat(Provenance.isReview(Map.of("CI_MERGE_REQUEST_IID", "7"))).isTrue();
        assertThat(Provenance.isReview(Map.of("CHANGE_ID", "7"))).isTrue();
        assertThat(Provenance.isReview(Map.of("GITHUB_EVENT_NAME", "push", "CI_COMMIT_SHA", "abc")))
                .isFalse();
    }

    @Test
    void aFileOutsideTheRepositoryHasNoAddress() {
        assertThat(Provenance.source(GITHUB, Path.of("/tmp/migration.yaml"))).isEmpty();
        assertThat(Provenance.source(Map.of(), Path.of("/tmp/migration.yaml"))).isEmpty();
    }

    @Test
    void anAddressBreaksNoLink() {
        Map<String, String> environment = new HashMap<>(GITHUB);
        assertThat(Provenance.source(environment, Path.of("/home/runner/work/my (old) plan.yaml")))
                .contains("https://github.com/shop/migration/blob/abc/my%20%28old%29%20plan.yaml");
    }
}
