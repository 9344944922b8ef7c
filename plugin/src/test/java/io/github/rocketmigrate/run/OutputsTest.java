package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.ValidationReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deletes and overwrites only files of earlier runs. */
final class OutputsTest {
    private static final String VALID = """
            version: 1
            name: shop-to-5x
            source: { nameServers: ["10.0.0.11:9876"] }
            destination: { nameServers: ["10.0.1.11:9876"] }
            batches:
              - name: all
                topics: [{ name: orders, type: NORMAL }]
            """;

    @TempDir
    Path folder;

    @Test
    void deletesTheFilesOfAnEarlierRunFirst() throws Exception {
        for (String name : new String[] {"plan.md", "change-set.json", "result.json", "TEST-migrate-plan.xml"}) {
            Files.writeString(folder.resolve(name), "{ \"fingerprint\": 1 }");
        }
        Files.writeString(folder.resolve("TEST-migrate-validate.xml"), "another goal's");
        outputs(folder.resolve("change-set.json")).clear("plan");
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("TEST-migrate-validate.xml"));
    }

    /** Yesterday's apply says nothing about today's plan; an apply belongs to the plan before it. */
    @Test
    void planBeginsARoundAndApplyContinuesIt() throws Exception {
        for (String name : new String[] {"result-apply.json", "TEST-migrate-apply.xml", "result-status.json"}) {
            Files.writeString(folder.resolve(name), "{}");
        }
        outputs(folder.resolve("change-set.json")).clear("plan");
        assertThat(folder).isEmptyDirectory();

        Files.writeString(folder.resolve("result-plan.json"), "{}");
        Files.writeString(folder.resolve("plan.md"), "to do");
        Files.writeString(folder.resolve("TEST-migrate-apply.xml"), "<testsuite/>");
        outputs(folder.resolve("change-set.json")).clear("apply");
        assertThat(folder.resolve("result-plan.json")).exists();
        assertThat(folder.resolve("plan.md")).exists();
        assertThat(folder.resolve("TEST-migrate-apply.xml")).doesNotExist();
    }

    @Test
    void replacesAnOlderPlanIfItIsNoLongerValid() throws Exception {
        for (String name : new String[] {"plan.md", "result-plan.json", "TEST-migrate-plan.xml"}) {
            Files.writeString(folder.resolve(name), "Nothing to do.");
        }
        outputs(folder.resolve("change-set.json"))
                .write("validate", new ValidationReport("migration.yaml", Plans.read("version: 2\n", Map.of())));
        assertThat(folder.resolve("plan.md"))
                .content()
                .startsWith("### Migration plan `migration.yaml`: invalid\n")
                .contains("`migration.yaml:1:10`", "/rules.html#MIG-");
        assertThat(folder.resolve("result-plan.json")).doesNotExist();
        assertThat(folder.resolve("TEST-migrate-plan.xml")).doesNotExist();
        assertThat(folder.resolve("TEST-migrate-validate.xml")).content().contains("<failure type=\"MIG-");
    }

    /** A CI server publishes every TEST-migrate-*.xml in the folder. */
    @Test
    void validPlanDeletesTheFailuresOfAnEarlierValidate() throws Exception {
        Outputs outputs = outputs(folder.resolve("change-set.json"));
        outputs.planIsValid();
        outputs.write("validate", new ValidationReport("migration.yaml", Plans.read("version: 2\n", Map.of())));
        outputs.planIsValid();
        assertThat(folder.resolve("TEST-migrate-validate.xml")).doesNotExist();
        assertThat(folder.resolve("result-validate.json")).doesNotExist();

        outputs.write("validate", new ValidationReport("migration.yaml", Plans.read(VALID, Map.of())));
        outputs.planIsValid();
        assertThat(folder.resolve("TEST-migrate-validate.xml"))
                .describedAs("validate and plan may run in one build")
                .exists();
    }

    @Test
    void overwritesOnlyAChangeSet() throws Exception {
        Path pom = Files.writeString(folder.resolve("pom.xml"), "<project/>");
        assertThatThrownBy(() -> outputs(pom).clear("plan"))
                .isInstanceOf(Fault.class)
                .hasMessage("migrate.out=pom.xml exists and is not a change set.");
        assertThatThrownBy(() -> outputs(folder).clear("plan")).hasMessageEndingWith("is a folder.");
        assertThat(pom).hasContent("<project/>");
    }

    /** Otherwise {@code apply} would take the change set of an earlier plan for that of a plan that failed. */
    @Test
    void deletesTheChangeSetThatThePlanWillReplace() throws Exception {
        Path mine = Files.writeString(folder.resolve("mine.json"), "{ \"fingerprint\": 1 }");
        outputs(mine).clear("apply");
        assertThat(mine).exists();
        outputs(mine).clear("plan");
        assertThat(mine).doesNotExist();
    }

    private Outputs outputs(Path changeSet) {
        return new Outputs(folder, changeSet, changeSet.getFileName().toString(), Goals.PROVENANCE);
    }
}
