package io.github.rocketmigrate.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who runs this, as CI servers tell it. */
final class OriginTest {
    @Test
    void onAMachineOfSomebody() {
        Origin origin = Origin.of(Map.of(), "alice", "laptop");
        assertThat(origin.words()).isEqualTo("alice on laptop");
        assertThat(origin.commit()).isEmpty();
    }

    /** The commit that the CI server built counts; a laptop has only the one that is checked out. */
    @Test
    void theCommitThatIsCheckedOutCountsWithoutACiServer() {
        assertThat(Origin.of(Map.of(), "alice", "laptop").at(Optional.of("abc")).commit())
                .hasValue("abc");
        assertThat(Origin.of(Map.of("GITHUB_SHA", "def"), "alice", "vm")
                        .at(Optional.of("abc"))
                        .commit())
                .hasValue("def");
        assertThat(Origin.of(Map.of("GITHUB_SHA", "merge", "MIGRATE_COMMIT", "head"), "alice", "vm")
                        .commit())
                .hasValue("head");
    }

    @Test
    void onGitHub() {
        Origin origin = Origin.of(
                Map.of(
                        "GITHUB_ACTOR", "alice",
                        "GITHUB_SHA", "abc",
                        "GITHUB_SERVER_URL", "https://github.com",
                        "GITHUB_REPOSITORY", "shop/migration",
                        "GITHUB_RUN_ID", "7"),
                "runner",
                "vm");
        assertThat(origin.words()).isEqualTo("alice on vm (https://github.com/shop/migration/actions/runs/7)");
        assertThat(origin.commit()).hasValue("abc");
    }

    @Test
    void onGitLabAndJenkins() {
        assertThat(Origin.of(
                                Map.of(
                                        "GITLAB_USER_LOGIN", "bob",
                                        "CI_COMMIT_SHA", "def",
                                        "CI_JOB_URL", "https://gitlab/job/1"),
                                "root",
                                "vm")
                        .words())
                .isEqualTo("bob on vm (https://gitlab/job/1)");
        Origin jenkins = Origin.of(Map.of("BUILD_URL", "https://jenkins/1/", "GIT_COMMIT", "123"), "jenkins", "agent");
        assertThat(jenkins.words()).isEqualTo("jenkins on agent (https://jenkins/1/)");
        assertThat(jenkins.commit()).hasValue("123");
    }

    /** A note at a name server must stay small, whatever the environment holds. */
    @Test
    void nothingIsLongerThanALeaseMayBe() {
        String endless = "x".repeat(10_000);
        Origin origin = Origin.of(
                Map.of("GITHUB_ACTOR", endless, "BUILD_URL", endless, "GIT_COMMIT", endless), endless, endless);
        assertThat(LeaseNote.of(origin, Instant.EPOCH, new Random(1)).text().length())
                .isLessThan(1_000);
    }
}
