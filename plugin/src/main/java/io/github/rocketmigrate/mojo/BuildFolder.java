package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.plan.PlanRevision;
import io.github.rocketmigrate.report.GitChanges;
import io.github.rocketmigrate.report.GitHead;
import io.github.rocketmigrate.report.Invocation;
import io.github.rocketmigrate.report.Provenance;
import io.github.rocketmigrate.run.Outputs;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.write.Origin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** The folder of a build that RocketMigrate writes to, and the properties through which goals pass values on. */
final class BuildFolder {
    private static final String FOLDER = "migrate";
    private static final String COUNTS = "migrate.counts.";

    private final MavenSession session;
    private final String version;

    /** The folder of a build that runs a version of RocketMigrate. */
    BuildFolder(MavenSession session, String version) {
        this.session = session;
        this.version = version;
    }

    /** {@code target/migrate} in the root of the build or, without a POM, in the current folder. */
    Path folder() {
        // With -pl the build does not include the root, so getProjects() lacks it.
        MavenProject root = session.getAllProjects().stream()
                .filter(MavenProject::isExecutionRoot)
                .findFirst()
                .orElseGet(session::getTopLevelProject);
        // Without a POM, the build directory of Maven's stand-in project still contains ${...}.
        return root == null || root.getFile() == null
                ? Path.of(session.getExecutionRootDirectory(), "target", FOLDER)
                : Path.of(root.getBuild().getDirectory(), FOLDER);
    }

    /** Where a goal writes its result and its reports. */
    Outputs outputs(String planFile) {
        return outputs(planFile, Optional.empty());
    }

    /** The same for a goal that saves a change set, to the file that the user named. */
    Outputs outputs(String planFile, Optional<String> changeSet) {
        Path file = changeSet.map(this::resolve).orElseGet(() -> folder().resolve(Outputs.CHANGE_SET));
        return new Outputs(folder(), file, named(file).toString(), provenance(planFile));
    }

    private Provenance provenance(String planFile) {
        Map<String, String> environment = System.getenv();
        // Only the commit and the run matter here; to look up the name of the machine can take seconds.
        Origin origin = Origin.of(environment, "", "");
        return new Provenance(
                version,
                Instant.now(),
                revision(resolve(planFile), origin),
                origin.page(),
                Provenance.source(environment, resolve(planFile)),
                Provenance.isReview(environment));
    }

    private static PlanRevision revision(Path file, Origin origin) {
        Optional<String> commit = origin.commit().or(() -> GitHead.commit(file));
        return new PlanRevision(PlanRevision.sha256(file), commit, commit.isPresent() && GitChanges.in(file));
    }

    Path sandbox() {
        return folder().resolve("sandbox");
    }

    /** Shortens a path below the current folder to a relative one. */
    Path named(Path folder) {
        Path here =
                Path.of(session.getExecutionRootDirectory()).toAbsolutePath().normalize();
        Path there = folder.toAbsolutePath().normalize();
        return there.startsWith(here) ? here.relativize(there) : there;
    }

    /** Resolves a relative path against the project's folder or, without a POM, against the current folder. */
    Path resolve(String file) {
        MavenProject project = session.getCurrentProject();
        Path base = project == null || project.getBasedir() == null
                ? Path.of(session.getExecutionRootDirectory())
                : project.getBasedir().toPath();
        return base.resolve(file);
    }

    /** The properties of this build, of the system, and last those of a sandbox. */
    BuildProperties placeholders() {
        return new BuildProperties(session, Sandbox.in(sandbox()));
    }

    /** The plan's file that the goals of this build would read, as the user names it. */
    String planFile() {
        return placeholders().value("migrate.file").orElse(Invocation.USUAL_FILE);
    }

    /** Sets the properties {@code migrate.outcome} and {@code migrate.counts.*}, and removes the counts of earlier goals. */
    void publish(Outcome outcome, Map<String, Long> counts) {
        for (MavenProject project : session.getProjects()) {
            project.getProperties().keySet().removeIf(name -> name.toString().startsWith(COUNTS));
        }
        Map<String, String> properties = new TreeMap<>();
        properties.put("migrate.outcome", outcome.word());
        counts.forEach((name, count) -> properties.put(COUNTS + name, Long.toString(count)));
        publish(properties);
    }

    /** Sets properties in every module, for the goals that follow in this build. */
    void publish(Map<String, String> properties) {
        for (MavenProject project : session.getProjects()) {
            project.getProperties().putAll(properties);
        }
    }
}
