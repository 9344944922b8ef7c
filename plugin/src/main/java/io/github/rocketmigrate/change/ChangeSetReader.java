package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.change.Subject.Kind.BROKER;
import static io.github.rocketmigrate.change.Subject.Kind.GROUP;
import static io.github.rocketmigrate.change.Subject.Kind.TOPIC;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.rocketmigrate.change.SavedChangeSet.SavedCluster;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
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
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads the file that {@link ChangeSetFile} writes, and reports errors with their place in it. */
public final class ChangeSetReader {
    private static final JsonMapper JSON = new JsonMapper();

    private final String name;

    private ChangeSetReader(String name) {
        this.name = name;
    }

    /** Names the file in errors by {@code name}, as the user wrote it. */
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
                    "Save one with mvn migrate:plan, or omit -Dmigrate.changeSet.");
        } catch (IOException e) {
            throw new Fault(
                    "The change set " + name + " could not be read: " + e, "Check the file and its permissions.", e);
        }
    }

    private Fault broken(String what) {
        return new Fault(
                name + " is not a change set that this version can apply: " + what + ".",
                "Save a new one with mvn migrate:plan.");
    }

    private SavedChangeSet changeSet(String text, JsonNode root) {
        int version = root.path("version").asInt();
        if (version < 1 || version > ChangeSetFile.VERSION) {
            throw broken("version is " + text(root.path("version")) + ", not 1 or " + ChangeSetFile.VERSION);
        }
        Map<Side, SavedCluster> clusters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            JsonNode cluster = need(root, side.word(), "");
            SortedSet<String> brokers = new TreeSet<>();
            need(cluster, "brokers", side.word()).forEach(broker -> brokers.add(broker.asText()));
            clusters.put(side, new SavedCluster(word(cluster, "cluster", side.word()), brokers));
        }
        List<Change> changes = new ArrayList<>();
        JsonNode list = need(root, "changes", "");
        if (!list.isArray()) {
            throw broken("changes is not a list");
        }
        for (int i = 0; i < list.size(); i++) {
            changes.add(change(list.get(i), "changes[" + i + "]"));
        }
        return new SavedChangeSet(text, word(root, "plan", ""), clusters, changes);
    }

    private Change change(JsonNode node, String place) {
        String word = word(node, "kind", place);
        String object = word(node, "name", place);
        Side side = choice(Side.values(), Side::word, word(node, "side", place), place + ".side");
        return switch (word) {
            case "create-topic", "align-topic" ->
                settings(node, subject(TOPIC, object, side, node), place, this::topic);
            case "create-group", "align-group" ->
                settings(node, subject(GROUP, object, side, node), place, this::group);
            case "seed-offsets" -> new Change.SeedOffsets(subject(TOPIC, object, side, node), offsets(node, place));
            case "join-broker", "leave-broker" ->
                new Change.RegisterBroker(
                        subject(BROKER, object, side, node),
                        word(node, "address", place),
                        word(node, "before", place),
                        word(node, "after", place),
                        word.equals("join-broker"));
            case "move-topic" -> move(node, subject(TOPIC, object, side, node), place);
            default -> throw broken(place + ".kind is '" + word + "', which this version does not know");
        };
    }

    /** A file holds no positions in the plan, because the plan may have changed since. */
    private static Subject subject(Subject.Kind kind, String name, Side side, JsonNode node) {
        return new Subject(
                kind, name, side, Optional.ofNullable(node.get("batch")).map(JsonNode::asText), Optional.empty());
    }

    private Change settings(JsonNode node, Subject subject, String place, SettingsParser parser) {
        SortedSet<String> movers = new TreeSet<>();
        node.path("with").forEach(topic -> movers.add(topic.asText()));
        return new Change.AlignObject(
                subject,
                byBroker(node.path("before"), place + ".before", parser),
                byBroker(need(node, "after", place), place + ".after", parser),
                word(node, "kind", place).startsWith("create"),
                movers);
    }

    private SortedMap<String, SortedMap<QueueKey, Long>> offsets(JsonNode node, String place) {
        SortedMap<String, SortedMap<QueueKey, Long>> offsets = new TreeMap<>();
        need(node, "after", place).properties().forEach(group -> {
            SortedMap<QueueKey, Long> queues = new TreeMap<>();
            group.getValue()
                    .properties()
                    .forEach(broker -> broker.getValue().properties().forEach(queue -> {
                        String at = place + ".after." + group.getKey() + "." + broker.getKey() + "." + queue.getKey();
                        if (!queue.getKey().matches("\\d{1,9}")
                                || !queue.getValue().canConvertToLong()) {
                            throw broken(at + " is not the offset of a queue");
                        }
                        queues.put(
                                new QueueKey(broker.getKey(), Integer.parseInt(queue.getKey())),
                                queue.getValue().asLong());
                    }));
            offsets.put(group.getKey(), queues);
        });
        return offsets;
    }

    private Change move(JsonNode node, Subject subject, String place) {
        JsonNode before = need(node, "before", place);
        Standing found = new Standing(
                accesses(need(before, Side.SOURCE.word(), place + ".before"), place + ".before"),
                accesses(need(before, Side.DESTINATION.word(), place + ".before"), place + ".before"));
        Stage wanted = choice(Stage.values(), Stage::word, word(node, "wanted", place), place + ".wanted");
        List<Rung.AccessChange> writes = new ArrayList<>();
        need(node, "after", place)
                .forEach(write -> writes.add(new Rung.AccessChange(
                        choice(Side.values(), Side::word, word(write, "side", place), place + ".after.side"),
                        choice(
                                Access.values(),
                                Access::brief,
                                word(write, "access", place),
                                place + ".after.access"))));
        return new Change.MoveTopic(subject, found, rung(found, wanted, writes), wanted);
    }

    /** Finds the step with these writes on the ladder, because files do not say its purpose. */
    private static Rung rung(Standing found, Stage wanted, List<Rung.AccessChange> writes) {
        return Stream.of(false, true)
                .map(fifo -> Ladder.next(found, wanted, fifo))
                .filter(rung -> rung.writes().equals(writes))
                .findFirst()
                .orElseGet(() -> new Rung.Writes(writes, Purpose.FINISH));
    }

    /** One permission, or several if brokers differ. */
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
    private interface SettingsParser {
        ObjectSettings parse(JsonNode node, String place);
    }

    private static SortedMap<String, ObjectSettings> byBroker(JsonNode node, String place, SettingsParser parser) {
        SortedMap<String, ObjectSettings> brokers = new TreeMap<>();
        node.properties()
                .forEach(broker ->
                        brokers.put(broker.getKey(), parser.parse(broker.getValue(), place + "." + broker.getKey())));
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
                .orElseThrow(() -> broken(place + " is '" + wanted + "', which this version does not know"));
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "missing" : node.toString();
    }
}
