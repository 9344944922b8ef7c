package io.github.rocketmigrate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;

/** Each package sees only the floors below its own. */
@AnalyzeClasses(packagesOf = FloorsTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
final class FloorsTest {
    private static final String BASE = "io.github.rocketmigrate.";

    @ArchTest
    static final ArchRule FLOORS = floors().whereLayer("mojo")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("run")
            .mayOnlyBeAccessedByLayers("mojo")
            .whereLayer("report")
            .mayOnlyBeAccessedByLayers("mojo", "run")
            .whereLayer("apply")
            .mayOnlyBeAccessedByLayers("mojo", "run", "report")
            .whereLayer("sandbox")
            .mayOnlyBeAccessedByLayers("mojo", "run", "report")
            .whereLayer("change")
            .mayOnlyBeAccessedByLayers("mojo", "run", "report", "apply")
            .whereLayer("check")
            .mayOnlyBeAccessedByLayers("mojo", "run", "report", "apply")
            .whereLayer("observe")
            .mayOnlyBeAccessedByLayers("mojo", "run", "report", "apply", "change", "check")
            .whereLayer("plan")
            .mayOnlyBeAccessedByLayers("mojo", "run", "report", "apply", "change", "check", "observe")
            .whereLayer("cluster")
            .mayOnlyBeAccessedByLayers("mojo", "run", "report", "apply", "change", "check", "observe");

    /** Judging and reading goals never reach what could write: they do not even know how a cluster is reached. */
    @ArchTest
    static final ArchRule PLANNING_AND_CHECKING_KNOW_NO_WIRE = noClasses()
            .that()
            .resideInAnyPackage(BASE + "apply..", BASE + "change..", BASE + "check..", BASE + "observe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(BASE + "wire..", BASE + "cluster.remoting..", "org.apache.rocketmq..");

    @ArchTest
    static final ArchRule EVERY_CLASS_HAS_A_FLOOR = classes()
            .should()
            .resideInAnyPackage(
                    BASE + "mojo..",
                    BASE + "run..",
                    BASE + "report..",
                    BASE + "apply..",
                    BASE + "change..",
                    BASE + "check..",
                    BASE + "observe..",
                    BASE + "sandbox..",
                    BASE + "cluster..",
                    BASE + "plan..",
                    BASE + "wire..",
                    BASE + "model..");

    @ArchTest
    static final ArchRule ONLY_GOALS_KNOW_MAVEN = noClasses()
            .that()
            .resideOutsideOfPackage(BASE + "mojo..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "org.eclipse.aether..");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(BASE + "(*)..").should().beFreeOfCycles();

    private static LayeredArchitecture floors() {
        LayeredArchitecture floors = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (String name : new String[] {
            "mojo", "run", "report", "apply", "change", "check", "observe", "sandbox", "cluster", "plan", "wire",
            "model"
        }) {
            floors = floors.layer(name).definedBy(BASE + name + "..");
        }
        return floors;
    }
}
