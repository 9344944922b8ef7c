package io.github.rocketmigrate.plan;

import static java.util.Comparator.comparing;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.text.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * Recognizes violations of rules that only follow from an element that could not be read, so that a plan reports the
 * cause alone. All other violations are reported at once.
 */
final class FollowUps {
    private static final Pattern FREEZE = Pattern.compile(".*/freeze/\\d+");
    private static final Pattern GATE = Pattern.compile(".*/gates/\\d+");
    private static final List<String> QUESTIONS = List.of("prometheus", "query", "url", "status");
    private static final List<String> LIMITS = List.of("below", "above");
    private static final List<String> TIMES = List.of("from", "to", "weekly");

    private final YamlTree tree;
    private final boolean keysWereLost;

    /** Uses the problems of the YAML text to know whether some keys are not in the tree. */
    FollowUps(YamlTree tree, List<Problem> ofYaml) {
        this.tree = tree;
        this.keysWereLost = ofYaml.stream().anyMatch(problem -> switch (problem.rule()) {
            case DUPLICATE_KEY, MERGE_KEY, KEY_NOT_TEXT -> true;
            default -> false;
        });
    }

    boolean contains(Problem problem) {
        return switch (problem.rule()) {
            case WAIVER_UNKNOWN_NAME -> isUnreadable(tree.root(), "batches") || anyBatch(this::hidesNames);
            case NOTHING_PLANNED -> keysWereLost || isOfBatch(problem, this::hidesEntries);
            case STAGE_AHEAD, CANARY_STAGE, NOT_COMPLETE -> isOfBatch(problem, FollowUps::hidesStage);
            case FREEZE_KIND ->
                isOfEntry(FREEZE, problem.at(), freeze -> TIMES.stream().anyMatch(key -> hides(freeze, key)));
            case GATE_KIND ->
                isOfEntry(
                        GATE,
                        problem.at(),
                        gate -> QUESTIONS.stream().anyMatch(key -> hides(gate, key))
                                || LIMITS.stream().anyMatch(key -> hidesLimit(gate, key)));
            case STAGE_WITHOUT_TRAFFIC -> isUnreadable(tree.root(), "traffic");
            case CONCURRENT_ON_FIFO -> hidesOrder(problem.at());
            default -> false;
        };
    }

    /** Whether the order of a group is another word, which is read as {@code CONCURRENT}. */
    private boolean hidesOrder(Position at) {
        return tree.positions().entrySet().stream()
                .filter(element -> element.getValue().value().equals(at))
                .anyMatch(element -> element.getKey().endsWith("/order")
                        && !tree.at(element.getKey()).asText().equals(ConsumeOrder.CONCURRENT.name()));
    }

    private boolean hidesNames(JsonNode batch) {
        return keysWereLost
                || !batch.isObject()
                || hidesEntries(batch)
                || hasNamelessEntry(batch.path("topics"))
                || hasNamelessEntry(batch.path("groups"));
    }

    private boolean hidesEntries(JsonNode batch) {
        return isUnreadable(batch, "topics") || isUnreadable(batch, "groups");
    }

    private static boolean hasNamelessEntry(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .anyMatch(entry -> !entry.path("name").isTextual()
                        || entry.path("name").asText().isBlank());
    }

    private static boolean hidesStage(JsonNode batch) {
        JsonNode stage = batch.path("stage");
        return stage.isMissingNode()
                ? isMisspelled(batch, "stage")
                : Arrays.stream(Stage.values()).noneMatch(it -> it.word().equals(stage.asText()));
    }

    /** Whether the list or map {@code key} has the wrong type or a wrong name. An empty value has no entries to read. */
    private static boolean isUnreadable(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isMissingNode() ? isMisspelled(object, key) : value.isValueNode() && isWritten(value, key);
    }

    /** An empty {@code traffic:} was meant to be a map; an empty list lists nothing. */
    private static boolean isWritten(JsonNode value, String key) {
        return !value.isNull() || key.equals("traffic");
    }

    private static boolean isMisspelled(JsonNode object, String key) {
        return object.properties().stream()
                .anyMatch(
                        entry -> Spelling.nearest(entry.getKey(), List.of(key)).isPresent());
    }

    private boolean anyBatch(Predicate<JsonNode> fits) {
        return StreamSupport.stream(tree.at("/batches").spliterator(), false).anyMatch(fits);
    }

    private boolean isOfBatch(Problem problem, Predicate<JsonNode> fits) {
        return batch(problem.at()).filter(fits).isPresent();
    }

    /** Whether the entry of a list in which a position is has something. */
    private boolean isOfEntry(Pattern list, Position at, Predicate<JsonNode> fits) {
        return tree.positions().keySet().stream()
                .filter(pointer -> list.matcher(pointer).matches())
                .filter(pointer -> tree.value(pointer).compareTo(at) <= 0)
                .max(comparing(tree::value))
                .map(tree::at)
                .filter(fits)
                .isPresent();
    }

    private static boolean hidesLimit(JsonNode gate, String key) {
        JsonNode limit = gate.path(key);
        return limit.isMissingNode()
                ? isMisspelled(gate, key)
                : !limit.isNumber() && !PlanBinder.isLimit(limit.asText());
    }

    private static boolean hides(JsonNode object, String key) {
        JsonNode value = object.path(key);
        return value.isMissingNode()
                ? isMisspelled(object, key)
                : !value.isTextual() && !(value.canConvertToInt() && key.equals("status"));
    }

    /** Finds the batch in which a position is: the last that begins before it. */
    private Optional<JsonNode> batch(Position at) {
        JsonNode batches = tree.at("/batches");
        for (int i = batches.size() - 1; i >= 0; i--) {
            if (tree.value("/batches/" + i).compareTo(at) <= 0) {
                return Optional.of(batches.path(i));
            }
        }
        return Optional.empty();
    }
}
