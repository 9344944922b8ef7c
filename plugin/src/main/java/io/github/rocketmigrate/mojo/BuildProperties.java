package io.github.rocketmigrate.mojo;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.PlaceholderValues;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Looks up placeholders: on the command line, in the POM, in the system (an environment variable is {@code env.NAME}),
 * and last among the addresses of a running sandbox.
 */
final class BuildProperties implements PlaceholderValues {
    private final MavenSession session;
    private final Sandbox sandbox;

    BuildProperties(MavenSession session, Sandbox sandbox) {
        this.session = requireNonNull(session, "session is null");
        this.sandbox = requireNonNull(sandbox, "sandbox is null");
    }

    @Override
    public Optional<String> value(String name) {
        return sources().stream()
                .map(source -> source.getProperty(name))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> name.startsWith(Endpoints.PREFIX)
                        ? Optional.ofNullable(ofSandbox().get(name))
                        : Optional.empty());
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(Endpoints.names());
        sources().forEach(source -> names.addAll(source.stringPropertyNames()));
        names.addAll(ofSandbox().keySet());
        return names;
    }

    private List<Properties> sources() {
        List<Properties> sources = new ArrayList<>(List.of(session.getUserProperties()));
        MavenProject project = session.getCurrentProject();
        if (project != null) {
            sources.add(project.getProperties());
        }
        sources.add(session.getSystemProperties());
        return sources;
    }

    private Map<String, String> ofSandbox() {
        return sandbox.running().map(Endpoints::asProperties).orElse(Map.of());
    }
}
