package io.github.rocketmigrate.mojo;

import java.nio.file.Path;
import java.util.Map;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/** Where a build keeps what RocketMigrate writes, and the properties that goals hand to each other. */
final class Workplace {
    private static final String FOLDER = "migrate";

    private final MavenSession session;

    Workplace(MavenSession session) {
        this.session = session;
    }

    /** {@code target/migrate} under the build's root, or under the current folder where there is no POM. */
    Path folder() {
        MavenProject root = session.getTopLevelProject();
        // Without a POM, Maven leaves the build directory of its stand-in project uninterpolated.
        return root == null || root.getFile() == null
                ? Path.of(session.getExecutionRootDirectory(), "target", FOLDER)
                : Path.of(root.getBuild().getDirectory(), FOLDER);
    }

    Path sandbox() {
        return folder().resolve("sandbox");
    }

    /** Sets properties for the goals that follow in this invocation, in whatever module they run. */
    void publish(Map<String, String> properties) {
        for (MavenProject project : session.getProjects()) {
            project.getProperties().putAll(properties);
        }
    }
}
