package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.PlanRevision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reviewer can tell from each file which text of the plan it is about, also while somebody still edits the plan. */
final class RevisionOfPlanTest {
    @TempDir
    Path folder;

    private Path plan;

    @BeforeEach
    void commit() throws Exception {
        plan = Files.writeString(folder.resolve("migration.yaml"), "version: 1\n");
        git("init", "-q");
        git("add", ".");
        git("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "plan");
    }

    @Test
    void onlyAPlanThatDiffersFromItsCommitHasUncommittedChanges() throws Exception {
        assertThat(GitChanges.in(plan)).isFalse();
        Files.writeString(folder.resolve("other.txt"), "another file changes nothing");
        assertThat(GitChanges.in(plan)).isFalse();

        Files.writeString(plan, "version: 1 # edited\n");
        assertThat(GitChanges.in(plan)).describedAs("edited").isTrue();
        git("add", "migration.yaml");
        assertThat(GitChanges.in(plan)).describedAs("staged").isTrue();
    }

    @Test
    void aPlanThatNoCommitHasIsUncommitted() throws Exception {
        Path other = Files.writeString(folder.resolve("new.yaml"), "version: 1\n");
        assertThat(GitChanges.in(other)).describedAs("untracked").isTrue();
        Files.writeString(folder.resolve(".gitignore"), "new.yaml\n");
        assertThat(GitChanges.in(other)).describedAs("ignored").isTrue();
    }

    @Test
    void withoutARepositoryNothingIsSaid(@TempDir Path elsewhere) throws Exception {
        assertThat(GitChanges.in(Files.writeString(elsewhere.resolve("migration.yaml"), "version: 1\n")))
                .isFalse();
    }

    @Test
    void theHashIsThatOfSha256sum() {
        assertThat(PlanRevision.sha256(plan))
                .hasValue("09bfcc6a14b83e2192b8673677725c84883ee9cd0c70e45c9ec09daa8f2b2847");
        assertThat(PlanRevision.sha256(folder.resolve("missing.yaml"))).isEmpty();
    }

    @Test
    void allThreeFilesNameTheRevision() throws IOException {
        PlanRevision edited = new PlanRevision(PlanRevision.sha256(plan), Optional.of("0123456789abcdef"), true);
        Provenance provenance =
                new Provenance("0.1.0", Situations.NOON, edited, Optional.empty(), Optional.empty(), false);
        GoldenPlanTest.Case one = GoldenPlanTest.Case.MOVES;
        assertThat(PlanMarkdown.text(one.report(), provenance))
                .contains(
                        "`migration.yaml` (SHA-256 `09bfcc6a14b8`) · commit `0123456789ab` **with uncommitted changes** ·");
        new ResultFile(provenance).write(folder, one.report().result());
        String result = Files.readString(folder.resolve(ResultFile.NAME), UTF_8);
        for (String json : List.of(result, one.assessment().changeSetText(edited))) {
            assertThat(json)
                    .contains("\"fileSha256\" : \"" + edited.sha256().orElseThrow() + "\"")
                    .contains("\"commit\" : \"0123456789abcdef\"")
                    .contains("\"uncommittedChanges\" : true");
        }
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(git.waitFor()).describedAs(String.join(" ", command)).isZero();
    }
}
