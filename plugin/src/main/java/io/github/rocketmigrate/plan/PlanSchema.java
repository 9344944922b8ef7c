package io.github.rocketmigrate.plan;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.rocketmigrate.text.Spelling;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Checks a plan against the published schema, and reports violations in the words of the plan instead of JSON Schema.
 *
 * <p>Longer than 300 lines: the words for each kind of violation stand together.
 */
final class PlanSchema {
    private static final String FILE = "/schema/migration-plan-1.json";

    private static final int LONGEST_EXAMPLE = 100;
    private static final String ORDERS =
            "order: CONCURRENT, or ORDERLY if the application registers a MessageListenerOrderly";
    private static final String NOT_BLANK = "\\S";
    /** The objects to which users know that a key belongs. */
    private static final List<String> OBJECTS = List.of("source", "destination", "traffic", "batch", "topic", "group");

    private static final Set<String> IN_LISTS = Set.of("batch", "topic", "group");
    private static final Set<String> EMPTY = Set.of("minItems", "minLength");

    private final JsonNode document;
    private final Schema schema;

    /** Reading the schema takes longer than reading most plans. */
    private static final class Once {
        private static final PlanSchema SCHEMA = new PlanSchema();
    }

    /** The schema, which is read when it is needed first. */
    static PlanSchema published() {
        return Once.SCHEMA;
    }

    private PlanSchema() {
        try (InputStream file = PlanSchema.class.getResourceAsStream(FILE)) {
            this.document = new ObjectMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(document);
    }

    List<Problem> check(YamlTree tree) {
        List<Error> errors = schema.validate(tree.root());
        Map<String, Set<String>> misspelled = misspelled(errors);
        Set<String> empty = errors.stream()
                .filter(error -> EMPTY.contains(error.getKeyword()))
                .map(error -> error.getInstanceLocation().toString())
                .collect(toSet());
        return errors.stream()
                .filter(error -> !isReportedByARule(error) && !isMisspelled(error, misspelled))
                // An empty text has no form either.
                .filter(error -> !error.getKeyword().equals("pattern")
                        || !empty.contains(error.getInstanceLocation().toString()))
                .map(error -> problem(error, tree))
                .toList();
    }

    /** Whether a rule reports the error better: conditions between elements, and names of checks. */
    private static boolean isReportedByARule(Error error) {
        String path = error.getEvaluationPath().toString();
        boolean conditional = path.contains("/then") || path.contains("/else") || path.contains("/if");
        boolean check = Set.of("anyOf", "enum", "pattern").contains(error.getKeyword())
                && error.getInstanceNode().isTextual()
                && error.getInstanceLocation().toString().endsWith("/check");
        boolean routing = error.getKeyword().equals("enum")
                && error.getInstanceNode().asText().equals("bridge");
        boolean undecided = PlanReader.isUndecided(error.getInstanceLocation().toString(), error.getInstanceNode());
        return conditional || check || routing || undecided;
    }

    /** Finds the correct names of misspelled keys, by the pointers of their objects. */
    private Map<String, Set<String>> misspelled(List<Error> errors) {
        Map<String, Set<String>> meant = new HashMap<>();
        errors.stream()
                .filter(error -> error.getKeyword().equals("additionalProperties"))
                .forEach(error -> Spelling.nearest(error.getProperty(), absent(error))
                        .ifPresent(key -> meant.computeIfAbsent(
                                        error.getInstanceLocation().toString(), object -> new HashSet<>())
                                .add(key)));
        return meant;
    }

    /** Whether the missing key is present in another spelling, so that the unknown key is reported instead. */
    private static boolean isMisspelled(Error error, Map<String, Set<String>> misspelled) {
        return error.getKeyword().equals("required")
                && misspelled
                        .getOrDefault(error.getInstanceLocation().toString(), Set.of())
                        .contains(error.getProperty());
    }

    private Problem problem(Error error, YamlTree tree) {
        String pointer = error.getInstanceLocation().toString();
        PlanWords words = new PlanWords(tree);
        JsonNode actual = tree.at(pointer);
        String key = PlanWords.lastKey(pointer);
        return switch (error.getKeyword()) {
            case "required" -> {
                String missing = error.getProperty();
                yield new Problem(
                        Rule.MISSING_KEY,
                        tree.key(pointer),
                        words.object(pointer) + " has no '" + missing + "'; add " + addition(error, missing));
            }
            case "additionalProperties" -> {
                String unknown = error.getProperty();
                yield new Problem(
                        Rule.UNKNOWN_KEY,
                        tree.key(YamlTree.child(pointer, unknown)),
                        words.object(pointer) + " has the unknown key '" + unknown + "'" + keyHint(unknown, error));
            }
            case "enum" ->
                new Problem(
                        Rule.UNKNOWN_VALUE,
                        tree.value(pointer),
                        actual.isNull()
                                ? words.element(pointer) + " is empty; choose one of "
                                        + String.join(", ", texts(keyword(error)))
                                : words.owner(pointer) + " has " + key + " '" + text(actual) + "'"
                                        + Spelling.hint(text(actual), texts(keyword(error))));
            case "const" ->
                new Problem(
                        Rule.UNKNOWN_VALUE,
                        tree.value(pointer),
                        words.owner(pointer) + " has " + key + " " + text(actual) + "; write "
                                + keyword(error).asText()
                                + (actual.isTextual() ? " without quotes" : ""));
            case "type" ->
                new Problem(
                        Rule.WRONG_KIND,
                        tree.value(pointer),
                        words.element(pointer) + " is " + PlanWords.kind(actual) + ", but must be "
                                + PlanWords.kinds(keyword(error)) + kindHint(error, actual));
            case "pattern" ->
                new Problem(
                        Rule.WRONG_FORM,
                        tree.value(pointer),
                        words.element(pointer)
                                + (text(actual).isBlank()
                                        ? " is blank; write for example "
                                        : " is '" + text(actual) + "', but must have the form ")
                                + form(error).orElse("that the schema requires"));
            case "minItems" ->
                new Problem(
                        Rule.OUT_OF_RANGE, tree.value(pointer), words.element(pointer) + " is empty; add at least one");
            case "minLength" ->
                new Problem(
                        Rule.OUT_OF_RANGE,
                        tree.value(pointer),
                        words.element(pointer) + " is empty; write for example "
                                + text(error).orElse("a name"));
            case "maxLength" ->
                new Problem(
                        Rule.OUT_OF_RANGE,
                        tree.value(pointer),
                        words.element(pointer) + " has " + actual.asText().length() + " characters (limit "
                                + keyword(error).asText() + "); shorten it");
            case "minimum" ->
                new Problem(
                        Rule.OUT_OF_RANGE,
                        tree.value(pointer),
                        words.element(pointer) + " is " + text(actual) + "; the minimum is "
                                + keyword(error).asText());
            case "maximum" ->
                new Problem(
                        Rule.OUT_OF_RANGE,
                        tree.value(pointer),
                        words.element(pointer) + " is " + text(actual) + "; the maximum is "
                                + keyword(error).asText());
            default ->
                new Problem(Rule.WRONG_FORM, tree.value(pointer), words.element(pointer) + " " + error.getMessage());
        };
    }

    private String keyHint(String unknown, Error error) {
        return Spelling.misspelled(unknown, absent(error))
                .map(meant -> "; did you mean " + meant + "?")
                .or(() -> home(unknown).map(home -> "; it belongs in " + home))
                .or(() -> Spelling.nearest(unknown, absent(error)).map(meant -> "; did you mean " + meant + "?"))
                .or(() -> Spelling.nearest(unknown, siblings(error))
                        .map(meant -> "; remove it, because '" + meant + "' is there already"))
                .orElseGet(() -> "; choose one of " + String.join(", ", siblings(error)));
    }

    /** The objects that have a key, if they are few: {@code a batch}. */
    private Optional<String> home(String key) {
        List<String> homes = OBJECTS.stream()
                .filter(object ->
                        document.at("/$defs/" + object + "/properties").has(key))
                .map(object -> IN_LISTS.contains(object) ? "a " + object : object)
                .toList();
        return homes.isEmpty() || homes.size() > 2 ? Optional.empty() : Optional.of(String.join(" or ", homes));
    }

    /** Suggests how to correct a value of the wrong type. */
    private String kindHint(Error error, JsonNode actual) {
        String wanted = keyword(error).toString();
        if (actual.isNull()) {
            return "; fill it or remove the key";
        }
        if (wanted.contains("boolean") && actual.isTextual()) {
            Optional<String> meant = meant(actual.asText());
            if (meant.isPresent()) {
                return "; write " + meant.get();
            }
        }
        if (wanted.contains("string") && actual.isValueNode()) {
            JsonNode text = document.at(JsonPointer.compile(object(error)));
            boolean formed =
                    (text.has("pattern") && !text.path("pattern").asText().equals(NOT_BLANK)) || text.has("format");
            return formed ? "; write for example " + form(error).orElseThrow() : "; put it in quotes";
        }
        if (wanted.contains("integer") && actual.asText().matches("\\d{1,9}")) {
            return "; write " + actual.asText() + " without quotes";
        }
        JsonNode example =
                document.at(JsonPointer.compile(object(error))).path("examples").path(0);
        boolean structure = wanted.contains("object") || wanted.contains("array");
        String shown = structure && example.isContainerNode() ? PlanWords.yaml(example) : "";
        return shown.isEmpty() || shown.length() > LONGEST_EXAMPLE ? "" : "; write for example " + shown;
    }

    /** YAML 1.1 had more words for true and false, and many people still write them. */
    private static Optional<String> meant(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "yes", "on", "y", "true" -> Optional.of("true");
            case "no", "off", "n", "false" -> Optional.of("false");
            default -> Optional.empty();
        };
    }

    /** Finds the value of the violated keyword: the list of an enum, the number of a minimum. */
    private JsonNode keyword(Error error) {
        return document.at(JsonPointer.compile(fragment(error)));
    }

    private static String fragment(Error error) {
        String location = error.getSchemaLocation().toString();
        return location.substring(location.indexOf('#') + 1);
    }

    /** Returns the pointer to the schema's object that contains the violated keyword. */
    private static String object(Error error) {
        return fragment(error).substring(0, fragment(error).lastIndexOf('/'));
    }

    private Optional<JsonNode> property(Error error, String name) {
        JsonNode property =
                document.at(JsonPointer.compile(object(error) + "/properties")).path(name);
        JsonNode reference = property.path("$ref");
        JsonNode found = reference.isMissingNode()
                ? property
                : document.at(JsonPointer.compile(reference.asText().substring(1)));
        return found.isMissingNode() ? Optional.empty() : Optional.of(found);
    }

    /** What to add. No value of a choice is proposed alone: it would be pasted, and a wrong one fails at run time. */
    private String addition(Error error, String missing) {
        if (missing.equals("order")) {
            return ORDERS;
        }
        List<String> choice = property(error, missing)
                .map(property -> texts(property.path("enum")))
                .orElse(List.of());
        return choice.isEmpty()
                ? "it, for example " + missing + ": " + example(error, missing).orElse("…")
                : "one of " + String.join(", ", choice);
    }

    private Optional<String> example(Error error, String name) {
        return property(error, name)
                .map(property -> property.path("examples").path(0))
                .filter(example -> !example.isMissingNode())
                .map(PlanWords::yaml);
    }

    private Optional<String> form(Error error) {
        JsonNode example =
                document.at(JsonPointer.compile(object(error))).path("examples").path(0);
        return example.isMissingNode() ? Optional.empty() : Optional.of(example.asText());
    }

    private List<String> siblings(Error error) {
        List<String> names = new ArrayList<>();
        document.at(JsonPointer.compile(object(error) + "/properties"))
                .fieldNames()
                .forEachRemaining(names::add);
        return names;
    }

    /** Finds an example that is a text, where a list would do too. */
    private Optional<String> text(Error error) {
        return StreamSupport.stream(
                        document.at(JsonPointer.compile(object(error)))
                                .path("examples")
                                .spliterator(),
                        false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText)
                .findFirst();
    }

    /** The keys that the object could have and has not: an unknown key stands for one of these. */
    private List<String> absent(Error error) {
        return siblings(error).stream()
                .filter(key -> !error.getInstanceNode().has(key))
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String text(JsonNode value) {
        return PlanWords.shortened(value.isValueNode() ? value.asText() : PlanWords.kind(value));
    }
}
