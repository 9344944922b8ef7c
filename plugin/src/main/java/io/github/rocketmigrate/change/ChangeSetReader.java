package io.github.rocketmigrate.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.rocketmigrate.change.SavedChangeSet.Saved;
import io.github.rocketmigrate.change.SavedChangeSet.SavedCluster;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the file that {@link ChangeSetFile} writes; whatever is not as it should be is told with its place. */
public final class ChangeSetReader {
    private static final JsonMapper JSON = new JsonMapper();

    private final String name;

    private ChangeSetReader(String name) {
        this.name = name;
    }

    /**
     * Reads one.
     *
     * @param name how the user calls the file
     */
    public static SavedChangeSet read(Path file, String name) {
        ChangeSetReader reader = new ChangeSetReader(name);
        try {
            String text = text(file, name);
            return reader.changeSet(text, JSON.readTree(text));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw reader.broken((at == null ? "" : "line " + at.getLineNr() + ": ") + e.getOriginalMessage());
        }
    }

    private static String text(Path file, String name) {
        try {
            return Files.readString(file, UTF_8);
        } catch (NoSuchFileException e) {
            throw new Fault(
                    "There is no change set " + name + ".",
                    "mvn migrate:plan saves one; or leave out -Dmigrate.changeSet.");
        } catch (IOException e) {
            throw new Fault("The change set " + name + " cannot be read: " + e, "Check the file.", e);
        }
    }

    private Fault broken(String what) {
        return new Fault(
                name + " is not a change set that this version can apply: " + what + ".",
                "Let mvn migrate:plan save a new one.");
    }

    private SavedChangeSet changeSet(String text, JsonNode root) {
        if (root.path("version").asInt() != ChangeSetFile.VERSION) {
            throw broken("version is " + text(root.path("version")) + ", not " + ChangeSetFile.VERSION);
        }
        Map<Side, SavedCluster> clusters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            JsonNode cluster = need(root, side.word(), "");
            SortedSet<String> brokers = new TreeSet<>();
            need(cluster, "brokers", side.word()).forEach(broker -> brokers.add(broker.asText()));
            clusters.put(side, new SavedCluster(word(cluster, "cluster", side.word()), brokers));
        }
        List<Saved> changes = new ArrayList<>();
        JsonNode list = need(root, "changes", "");
        if (!list.isArray()) {
            throw broken("changes is not a list");
        }
        for (int i = 0; i < list.size(); i++) {
            changes.add(change(list.get(i), "changes[" + i + "]"));
        }
        return new SavedChangeSet(text, word(root, "plan", ""), clusters, changes);
    }

    private Saved change(JsonNode node, String place) {
        String word = word(node, "kind", place);
        Change.ChangeKind kind = choice(Change.ChangeKind.values(), Change.ChangeKind::word, word, place + ".kind");
        Side side = choice(Side.values(), Side::word, word(node, "side", place), place + ".side");
        String object = word(node, "name", place);
        return switch (kind) {
            case CREATE_TOPIC, ALIGN_TOPIC ->
                new Saved.OfTopic(
                        kind,
                        side,
                        object,
                        byBroker(node.path("before"), place + ".before", this::topic),
                        byBroker(need(node, "after", place), place + ".after", this::topic));
            case CREATE_GROUP, ALIGN_GROUP ->
                new Saved.OfGroup(
                        kind,
                        side,
                        object,
                        byBroker(node.path("before"), place + ".before", this::group),
                        byBroker(need(node, "after", place), place + ".after", this::group));
            case JOIN_BROKER, LEAVE_BROKER ->
                new Saved.OfBroker(kind, side, object, word(node, "before", place), word(node, "after", place));
            case MOVE_TOPIC -> {
                JsonNode before = need(node, "before", place);
                yield new Saved.OfMove(
                        kind,
                        side,
                        object,
                        new Standing(
                                accesses(need(before, Side.SOURCE.word(), place + ".before"), place + ".before"),
                                accesses(need(before, Side.DESTINATION.word(), place + ".before"), place + ".before")),
                        choice(Stage.values(), Stage::word, word(node, "wanted", place), place + ".wanted"));
            }
        };
    }

    /** One access, or several where brokers disagree. */
    private SortedSet<Access> accesses(JsonNode node, String place) {
        SortedSet<Access> accesses = new TreeSet<>();
        if (node.isTextual()) {
            accesses.add(choice(Access.values(), Access::brief, node.asText(), place));
        } else {
            node.forEach(one -> accesses.add(choice(Access.values(), Access::brief, one.asText(), place)));
        }
        return accesses;
    }

    /** Reads the settings of an object at one broker. */
    private interface Settings<T> {
        T of(JsonNode node, String place);
    }

    private static <T> SortedMap<String, T> byBroker(JsonNode node, String place, Settings<T> settings) {
        SortedMap<String, T> brokers = new TreeMap<>();
        node.properties()
                .forEach(broker ->
                        brokers.put(broker.getKey(), settings.of(broker.getValue(), place + "." + broker.getKey())));
        return brokers;
    }

    private TopicSettings topic(JsonNode node, String place) {
        return new TopicSettings(
                number(node, "readQueues", place),
                number(node, "writeQueues", place),
                choice(Access.values(), Access::brief, word(node, "access", place), place + ".access"),
                flag(node, "order", place),
                number(node, "systemFlag", place),
                attributes(need(node, "attributes", place)));
    }

    private GroupSettings group(JsonNode node, String place) {
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

    private JsonNode need(JsonNode node, String field, String place) {
        JsonNode found = node.get(field);
        if (found == null) {
            throw broken((place.isEmpty() ? "" : place + ".") + field + " is missing");
        }
        return found;
    }

    private String word(JsonNode node, String field, String place) {
        JsonNode found = need(node, field, place);
        if (!found.isTextual()) {
            throw broken(place + "." + field + " is " + text(found) + ", not a text");
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

    private boolean flag(JsonNode node, String field, String place) {
        JsonNode found = need(node, field, place);
        if (!found.isBoolean()) {
            throw broken(place + "." + field + " is " + text(found) + ", not true or false");
        }
        return found.asBoolean();
    }

    private <E> E choice(E[] all, Function<E, String> word, String wanted, String place) {
        return Arrays.stream(all)
                .filter(one -> word.apply(one).equals(wanted))
                .findFirst()
                .orElseThrow(() -> broken(place + " is '" + wanted + "', which is not known"));
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "missing" : node.toString();
    }
}
