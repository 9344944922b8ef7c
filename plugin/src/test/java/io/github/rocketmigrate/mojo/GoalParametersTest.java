package io.github.rocketmigrate.mojo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of all goals, and the places that list the goals. */
final class GoalParametersTest {
    private static final int MAX_LINES_OF_A_BASE = 70;
    /**
     * A class has one parent, and that of {@code apply} is shared with {@code plan}, which writes nothing. The goal {@code
     * brake} takes a batch and a reason, and reads nothing else of the plan.
     * The goal {@code discover} takes patterns of topics, and no batch. Like {@code plan}, it takes files for the source, and
     * so does {@code assess}, which judges no steps and prints details all the same.
     */
    private static final Set<String> OF_SEVERAL_CLASSES = Set.of(
            "migrate.allowReordering",
            "migrate.batch",
            "migrate.details",
            "migrate.dryRun",
            "migrate.excludeTopic",
            "migrate.from",
            "migrate.fromMasters",
            "migrate.reason",
            "migrate.topic",
            "migrate.wait");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackagesOf(GoalParametersTest.class);

    @Test
    void declaresEveryParameterInOneClass() {
        SortedMap<String, TreeSet<String>> declarations = mojos().flatMap(mojo -> mojo.getFields().stream())
                .filter(field -> field.isAnnotatedWith(Parameter.class))
                .collect(groupingBy(
                        GoalParametersTest::source,
                        TreeMap::new,
                        mapping(field -> field.getOwner().getSimpleName(), toCollection(TreeSet::new))));
        assertThat(declarations).containsKeys("${session}", "migrate.file", "migrate.failOn");
        assertThat(declarations).allSatisfy((parameter, classes) -> {
            if (!OF_SEVERAL_CLASSES.contains(parameter)) {
                assertThat(classes).describedAs(parameter).hasSize(1);
            }
        });
    }

    /** A parameter that a goal inherits and does not use would be documented and do nothing. */
    @Test
    void givesEveryGoalOnlyTheParametersThatItUses() {
        assertThat(goals().map(goal -> name(goal) + " | " + parameters(goal)).collect(joining("\n", "", "\n")))
                .isEqualTo("""
                        apply | allowReordering batch changeSet details dryRun excludeTopic failOn file forgetBrokers forgetPlan masters maxFence pause removeEmpty routePoll skip topic trustedCertificates unsafeRoutePoll wait
                        assess | assessFailOn details earlier file from fromMasters maxRequestsPerSecond observe skip trustedCertificates
                        brake | batch file reason skip trustedCertificates
                        discover | batches destinationNameServers excludeGroup excludeTopic file from fromMasters group maxRequestsPerSecond merge overwrite skip sourceCluster sourceCredentials sourceNameServers sourceTls topic trustedCertificates
                        export | exportFile file format maxRequestsPerSecond side skip trustedCertificates
                        plan | batch details excludeTopic failOn file from fromMasters listUnplanned maxFence out removeEmpty routePoll skip topic trustedCertificates unsafeRoutePoll
                        resume | batch excludeTopic file skip topic trustedCertificates wait
                        rollback | allowReordering batch details dryRun excludeTopic failOn file maxFence reason routePoll skip to topic trustedCertificates unsafeRoutePoll wait waive
                        sandbox | acl brokerHeap brokers clientRoutePoll destinationVersion endpoint joined seed skip sourceVersion startTimeout traffic
                        sandbox-start | acl brokerHeap brokers clientRoutePoll destinationVersion endpoint joined seed skip sourceVersion startTimeout traffic
                        sandbox-start-server | server skip
                        sandbox-stop | next skip
                        sandbox-stop-server | server skip
                        sandbox-switch | applications skip to
                        status | batch details excludeTopic failOn file maxFence routePoll skip topic trustedCertificates unsafeRoutePoll watch
                        unlock | file leaseId skip trustedCertificates
                        validate | file skip
                        """);
    }

    /**
     * The goals with a plan write a result, which names them. The sandbox goals write none: their outcome is running
     * servers, whose addresses are in {@code endpoints.properties}.
     */
    @Test
    void namesEveryGoalWithAPlanInTheSchemaOfItsResult() throws IOException {
        JsonNode names = new ObjectMapper()
                .readTree(Files.readString(Path.of("../schema/result-1.json"), UTF_8))
                .at("/properties/goal/enum");
        assertThat(names)
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(goals().filter(goal -> goal.isAssignableTo(PlanFileMojo.class))
                        .map(GoalParametersTest::name)
                        .toList());
        assertThat(goals().filter(goal -> !goal.isAssignableTo(PlanFileMojo.class)))
                .extracting(GoalParametersTest::name)
                .containsExactly(
                        "sandbox",
                        "sandbox-start",
                        "sandbox-start-server",
                        "sandbox-stop",
                        "sandbox-stop-server",
                        "sandbox-switch");
    }

    /** The goal {@code help} is generated by the build. */
    @ParameterizedTest
    @CsvSource({
        "../README.md, \\| `migrate:([a-z-]+)` \\|",
        "src/test/java/io/github/rocketmigrate/it/Aftermath.java, ^ +\"migrate:([a-z-]+)\"",
    })
    void listsEveryGoal(Path file, String row) throws IOException {
        Matcher rows = Pattern.compile(row, Pattern.MULTILINE).matcher(Files.readString(file, UTF_8));
        assertThat(rows.results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(Stream.of("help"), goals().map(GoalParametersTest::name))
                                .toList());
    }

    @Test
    void keepsTheSharedClassesSmall() throws IOException {
        Map<String, Long> lines = new TreeMap<>();
        for (JavaClass base : mojos().filter(mojo -> mojo.getModifiers().contains(JavaModifier.ABSTRACT))
                .toList()) {
            Path source = Path.of("src/main/java", base.getName().replace('.', '/') + ".java");
            try (Stream<String> text = Files.lines(source)) {
                lines.put(base.getSimpleName(), text.count());
            }
        }
        assertThat(lines)
                .containsKey("GoalMojo")
                .allSatisfy(
                        (base, count) -> assertThat(count).describedAs(base).isLessThanOrEqualTo(MAX_LINES_OF_A_BASE));
    }

    private static Stream<JavaClass> mojos() {
        return CLASSES.stream().filter(type -> type.isAssignableTo(AbstractMojo.class));
    }

    private static Stream<JavaClass> goals() {
        return CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(Mojo.class) && type.isAssignableTo(GoalMojo.class))
                .sorted(comparing(GoalParametersTest::name));
    }

    /** The name by which a user calls the goal. */
    private static String name(JavaClass goal) {
        return goal.getAnnotationOfType(Mojo.class).name();
    }

    /** The parameters that a user can set. */
    private static String parameters(JavaClass goal) {
        return goal.getAllFields().stream()
                .filter(field -> field.isAnnotatedWith(Parameter.class))
                .filter(field -> !source(field).startsWith("${"))
                .map(JavaField::getName)
                .sorted()
                .collect(joining(" "));
    }

    /** The property that sets a parameter, or the Maven object that a parameter without one always is. */
    private static String source(JavaField field) {
        var parameter = field.getAnnotationOfType(Parameter.class);
        return parameter.property().isEmpty() ? parameter.defaultValue() : parameter.property();
    }
}
