package io.github.rocketmigrate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.rocketmigrate.write.SystemTiming;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Each package sees only the floors below its own. */
@AnalyzeClasses(packagesOf = FloorsTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
final class FloorsTest {
    private static final String BASE = "io.github.rocketmigrate.";

    /** From the cellar to the roof; the rooms of one floor do not see each other. */
    private static final List<List<String>> FLOORS = List.of(
            List.of("model", "text"),
            List.of("plan", "wire"),
            List.of("cluster", "sandbox"),
            List.of("record"),
            List.of("observe"),
            List.of("change", "check"),
            List.of("decide", "write", "assess"),
            List.of("apply", "report", "discover"),
            List.of("run"),
            List.of("mojo"));

    /** Pairs that stand two floors apart, or on none that the other could see, and still have nothing to say. */
    private static final Map<String, List<String>> NEVER =
            Map.of("cluster", List.of("plan"), "sandbox", List.of("plan"));

    @ArchTest
    static void everyPackageSeesOnlyTheFloorsBelow(JavaClasses all) {
        for (int floor = 0; floor < FLOORS.size(); floor++) {
            for (String room : FLOORS.get(floor)) {
                String[] others = Stream.concat(
                                FLOORS.subList(floor, FLOORS.size()).stream().flatMap(List::stream),
                                NEVER.getOrDefault(room, List.of()).stream())
                        .filter(other -> !other.equals(room))
                        .map(FloorsTest::inside)
                        .toArray(String[]::new);
                noClasses()
                        .that()
                        .resideInAPackage(inside(room))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(others)
                        .check(all);
            }
        }
    }

    @ArchTest
    static final ArchRule EVERY_CLASS_HAS_A_FLOOR = classes()
            .should()
            .resideInAnyPackage(FLOORS.stream()
                    .flatMap(List::stream)
                    .map(FloorsTest::inside)
                    .toArray(String[]::new));

    /** Deciding and applying never reach what could write: they do not even know how a cluster is reached. */
    @ArchTest
    static final ArchRule THE_CORE_KNOWS_NO_WIRE = noClasses()
            .that()
            .resideInAnyPackage(
                    Stream.of("record", "observe", "change", "check", "decide", "write", "assess", "apply", "discover")
                            .map(FloorsTest::inside)
                            .toArray(String[]::new))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(inside("wire"), inside("cluster.remoting"), "org.apache.rocketmq..");

    /** Time, threads and chance come from {@code Timing}, so that all of these run in virtual time on one thread. */
    @ArchTest
    static final ArchRule THE_ENGINE_IS_HANDED_TIME = noClasses()
            .that()
            .resideInAnyPackage(Stream.of(
                            "record",
                            "observe",
                            "change",
                            "check",
                            "decide",
                            "write",
                            "assess",
                            "apply",
                            "discover",
                            "run")
                    .map(FloorsTest::inside)
                    .toArray(String[]::new))
            .and()
            .doNotBelongToAnyOf(SystemTiming.class)
            .should()
            .accessTargetWhere(describe("reads a clock, waits, or starts threads", FloorsTest::isOfThisMachine));

    /** A method that catches an interruption may hand it on. */
    private static final Set<String> INTERRUPTING = Set.of("currentThread", "interrupt", "interrupted");

    private static boolean isOfThisMachine(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        String method = call.getName();
        if (owner.isAssignableTo(Thread.class)) {
            return !INTERRUPTING.contains(method);
        }
        return (owner.isEquivalentTo(System.class)
                        && Set.of("nanoTime", "currentTimeMillis").contains(method))
                || (owner.getPackageName().equals("java.time") && method.equals("now"))
                || (owner.isEquivalentTo(Clock.class) && method.startsWith("system"))
                || (owner.isEquivalentTo(TimeUnit.class) && method.equals("sleep"))
                || (owner.isEquivalentTo(Object.class) && method.equals("wait"))
                || (owner.isAssignableTo(Collection.class) && method.equals("parallelStream"))
                || (owner.isAssignableTo(CompletableFuture.class) && method.endsWith("Async"))
                || owner.isAssignableTo(Executor.class)
                || owner.isEquivalentTo(Executors.class)
                || owner.isEquivalentTo(CountDownLatch.class)
                || owner.isAssignableTo(Random.class)
                || (owner.isEquivalentTo(UUID.class) && method.equals("randomUUID"))
                || (owner.isEquivalentTo(Math.class) && method.equals("random"));
    }

    @ArchTest
    static final ArchRule ONLY_GOALS_KNOW_MAVEN = noClasses()
            .that()
            .resideOutsideOfPackage(inside("mojo"))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.maven..", "org.eclipse.aether..");

    @ArchTest
    static final ArchRule NO_CYCLES = slices().matching(BASE + "(*)..").should().beFreeOfCycles();

    /** A reader who meets a name knows which class it is. */
    @ArchTest
    static void noTwoVisibleClassesShareASimpleName(JavaClasses all) {
        SortedMap<String, SortedSet<String>> owners = new TreeMap<>();
        all.stream()
                .filter(type ->
                        !type.isAnonymousClass() && !type.getSimpleName().isEmpty())
                .filter(FloorsTest::isVisibleOutsideItsFile)
                .forEach(type -> owners.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                        .add(type.getName()));
        owners.values().removeIf(classes -> classes.size() == 1);
        assertThat(owners).isEmpty();
    }

    private static boolean isVisibleOutsideItsFile(JavaClass type) {
        return !type.getModifiers().contains(JavaModifier.PRIVATE)
                && type.getEnclosingClass()
                        .map(FloorsTest::isVisibleOutsideItsFile)
                        .orElse(true);
    }

    private static String inside(String room) {
        return BASE + room + "..";
    }
}
