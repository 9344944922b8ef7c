package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.PlanRevision;
import io.github.rocketmigrate.write.Origin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Where a result comes from, so that a reviewer can find the run, the commit and the lines of the plan.
 *
 * @param version of RocketMigrate
 * @param at the beginning of the run
 * @param revision the text of the plan, and its commit
 * @param page the address of the pipeline's run
 * @param source the address of the plan's file at that commit, without the line
 * @param isReview whether the commit is not merged yet: its pipeline runs for a merge request
 */
public record Provenance(
        String version,
        Instant at,
        PlanRevision revision,
        Optional<String> page,
        Optional<String> source,
        boolean isReview) {
    public Provenance {
        requireNonNull(version, "version is null");
        requireNonNull(at, "at is null");
        requireNonNull(revision, "revision is null");
        requireNonNull(page, "page is null");
        requireNonNull(source, "source is null");
    }

    /** The same for a plan that the run has written: its text is in no commit yet. */
    public Provenance ofNew(Path plan) {
        return new Provenance(
                version,
                at,
                new PlanRevision(
                        PlanRevision.sha256(plan),
                        revision.commit(),
                        revision.commit().isPresent()),
                page,
                source,
                isReview);
    }

    /**
     * Whether a CI server runs for a merge request, whose change is applied after the merge.
     *
     * @param environment the variables; those of GitHub, GitLab and Jenkins are known
     */
    public static boolean isReview(Map<String, String> environment) {
        return value(environment, "GITHUB_EVENT_NAME")
                        .filter(event -> event.startsWith("pull_request"))
                        .isPresent()
                || value(environment, "CI_MERGE_REQUEST_IID").isPresent()
                || value(environment, "CHANGE_ID").isPresent();
    }

    /**
     * Finds the address of a file in the repository that a CI server checked out.
     *
     * @param environment the variables; those of GitHub and GitLab are known
     */
    public static Optional<String> source(Map<String, String> environment, Path file) {
        Optional<String> github = value(environment, "GITHUB_REPOSITORY")
                .flatMap(repository -> value(environment, Origin.COMMIT)
                        .or(() -> value(environment, "GITHUB_SHA"))
                        .flatMap(commit -> path(environment, "GITHUB_WORKSPACE", file)
                                .map(path ->
                                        value(environment, "GITHUB_SERVER_URL").orElse("https://github.com") + "/"
                                                + repository + "/blob/" + commit + "/" + path)));
        return github.or(() -> value(environment, "CI_PROJECT_URL")
                .flatMap(project -> value(environment, "CI_COMMIT_SHA")
                        .flatMap(commit -> path(environment, "CI_PROJECT_DIR", file)
                                .map(path -> project + "/-/blob/" + commit + "/" + path))));
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** The file's path in the repository, if it is there. */
    private static Optional<String> path(Map<String, String> environment, String root, Path file) {
        return value(environment, root)
                .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                .filter(folder -> file.toAbsolutePath().normalize().startsWith(folder))
                .map(folder -> folder.relativize(file.toAbsolutePath().normalize())
                        .toString()
                        .replace('\\', '/'))
                // Spaces and parentheses would end a link in Markdown.
                .map(path -> path.replace(" ", "%20").replace("(", "%28").replace(")", "%29"));
    }
}
