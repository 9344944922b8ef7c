package io.github.rocketmigrate.mojo;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.PlaceholderValues;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Sandbox;
import io.github.rocketmigrate.sandbox.SandboxState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.project.MavenProject;

/**
 * Looks up placeholders: on the command line, in the POM, in the system (an environment variable is {@code env.NAME}),
 * and last among the addresses of a sandbox, some of whose servers may be down.
 */
final class BuildProperties implements PlaceholderValues {
    private static final Pattern SEPARATOR = Pattern.compile("[;,]");

    private final MavenSession session;
    private final Sandbox sandbox;
    private final Set<String> sandboxAddresses = new HashSet<>();
    private Optional<SandboxState> used = Optional.empty();

    BuildProperties(MavenSession session, Sandbox sandbox) {
        this.session = requireNonNull(session, "session is null");
        this.sandbox = requireNonNull(sandbox, "sandbox is null");
    }

    @Override
    public Optional<String> value(String name) {
        Optional<String> value = found(name);
        if (name.startsWith(Endpoints.PREFIX)) {
            value.ifPresent(addresses -> sandboxAddresses.addAll(List.of(SEPARATOR.split(addresses))));
        }
        return value;
    }

    private Optional<String> found(String name) {
        return sources().stream()
                .map(source -> source.getProperty(name))
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> name.startsWith(Endpoints.PREFIX) ? ofSandbox(name) : Optional.empty());
    }

    private Optional<String> ofSandbox(String name) {
        Optional<SandboxState> state = sandbox.state();
        Optional<String> value = state.map(it -> it.endpoints().asProperties().get(name));
        if (value.isPresent()) {
            used = state;
        }
        return value;
    }

    /** The sandbox whose addresses were looked up, some of whose servers may be down. */
    Optional<SandboxState> sandboxUsed() {
        return used;
    }

    /** Whether all name servers of both clusters come from properties of a sandbox, in this build or of an earlier one. */
    boolean isOfSandbox(MigrationPlan plan) {
        return Stream.of(plan.source(), plan.destination())
                .map(MigrationPlan.PlannedCluster::nameServers)
                .allMatch(nameServers -> !nameServers.isEmpty()
                        && nameServers.stream().map(Located::value).allMatch(sandboxAddresses::contains));
    }

    /** The first name server that is not of the sandbox, in a plan that has some of it: probably a wrong address. */
    Optional<Located<String>> besideSandbox(MigrationPlan plan) {
        List<Located<String>> nameServers = Stream.of(plan.source(), plan.destination())
                .flatMap(cluster -> cluster.nameServers().stream())
                .toList();
        Predicate<Located<String>> isOfSandbox = address -> sandboxAddresses.contains(address.value());
        return nameServers.stream().noneMatch(isOfSandbox)
                ? Optional.empty()
                : nameServers.stream().filter(Predicate.not(isOfSandbox)).findFirst();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(Endpoints.names());
        sources().forEach(source -> names.addAll(source.stringPropertyNames()));
        sandbox.state()
                .ifPresent(
                        state -> names.addAll(state.endpoints().asProperties().keySet()));
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
}
