package io.github.rocketmigrate.plan;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/** Names the elements of a plan as users do: "topic 'order-events'" for {@code /batches/1/topics/0}. */
final class PlanWords {
    private static final Pattern ENTRY =
            Pattern.compile("(.*)/(batches|topics|groups|waivers|ignoredTopics|ignoredGroups|freeze|gates)/(\\d+)");

    private final YamlTree tree;

    PlanWords(YamlTree tree) {
        this.tree = tree;
    }

    /** Names the object at {@code pointer}. */
    String object(String pointer) {
        if (pointer.isEmpty()) {
            return "the plan";
        }
        Matcher entry = ENTRY.matcher(pointer);
        if (!entry.matches()) {
            return pointer.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
        }
        String word = switch (entry.group(2)) {
            case "batches" -> "batch";
            case "topics" -> "topic";
            case "groups" -> "group";
            case "waivers" -> "the waiver of";
            case "freeze" -> "freeze";
            case "gates" -> "gate";
            case "ignoredTopics" -> "ignored topic";
            default -> "ignored group";
        };
        JsonNode at = tree.at(pointer);
        JsonNode name = at.isTextual() ? at : at.path(entry.group(2).equals("waivers") ? "check" : "name");
        return name.isTextual() && !name.asText().isBlank()
                ? word + " '" + shortened(name.asText()) + "'"
                : word.replace(" of", "") + " number " + (Integer.parseInt(entry.group(3)) + 1);
    }

    /** Names the object to which the value at {@code pointer} belongs. */
    String owner(String pointer) {
        return object(pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))));
    }

    /** Names the value at {@code pointer} with its owner: "queues of topic 'order-events'". */
    String element(String pointer) {
        if (pointer.isEmpty()
                || tree.at(pointer).isObject()
                || ENTRY.matcher(pointer).matches()) {
            return object(pointer);
        }
        String owner = owner(pointer);
        return owner.equals("the plan") ? lastKey(pointer) : lastKey(pointer) + " of " + owner;
    }

    /** Names the element at {@code pointer} in few words, without quotes: "topic order-events type". */
    String brief(String pointer) {
        return words(pointer).replace("the waiver of", "waiver").replace("'", "");
    }

    private String words(String pointer) {
        if (pointer.isEmpty() || ENTRY.matcher(pointer).matches()) {
            return object(pointer);
        }
        String owner = owner(pointer);
        String key = lastKey(pointer);
        if (owner.equals("the plan")) {
            return key;
        }
        // A name is the object.
        return key.equals("name") ? owner : owner + " " + key;
    }

    static String lastKey(String pointer) {
        String key = pointer.substring(pointer.lastIndexOf('/') + 1);
        return key.matches("\\d+") ? "entry " + (Integer.parseInt(key) + 1) : key;
    }

    /** Describes the type of a value: "a number (8)". */
    static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "a map";
            case ARRAY -> "a list";
            case NULL -> "empty";
            case BOOLEAN -> "a boolean (" + value.asText() + ")";
            case NUMBER -> "a number (" + value.asText() + ")";
            default -> "text ('" + shortened(value.asText()) + "')";
        };
    }

    /** Describes the types that a schema allows: "a whole number or text". */
    static String kinds(JsonNode types) {
        List<JsonNode> all = types.isArray()
                ? StreamSupport.stream(types.spliterator(), false).toList()
                : List.of(types);
        return all.stream()
                .map(type -> switch (type.asText()) {
                    case "object" -> "a map";
                    case "array" -> "a list";
                    case "boolean" -> "true or false";
                    case "integer" -> "a whole number";
                    case "number" -> "a number";
                    default -> "text";
                })
                .collect(joining(" or "));
    }

    /** Writes a value as YAML on one line. */
    static String yaml(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(PlanWords::yaml)
                    .collect(joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> entry.getKey() + ": " + yaml(entry.getValue()))
                    .collect(joining(", ", "{ ", " }"));
        }
        return value.asText();
    }

    /** Cuts a text to 60 characters, so that a message stays readable. */
    static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
