package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.run.Goals;
import io.github.rocketmigrate.run.Validate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The files that {@code validate} writes for pipelines. */
final class ValidationFilesTest {
    private static final Path PLANS = Path.of("src/test/resources/golden/validate");

    @TempDir
    Path output;

    @Test
    void writesTheProblemsOfAnInvalidPlanAsJsonAndAsFailedTests() throws Exception {
        ValidationReport report = validate(PLANS.resolve("many-at-once.yaml"));
        assertThat(report.outcome()).isEqualTo(Outcome.INVALID);
        assertThat(report.summary()).isEqualTo("5 errors");

        JsonNode result = result();
        assertThat(result.path("outcome").asText()).isEqualTo("invalid");
        assertThat(result.path("counts").path("errors").asInt()).isEqualTo(5);
        JsonNode second = result.path("problems").path(1);
        assertThat(second.path("code").asText()).isEqualTo("MIG-104");
        assertThat(second.path("line").asInt()).isEqualTo(10);
        assertThat(second.path("column").asInt()).isEqualTo(37);
        assertThat(second.path("message").asText()).contains("did you mean FIFO?");

        Element suite = suite();
        assertThat(suite.getAttribute("tests")).isEqualTo("5");
        assertThat(suite.getAttribute("failures")).isEqualTo("5");
        NodeList cases = suite.getElementsByTagName("testcase");
        Element unknownType = (Element) cases.item(1);
        assertThat(unknownType.getAttribute("name")).isEqualTo("MIG-104 topic order-events type");
        assertThat(unknownType.getAttribute("file")).isEqualTo("shop.yaml");
        assertThat(unknownType.getAttribute("line")).isEqualTo("10");
        assertThat(cases.item(1).getTextContent())
                .contains(
                        "did you mean FIFO?\nshop.yaml:10:37\nhelp: https://rocketmigrate.github.io/rules.html#MIG-104");
    }

    /** CI servers compare tests by name: "the second one" would be another problem after the first is fixed. */
    @Test
    void namesOfTestsHaveTheObjectOfTheProblem() throws Exception {
        validate(PLANS.resolve("many-at-once.yaml"));
        assertThat(names())
                .containsExactly(
                        "MIG-104 batch a stage",
                        "MIG-104 topic order-events type",
                        "MIG-206 topic order events",
                        "MIG-101 topic user-events typ",
                        "MIG-204 group order-events");
    }

    /** Who fixes the errors fixes these in the same commit. */
    @Test
    void warningsOfAnInvalidPlanAreInTheFilesToo() throws Exception {
        Path plan = Files.writeString(output.resolve("both.yaml"), """
                version: 1
                name: shop
                source: { nameServers: [10.0.0.11:9876] }
                destination: { nameServers: [10.0.1.11:9876] }
                traffic: { routing: join }
                batches:
                  - name: a
                    topics: [{ name: orders, type: FIF0 }]
                    waivers:
                      - { check: order-matches, reason: none, owner: me, expires: 2020-01-01 }
                """);
        validate(plan);
        assertThat(names()).containsExactly("MIG-104 topic orders type", "MIG-215 waiver order-matches expires");
        assertThat(suite().getAttribute("skipped")).isEqualTo("1");
        assertThat(output.resolve("plan.md")).content().contains("- Warning: **", "rules.html#MIG-215");
    }

    private List<String> names() throws Exception {
        NodeList cases = suite().getElementsByTagName("testcase");
        return IntStream.range(0, cases.getLength())
                .mapToObj(i -> ((Element) cases.item(i)).getAttribute("name"))
                .toList();
    }

    @Test
    void reportsAValidPlanAsOnePassedTest() throws Exception {
        ValidationReport report = validate(Path.of("../samples/plans/full.yaml"));
        assertThat(report.outcome()).isEqualTo(Outcome.CLEAN);
        assertThat(result().path("outcome").asText()).isEqualTo("clean");
        assertThat(suite().getAttribute("failures")).isEqualTo("0");
        assertThat(suite().getElementsByTagName("testcase").getLength()).isEqualTo(1);
    }

    @Test
    void writesTheFilesForABinaryPlanToo() throws Exception {
        assertThat(validate(PLANS.resolve("MIG-003-binary.yaml")).outcome()).isEqualTo(Outcome.INVALID);
        assertThat(result().path("problems").size()).isEqualTo(1);
        assertThat(suite().getAttribute("failures")).isEqualTo("1");
    }

    @Test
    void writesReadableFilesForAPlanWithControlCharactersInItsName() throws Exception {
        ValidationReport report = validate("a\u001b[31m.yaml", PLANS.resolve("many-at-once.yaml"));
        assertThat(report.name()).isEqualTo("a<U+001B>[31m.yaml");
        assertThat(suite().getAttribute("failures")).isEqualTo("5");
        Path untouched = Files.writeString(output.resolve("as-usual"), "");
        assertThat(Files.getPosixFilePermissions(output.resolve("result.json")))
                .isEqualTo(Files.getPosixFilePermissions(untouched));
    }

    private ValidationReport validate(Path plan) {
        return validate("shop.yaml", plan);
    }

    private ValidationReport validate(String name, Path plan) {
        return new Validate(property -> Optional.empty(), LocalDate.of(2026, 11, 21), Goals.outputs(output))
                .run(name, plan);
    }

    /** Reads the result and validates it against its published schema. */
    private JsonNode result() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode result = json.readTree(output.resolve("result.json").toFile());
        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(
                                json.readTree(Path.of("../schema/result-1.json").toFile()))
                        .validate(result))
                .isEmpty();
        return result;
    }

    private Element suite() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(output.resolve("TEST-migrate-validate.xml").toFile())
                .getDocumentElement();
    }
}
