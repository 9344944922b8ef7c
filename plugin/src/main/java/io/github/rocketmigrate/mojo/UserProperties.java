package io.github.rocketmigrate.mojo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.text.Spelling;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.project.MavenProject;

/**
 * Refuses properties of the command line that no goal has as a parameter: with a misspelled {@code migrate.dryRun}, a run
 * would write.
 */
final class UserProperties {
    private static final String PREFIX = "migrate.";
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(migrate\\.[^{}:\\s]+)");
    private static final Pattern PLAN_FILE = Pattern.compile("<file>([^<]+)</file>");

    private static final String DRY_RUN = "migrate.dryRun";
    /** What these goals write is what they are called for, so none of them has a dry run. */
    private static final Set<String> WRITING_AT_ONCE = Set.of("brake", "resume", "unlock");

    private final MavenSession session;
    private final MojoDescriptor goal;

    UserProperties(MavenSession session, MojoDescriptor goal) {
        this.session = requireNonNull(session, "session is null");
        this.goal = requireNonNull(goal, "goal is null");
    }

    /**
     * Refuses each property that is neither a parameter of a goal, of which one build may run several, nor a placeholder
     * of a plan or POM of this build.
     *
     * @param plan the file of the goal's plan, which may be missing
     */
    void check(Path plan) {
        Set<String> unknown = session.getUserProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(PREFIX))
                .collect(toCollection(TreeSet::new));
        unknown.removeAll(parameters());
        unknown.removeAll(Endpoints.names());
        if (!unknown.isEmpty()) {
            unknown.removeAll(placeholders(plan));
        }
        if (!unknown.isEmpty()) {
            throw Fault.all(unknown.stream().map(this::fault).toList());
        }
        if (WRITING_AT_ONCE.contains(goal.getGoal())
                && "true".equals(session.getUserProperties().getProperty(DRY_RUN))) {
            throw new Fault(
                    "migrate:" + goal.getGoal() + " has no dry run.",
                    "Nothing was sent to any cluster. Call it without " + DRY_RUN + ".");
        }
    }

    private Fault fault(String name) {
        Optional<String> meant =
                below(name).or(() -> meant(name, parameters(goal))).or(() -> meant(name, parameters()));
        return new Fault(
                name + " is not a parameter of " + goal.getGoal()
                        + meant.map(parameter -> "; did you mean " + parameter + "?")
                                .orElse("."),
                "Nothing was sent to any cluster."
                        + (meant.isPresent()
                                ? ""
                                : " List the parameters: mvn migrate:help -Ddetail -Dgoal=" + goal.getGoal()));
    }

    /** The parameters whose names begin with a shorter one: those of the source for {@code migrate.source}. */
    private Optional<String> below(String name) {
        List<String> below = parameters(goal).stream()
                .filter(parameter -> parameter.startsWith(name + "."))
                .toList();
        return below.isEmpty() ? Optional.empty() : Optional.of(String.join(" or ", below));
    }

    private static Optional<String> meant(String name, Set<String> parameters) {
        return Spelling.nearest(
                        name.substring(PREFIX.length()),
                        parameters.stream()
                                .map(parameter -> parameter.substring(PREFIX.length()))
                                .toList())
                .map(PREFIX::concat);
    }

    /** The properties that set parameters of any goal. */
    Set<String> parameters() {
        return goal.getPluginDescriptor().getMojos().stream()
                .flatMap(mojo -> parameters(mojo).stream())
                .collect(toCollection(TreeSet::new));
    }

    /** The descriptor names the property of a parameter as its value: {@code ${migrate.file}}. */
    private static Set<String> parameters(MojoDescriptor mojo) {
        return Stream.of(mojo.getMojoConfiguration().getChildren())
                .map(parameter -> parameter.getValue())
                .filter(Objects::nonNull)
                .flatMap(UserProperties::references)
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<String> references(String text) {
        return REFERENCE.matcher(text).results().map(reference -> reference.group(1));
    }

    /** The properties that stand as {@code ${…}} in the plans and the POMs of all modules. */
    private Set<String> placeholders(Path plan) {
        Stream<MavenProject> modules = session.getAllProjects().stream().flatMap(UserProperties::withParents);
        Stream<Path> files = modules.flatMap(
                module -> Stream.concat(Stream.ofNullable(module.getFile()).map(File::toPath), plans(module)));
        return Stream.concat(Stream.of(plan), files)
                .distinct()
                .flatMap(file -> references(text(file)))
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<MavenProject> withParents(MavenProject module) {
        return Stream.iterate(module, Objects::nonNull, MavenProject::getParent);
    }

    /** The plans that a module configures for executions of goals. */
    private Stream<Path> plans(MavenProject module) {
        return module.getBuildPlugins().stream()
                .filter(plugin ->
                        plugin.getKey().equals(goal.getPluginDescriptor().getPluginLookupKey()))
                .flatMap(UserProperties::configurations)
                .flatMap(configuration -> PLAN_FILE.matcher(configuration).results())
                .map(file -> module.getBasedir().toPath().resolve(file.group(1).strip()));
    }

    private static Stream<String> configurations(Plugin plugin) {
        return Stream.concat(Stream.of(plugin), plugin.getExecutions().stream())
                .map(ConfigurationContainer::getConfiguration)
                .filter(Objects::nonNull)
                .map(Object::toString);
    }

    /** Names of properties have the same bytes in every encoding of a plan; the goal itself says if a file cannot be read. */
    private static String text(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.readString(file, ISO_8859_1) : "";
        } catch (IOException e) {
            return "";
        }
    }
}
