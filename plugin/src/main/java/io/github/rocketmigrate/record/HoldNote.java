package io.github.rocketmigrate.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.model.Stage;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Formats the holds of a plan as entries of name servers: one for each rollback, several for one of many topics. */
final class HoldNote {
    private static final String PREFIX = "hold:";
    private static final String STAGE = "stage";
    private static final String SINCE = "since";
    private static final String BY = "by";
    private static final String REASON = "reason";
    private static final String RELEASED = "released";
    private static final String TOPICS = "topics";
    /** What is left of the longest entry beside who, when and why, however long these are. */
    private static final int LONGEST = RecordFormat.LONGEST / 2;

    private static final int MOST_WORDS = 2_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private HoldNote() {}

    /** The length of the plan's name keeps the keys of all plans different. */
    private static String prefix(String plan) {
        return PREFIX + plan.length() + ":" + plan + ":";
    }

    /** All entries, by key; none if nothing is on hold. */
    static Map<String, String> all(String plan, SortedMap<String, Hold> holds) {
        Map<Hold, List<String>> alike = new LinkedHashMap<>();
        holds.forEach((topic, hold) ->
                alike.computeIfAbsent(hold, key -> new ArrayList<>()).add(topic));
        Map<String, String> notes = new LinkedHashMap<>();
        alike.forEach((hold, topics) -> {
            for (List<String> some : parts(topics)) {
                notes.put(prefix(plan) + notes.size(), text(hold, some));
            }
        });
        return notes;
    }

    private static List<List<String>> parts(List<String> topics) {
        List<List<String>> parts = new ArrayList<>();
        int length = LONGEST;
        for (String topic : topics) {
            length += topic.length() + "\"\",".length();
            if (length > LONGEST) {
                parts.add(new ArrayList<>());
                length = topic.length();
            }
            parts.get(parts.size() - 1).add(topic);
        }
        return parts;
    }

    private static String text(Hold hold, List<String> topics) {
        ObjectNode node = JSON.createObjectNode()
                .put(STAGE, hold.stage().word())
                .put(SINCE, hold.since().toString())
                .put(BY, shortened(hold.by()))
                .put(REASON, shortened(hold.reason()));
        if (hold.isReleased()) {
            node.put(RELEASED, true);
        }
        ArrayNode names = node.putArray(TOPICS);
        topics.forEach(names::add);
        return node.toString();
    }

    private static String shortened(String words) {
        return words.length() <= MOST_WORDS ? words : words.substring(0, MOST_WORDS) + "…";
    }

    /**
     * The holds of a plan, by topic.
     *
     * @param notes by name server and key
     */
    static SortedMap<String, Hold> read(String plan, Map<String, Map<String, String>> notes) {
        SortedMap<String, Hold> holds = new TreeMap<>();
        notes.values()
                .forEach(ofOne -> ofOne.forEach((key, text) -> {
                    if (key.startsWith(prefix(plan))) {
                        JsonNode node = parsed(text);
                        hold(node)
                                .ifPresent(hold -> node.path(TOPICS)
                                        .forEach(topic -> holds.merge(topic.asText(), hold, Hold::or)));
                    }
                }));
        return holds;
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        }
    }

    /** Ignores what no version of this plugin writes. */
    private static Optional<Hold> hold(JsonNode node) {
        try {
            Instant since = Instant.parse(node.path(SINCE).asText());
            return Arrays.stream(Stage.values())
                    .filter(stage -> stage.word().equals(node.path(STAGE).asText()))
                    .findFirst()
                    .map(stage -> new Hold(
                            stage,
                            since,
                            node.path(BY).asText(),
                            node.path(REASON).asText(),
                            node.path(RELEASED).asBoolean()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The keys of all entries that a name server has. */
    static Set<String> keysOf(String plan, Map<String, String> notes) {
        Set<String> keys = new TreeSet<>(notes.keySet());
        keys.removeIf(key -> !key.startsWith(prefix(plan)));
        return keys;
    }
}
