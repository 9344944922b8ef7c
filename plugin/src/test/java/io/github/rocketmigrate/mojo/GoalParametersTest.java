package io.github.rocketmigrate.mojo;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.maven.plugin.AbstractMojo;
import org.apache.maven.plugins.annotations.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parameters of all goals. */
final class GoalParametersTest {
    private static final int MAX_LINES_OF_A_BASE = 70;

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
        assertThat(declarations)
                .allSatisfy((parameter, classes) ->
                        assertThat(classes).describedAs(parameter).hasSize(1));
    }

    /** A parameter that a goal inherits and does not use would be documented and do nothing. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ValidateMojo    | file skip
            UnlockMojo      | file leaseId skip
            SandboxStopMojo | skip
            StatusMojo      | batch excludeTopic failOn file maxFence routePoll skip topic
            PlanMojo        | batch excludeTopic failOn file listUnmanaged maxFence out routePoll skip topic
            """)
    void givesAGoalOnlyTheParametersThatItUses(String goal, String parameters) {
        JavaClass mojo = CLASSES.get(GoalParametersTest.class.getPackageName() + "." + goal);
        assertThat(mojo.getAllFields())
                .filteredOn(field ->
                        field.isAnnotatedWith(Parameter.class) && !source(field).startsWith("${"))
                .extracting(JavaField::getName)
                .containsExactlyInAnyOrder(parameters.split(" ", -1));
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

    /** The property that sets a parameter, or the Maven object that a parameter without one always is. */
    private static String source(JavaField field) {
        var parameter = field.getAnnotationOfType(Parameter.class);
        return parameter.property().isEmpty() ? parameter.defaultValue() : parameter.property();
    }
}
