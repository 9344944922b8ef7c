package io.github.rocketmigrate;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.github.rocketmigrate.report.Terminal;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.util.Set;

/**
 * Text of brokers and clients leaves the plugin through few classes, which clean it. {@code ForeignTextTest} shows that
 * these do.
 */
@AnalyzeClasses(packagesOf = WaysOutTest.class, importOptions = ImportOption.DoNotIncludeTests.class)
final class WaysOutTest {
    /** Those after the layout clean the foreign words in their lines themselves, or have none. */
    private static final Set<String> PRINTING = Set.of(
            "Layout",
            "DimTerminal",
            "PageTerminal",
            "BoardTable",
            "ValidationText",
            "SandboxText",
            "LiveProgress",
            "Interruption");

    private static final Set<String> LINES = Set.of("line", "warning", "error");

    @ArchTest
    static final ArchRule LINES_ARE_LAID_OUT = noClasses()
            .that(describe("do not print", type -> !PRINTING.contains(outer(type))))
            .should()
            .accessTargetWhere(describe(
                    "prints a line as it is",
                    call -> call.getTargetOwner().isEquivalentTo(Terminal.class) && LINES.contains(call.getName())));

    private static final Set<String> WRITING = Set.of("WholeFile", "StepSummary", "Journal");

    @ArchTest
    static final ArchRule FILES_ARE_WRITTEN_CLEAN = noClasses()
            .that()
            .resideInAnyPackage(
                    "..change..",
                    "..write..",
                    "..assess..",
                    "..apply..",
                    "..discover..",
                    "..report..",
                    "..run..",
                    "..mojo..")
            .and(describe("do not write files", type -> !WRITING.contains(outer(type))))
            .should()
            .accessTargetWhere(describe("writes a file as it is", WaysOutTest::isWriting));

    private static boolean isWriting(JavaAccess<?> call) {
        JavaClass owner = call.getTargetOwner();
        return (owner.isEquivalentTo(Files.class)
                        && (call.getName().startsWith("write")
                                || call.getName().equals("newBufferedWriter")
                                || call.getName().equals("newOutputStream")))
                || (owner.isEquivalentTo(FileChannel.class) && call.getName().equals("open"));
    }

    private static String outer(JavaClass type) {
        return type.getEnclosingClass().map(WaysOutTest::outer).orElse(type.getSimpleName());
    }
}
