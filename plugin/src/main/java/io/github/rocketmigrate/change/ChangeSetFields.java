package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Fault;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the fields of a saved change set, and reports those that are missing or of the wrong type. */
final class ChangeSetFields {
    private final String file;

    ChangeSetFields(String file) {
        this.file = requireNonNull(file, "file is null");
    }

    Fault broken(String what) {
        return new Fault(
                file + " is not a change set that this version can apply: " + what + ".",
                "Plan again, which saves a new one.");
    }

    /** Reads the settings of an object at one broker. */
    interface SettingsParser {
        ObjectSettings parse(JsonNode node, String place);
    }

    SortedMap<String, ObjectSettings> byBroker(JsonNode node, String place, SettingsParser parser) {
        SortedMap<String, ObjectSettings> brokers = new TreeMap<>();
        node.properties()
                .forEach(broker ->
                        brokers.put(broker.getKey(), parser.parse(broker.getValue(), place + "." + broker.getKey())));
        return brokers;
    }

    TopicSettings topic(JsonNode node, String place) {
        return new TopicSettings(
                number(node, "readQueues", place),
                number(node, "writeQueues", place),
                choice(Access.values(), Access::brief, word(node, "access", place), place + ".access"),
                flag(node, "order", place),
                number(node, "systemFlag", place),
                attributes(need(node, "attributes", place)));
    }

    GroupSettings group(JsonNode node, String place) {
        return new GroupSettings(
                flag(node, "enabled", place),
                flag(node, "fromFirst", place),
                flag(node, "broadcast", place),
                choice(ConsumeOrder.values(), ConsumeOrder::name, word(node, "order", place), place + ".order"),
                number(node, "retryQueues", place),
                number(node, "retries", place),
                number(node, "broker", place),
                number(node, "slowBroker", place),
                flag(node, "notified", place),
                number(node, "systemFlag", place),
                number(node, "timeoutMinutes", place),
                word(node, "retryPolicy", place),
                attributes(need(node, "attributes", place)));
    }

    private static SortedMap<String, String> attributes(JsonNode node) {
        SortedMap<String, String> attributes = new TreeMap<>();
        node.properties()
                .forEach(attribute ->
                        attributes.put(attribute.getKey(), attribute.getValue().asText()));
        return attributes;
    }

    JsonNode need(JsonNode node, String field, String place) {
        JsonNode found = node.get(field);
        if (found == null) {
            throw broken((place.isEmpty() ? "" : place + ".") + field + " is missing");
        }
        return found;
    }

    String word(JsonNode node, String field, String place) {
        JsonNode found = need(node, field, place);
        if (!found.isTextual()) {
            throw broken(place + "." + field + " is " + text(found) + ", not a string");
        }
        return found.asText();
    }

    private int number(JsonNode node, String field, String place) {
        JsonNode found = need(node, field, place);
        if (!found.canConvertToInt() || !found.isIntegralNumber()) {
            throw broken(place + "." + field + " is " + text(found) + ", not a number");
        }
        return found.asInt();
    }

    boolean flag(JsonNode node, String field, String place) {
        JsonNode found = need(node, field, place);
        if (!found.isBoolean()) {
            throw broken(place + "." + field + " is " + text(found) + ", not true or false");
        }
        return found.asBoolean();
    }

    <E> E choice(E[] all, Function<E, String> word, String wanted, String place) {
        return Arrays.stream(all)
                .filter(one -> word.apply(one).equals(wanted))
                .findFirst()
                .orElseThrow(() -> broken(place + " is '" + wanted + "', which this version does not know"));
    }

    static String text(JsonNode node) {
        return node.isMissingNode() ? "missing" : node.toString();
    }
}
