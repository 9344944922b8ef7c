package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a CI server, a result still names the commit of its plan. */
final class GitHeadTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    Path folder;

    @Test
    void aBranchIsInAFileOfItsOwn() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(".git/refs/heads/main", COMMIT + "\n");
        assertThat(GitHead.commit(folder.resolve("env/prod/migration.yaml"))).hasValue(COMMIT);
    }

    @Test
    void aBranchIsAmongPackedReferences() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        write(
                ".git/packed-refs",
                "# pack-refs with: peeled\n" + COMMIT.replace('0', 'f') + " refs/heads/old-main\n" + COMMIT
                        + " refs/heads/main\n");
        assertThat(GitHead.commit(folder.resolve("migration.yaml"))).hasValue(COMMIT);
    }

    @Test
    void aCommitIsCheckedOutWithoutABranch() throws IOException {
        write(".git/HEAD", COMMIT + "\n");
        assertThat(GitHead.commit(folder.resolve("migration.yaml"))).hasValue(COMMIT);
    }

    @Test
    void aWorktreeSharesTheReferencesOfItsRepository() throws IOException {
        write("work/.git", "gitdir: ../main/.git/worktrees/work\n");
        write("main/.git/worktrees/work/HEAD", "ref: refs/heads/topic\n");
        write("main/.git/worktrees/work/commondir", "../..\n");
        write("main/.git/refs/heads/topic", COMMIT + "\n");
        assertThat(GitHead.commit(folder.resolve("work/migration.yaml"))).hasValue(COMMIT);
    }

    @Test
    void aRepositoryWithoutACommitOrOfAnotherFormHasNone() throws IOException {
        write(".git/HEAD", "ref: refs/heads/main\n");
        assertThat(GitHead.commit(folder.resolve("migration.yaml"))).isEmpty();
        write(".git/HEAD", "ref: refs/heads/.invalid\n");
        assertThat(GitHead.commit(folder.resolve("migration.yaml"))).isEmpty();
    }

    private void write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text, UTF_8);
    }
}
