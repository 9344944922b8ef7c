package io.github.rocketmigrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.run.PlanReaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The published samples and schemas are valid, complete and equal to the code. */
final class SamplesAndSchemasTest {
    private static final Path SAMPLES = Path.of("../samples/plans");
    private static final Path QUICKSTART = Path.of("../samples/quickstart");
    private static final Path PIPELINES = Path.of("../samples/pipeline-gate/migration.yaml");
    private static final Path SCHEMA = Path.of("../schema/migration-plan-1.json");
    private static final Path PROFILES = Path.of("src/main/resources/profiles");

    private final ObjectMapper json = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"smallest.yaml", "metadata-only.yaml", "full.yaml"})
    void samplesAreValid(String name) {
        PlanReading reading = PlanReaders.offline(property -> Optional.empty(), LocalDate.of(2026, 11, 21))
                .read(SAMPLES.resolve(name));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.plan()).isPresent();
    }

    /** Nobody has compared the accounts yet: the waiver of the sample is a comment, and it needs a date before it is valid. */
    @Test
    void thePipelineSampleClaimsNothingThatNobodyHasChecked(@TempDir Path folder) throws IOException {
        String text = Files.readString(PIPELINES);
        assertThat(errors(folder, text)).isEmpty();
        assertThat(new YAMLMapper().readTree(text).findValues("waivers")).isEmpty();
        String waived =
                text.replaceAll("(?m)^    # (waivers:|  - check:|    reason:|    owner:|    expires:)", "    $1");
        assertThat(errors(folder, waived)).containsExactly(Rule.WRONG_FORM);
        String dated = waived.replace("YYYY-MM-DD", "2026-12-15");
        assertThat(errors(folder, dated)).isEmpty();
        assertThat(new YAMLMapper().readTree(dated).findValuesAsText("check")).containsExactly("client-compatible");
    }

    private static List<Rule> errors(Path folder, String text) throws IOException {
        return PlanReaders.offline(property -> Optional.empty(), LocalDate.of(2026, 11, 21))
                .read(Files.writeString(folder.resolve("migration.yaml"), text))
                .problems()
                .stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .map(Problem::rule)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1-read-both", "2-write-destination", "3-destination"})
    void quickstartCommitsChangeOnlyStages(String commit) throws IOException {
        Path file = QUICKSTART.resolve("commits").resolve(commit + ".yaml");
        PlanReading reading = PlanReaders.offline(
                        // Each side has its own address.
                        property -> Optional.of(property + ":9876"),
                        LocalDate.of(2026, 11, 21))
                .read(file);
        assertThat(reading.problems()).isEmpty();
        assertThat(withoutStages(file)).isEqualTo(withoutStages(QUICKSTART.resolve("migration.yaml")));
    }

    private static JsonNode withoutStages(Path file) throws IOException {
        JsonNode plan = new YAMLMapper().readTree(file.toFile());
        for (JsonNode batch : plan.path("batches")) {
            ((ObjectNode) batch).remove("stage");
            batch.path("topics").forEach(topic -> ((ObjectNode) topic).remove("stage"));
        }
        return plan;
    }

    @Test
    void fullSampleHasEveryKeyOfTheSchema() throws IOException {
        Set<String> used = new TreeSet<>();
        keys(new YAMLMapper().readTree(SAMPLES.resolve("full.yaml").toFile()), used);
        assertThat(used).isEqualTo(properties(schema()).keySet());
    }

    @Test
    void everyPropertyHasATitleADescriptionAndAnExample() throws IOException {
        properties(schema()).forEach((name, property) -> {
            JsonNode described = property.has("$ref")
                    ? schemaAt(property.get("$ref").asText().substring(1))
                    : property;
            assertThat(described.path("title").asText()).describedAs(name).isNotBlank();
            assertThat(described.path("description").asText()).describedAs(name).isNotBlank();
            assertThat(described.path("examples").path(0).isMissingNode())
                    .describedAs(name)
                    .isFalse();
        });
    }

    @Test
    void enumsOfTheSchemaEqualTheCode() {
        assertThat(list("/$defs/stage/enum")).containsExactly(words(Stage.values(), Stage::word));
        assertThat(list("/$defs/topic/properties/type/enum"))
                .containsExactly(words(MessageType.values(), MessageType::name));
        assertThat(list("/$defs/traffic/properties/routing/enum"))
                .containsExactly(words(Routing.values(), Routing::word));
    }

    @Test
    void everyProfileIsValidAndInThePlanSchema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(json.readTree(
                        Path.of("../schema/destination-profile-1.json").toFile()));
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(PROFILES)) {
            for (Path file : files.sorted().toList()) {
                assertThat(schema.validate(new YAMLMapper().readTree(file.toFile())))
                        .describedAs(file.toString())
                        .isEmpty();
                String name = file.getFileName().toString().replace(".yaml", "");
                assertThat(Profiles.named(name)).describedAs(name).isPresent();
                names.add(name);
            }
        }
        assertThat(list("/$defs/destination/properties/profile/enum")).containsExactlyInAnyOrderElementsOf(names);
    }

    private JsonNode schema() throws IOException {
        return json.readTree(SCHEMA.toFile());
    }

    private JsonNode schemaAt(String pointer) {
        try {
            return schema().at(pointer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> list(String pointer) {
        return StreamSupport.stream(schemaAt(pointer).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static <E> String[] words(E[] values, Function<E, String> word) {
        return Arrays.stream(values).map(word).toArray(String[]::new);
    }

    private static void keys(JsonNode node, Set<String> keys) {
        if (node.isObject()) {
            node.properties().forEach(entry -> keys.add(entry.getKey()));
        }
        node.forEach(child -> keys(child, keys));
    }

    /** Collects every property of the schema by name. */
    private static Map<String, JsonNode> properties(JsonNode schema) {
        Map<String, JsonNode> found = new TreeMap<>();
        collect(schema.path("properties"), found);
        schema.path("$defs").forEach(definition -> collect(definition.path("properties"), found));
        schema.at("/$defs/destination/properties/maintenance/properties")
                .properties()
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        collect(schema.at("/$defs/freeze/items/properties"), found);
        collect(schema.at("/$defs/gates/items/properties"), found);
        schema.at("/$defs/defaults/properties").forEach(part -> collect(part.path("properties"), found));
        return found;
    }

    private static void collect(JsonNode properties, Map<String, JsonNode> found) {
        properties.properties().forEach(entry -> found.put(entry.getKey(), entry.getValue()));
    }
}
