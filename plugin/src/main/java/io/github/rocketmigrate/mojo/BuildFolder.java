package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.Sandbox;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;

/** Where a build keeps what RocketMigrate writes, and the properties that goals hand to each other. */
final class BuildFolder {
    private static final String FOLDER = "migrate";

    private final MavenSession session;

    BuildFolder(MavenSession session) {
        this.session = session;
    }

    /** {@code target/migrate} under the build's root, or under the current folder where there is no POM. */
    Path folder() {
        // With -pl the root is not among the projects that are built.
        MavenProject root = session.getAllProjects().stream()
                .filter(MavenProject::isExecutionRoot)
                .findFirst()
                .orElseGet(session::getTopLevelProject);
        // Without a POM, Maven leaves the build directory of its stand-in project uninterpolated.
        return root == null || root.getFile() == null
                ? Path.of(session.getExecutionRootDirectory(), "target", FOLDER)
                : Path.of(root.getBuild().getDirectory(), FOLDER);
    }

    Path sandbox() {
        return folder().resolve("sandbox");
    }

    /** A folder as the user would name it: from the current one, where it lies below. */
    Path named(Path folder) {
        Path here =
                Path.of(session.getExecutionRootDirectory()).toAbsolutePath().normalize();
        Path there = folder.toAbsolutePath().normalize();
        return there.startsWith(here) ? here.relativize(there) : there;
    }

    /** What is bound to a build ends with it; what is started by hand does not. */
    static Lifetime lifetime(MojoExecution execution) {
        return execution.getSource() == MojoExecution.Source.CLI ? Lifetime.UNTIL_STOPPED : Lifetime.OF_THIS_PROCESS;
    }

    /** A file that the user named, from the project's folder or, without a POM, from the current one. */
    Path resolve(String file) {
        MavenProject project = session.getCurrentProject();
        Path base = project == null || project.getBasedir() == null
                ? Path.of(session.getExecutionRootDirectory())
                : project.getBasedir().toPath();
        return base.resolve(file);
    }

    /** A property as Maven knows it, an environment variable as {@code env.NAME}, or where the sandbox is. */
    Optional<String> property(String name) {
        MavenProject project = session.getCurrentProject();
        return Stream.of(
                        Optional.ofNullable(session.getUserProperties().getProperty(name)),
                        Optional.ofNullable(project)
                                .map(it -> it.getProperties().getProperty(name)),
                        Optional.ofNullable(session.getSystemProperties().getProperty(name)),
                        fromSandbox(name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> fromSandbox(String name) {
        return name.startsWith(Endpoints.PREFIX)
                ? Sandbox.in(sandbox())
                        .running()
                        .map(endpoints -> endpoints.asProperties().get(name))
                : Optional.empty();
    }

    /** Sets what a goal came to, as {@code migrate.outcome} and {@code migrate.counts.*}. */
    void publish(Outcome outcome, Map<String, Long> counts) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("migrate.outcome", outcome.word());
        counts.forEach((name, count) -> properties.put("migrate.counts." + name, Long.toString(count)));
        publish(properties);
    }

    /** Sets properties for the goals that follow in this invocation, in whatever module they run. */
    void publish(Map<String, String> properties) {
        for (MavenProject project : session.getProjects()) {
            project.getProperties().putAll(properties);
        }
    }
}
