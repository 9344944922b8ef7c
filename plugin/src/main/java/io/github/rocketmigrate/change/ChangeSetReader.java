package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.change.Subject.Kind.BROKER;
import static io.github.rocketmigrate.change.Subject.Kind.GROUP;
import static io.github.rocketmigrate.change.Subject.Kind.TOPIC;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.rocketmigrate.change.ChangeSetFields.SettingsParser;
import io.github.rocketmigrate.change.SavedChangeSet.SavedCluster;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Access;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Reads the file that {@link ChangeSetFile} writes, and reports errors with their place in it. */
public final class ChangeSetReader {
    private static final JsonMapper JSON = new JsonMapper();

    private final ChangeSetFields fields;

    private ChangeSetReader(ChangeSetFields fields) {
        this.fields = fields;
    }

    /** Names the file in errors by {@code name}, as the user wrote it. */
    public static SavedChangeSet read(Path file, String name) {
        ChangeSetReader reader = new ChangeSetReader(new ChangeSetFields(name));
        try {
            String text = text(file, name);
            return reader.changeSet(text, JSON.readTree(text));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw reader.fields.broken((at == null ? "" : "line " + at.getLineNr() + ": ") + e.getOriginalMessage());
        }
    }

    private static String text(Path file, String name) {
        try {
            return Files.readString(file, UTF_8);
        } catch (NoSuchFileException e) {
            throw new Fault(
                    "There is no change set " + name + ".",
                    "Plan first, which saves one, or omit -Dmigrate.changeSet.");
        } catch (IOException e) {
            throw new Fault(
                    "The change set " + name + " could not be read: " + e, "Check the file and its permissions.", e);
        }
    }

    private SavedChangeSet changeSet(String text, JsonNode root) {
        int version = root.path("version").asInt();
        if (version < 1 || version > ChangeSetFile.VERSION) {
            throw fields.broken(
                    "version is " + ChangeSetFields.text(root.path("version")) + ", not 1 or " + ChangeSetFile.VERSION);
        }
        Map<Side, SavedCluster> clusters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            JsonNode cluster = fields.need(root, side.word(), "");
            SortedSet<String> brokers = new TreeSet<>();
            fields.need(cluster, "brokers", side.word()).forEach(broker -> brokers.add(broker.asText()));
            clusters.put(side, new SavedCluster(fields.word(cluster, "cluster", side.word()), brokers));
        }
        List<Change> changes = new ArrayList<>();
        JsonNode list = fields.need(root, "changes", "");
        if (!list.isArray()) {
            throw fields.broken("changes is not a list");
        }
        for (int i = 0; i < list.size(); i++) {
            changes.add(change(list.get(i), "changes[" + i + "]"));
        }
        return new SavedChangeSet(text, fields.word(root, "plan", ""), planSha256(root), clusters, changes);
    }

    /** Earlier files do not have it. */
    private Optional<String> planSha256(JsonNode root) {
        return root.has(ChangeSetFile.PLAN_SHA_256)
                ? Optional.of(fields.word(root, ChangeSetFile.PLAN_SHA_256, ""))
                : Optional.empty();
    }

    private Change change(JsonNode node, String place) {
        String word = fields.word(node, "kind", place);
        String object = fields.word(node, "name", place);
        Side side = fields.choice(Side.values(), Side::word, fields.word(node, "side", place), place + ".side");
        return switch (word) {
            case "create-topic", "align-topic" ->
                settings(node, subject(TOPIC, object, side, node), place, fields::topic);
            case "create-group", "align-group" ->
                settings(node, subject(GROUP, object, side, node), place, fields::group);
            case "remove-topic" -> removal(node, subject(TOPIC, object, side, node), place, fields::topic);
            case "remove-group" -> removal(node, subject(GROUP, object, side, node), place, fields::group);
            // Its topic is that of the move, whatever cluster gets the offsets.
            case "seed-offsets" ->
                new Change.SeedOffsets(subject(TOPIC, object, Side.DESTINATION, node), side, offsets(node, place));
            case "join-broker", "leave-broker" ->
                new Change.RegisterBroker(
                        subject(BROKER, object, side, node),
                        fields.word(node, "address", place),
                        fields.word(node, "before", place),
                        fields.word(node, "after", place),
                        word.equals("join-broker"));
            case "move-topic" -> move(node, subject(TOPIC, object, side, node), place);
            default -> throw fields.broken(place + ".kind is '" + word + "', which this version does not know");
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
                fields.byBroker(node.path("before"), place + ".before", parser),
                fields.byBroker(fields.need(node, "after", place), place + ".after", parser),
                fields.word(node, "kind", place).startsWith("create"),
                movers);
    }

    private Change removal(JsonNode node, Subject subject, String place, SettingsParser parser) {
        return new Change.Remove(
                subject,
                fields.byBroker(fields.need(node, "before", place), place + ".before", parser),
                node.has("retryTopic") && fields.flag(node, "retryTopic", place));
    }

    private SortedMap<String, SortedMap<QueueKey, Long>> offsets(JsonNode node, String place) {
        SortedMap<String, SortedMap<QueueKey, Long>> offsets = new TreeMap<>();
        fields.need(node, "after", place).properties().forEach(group -> {
            SortedMap<QueueKey, Long> queues = new TreeMap<>();
            group.getValue()
                    .properties()
                    .forEach(broker -> broker.getValue().properties().forEach(queue -> {
                        String at = place + ".after." + group.getKey() + "." + broker.getKey() + "." + queue.getKey();
                        if (!queue.getKey().matches("\\d{1,9}")
                                || !queue.getValue().canConvertToLong()) {
                            throw fields.broken(at + " is not the offset of a queue");
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
        JsonNode before = fields.need(node, "before", place);
        Standing found = new Standing(
                accesses(fields.need(before, Side.SOURCE.word(), place + ".before"), place + ".before"),
                accesses(fields.need(before, Side.DESTINATION.word(), place + ".before"), place + ".before"));
        Stage wanted =
                fields.choice(Stage.values(), Stage::word, fields.word(node, "wanted", place), place + ".wanted");
        List<Rung.AccessChange> writes = new ArrayList<>();
        fields.need(node, "after", place)
                .forEach(write -> writes.add(new Rung.AccessChange(
                        fields.choice(
                                Side.values(), Side::word, fields.word(write, "side", place), place + ".after.side"),
                        fields.choice(
                                Access.values(),
                                Access::brief,
                                fields.word(write, "access", place),
                                place + ".after.access"))));
        return new Change.MoveTopic(subject, found, rung(found, wanted, writes), wanted);
    }

    /** Finds the step with these writes on the ladder, because files do not say its purpose. */
    private static Rung rung(Standing found, Stage wanted, List<Rung.AccessChange> writes) {
        return Stream.of(false, true)
                .map(fenced -> Ladder.next(found, wanted, fenced))
                .filter(rung -> rung.writes().equals(writes))
                .findFirst()
                .orElseGet(() -> new Rung.Writes(writes, Purpose.FINISH));
    }

    /** One permission, or several if brokers differ. */
    private SortedSet<Access> accesses(JsonNode node, String place) {
        SortedSet<Access> accesses = new TreeSet<>();
        if (node.isTextual()) {
            accesses.add(fields.choice(Access.values(), Access::brief, node.asText(), place));
        } else {
            node.forEach(one -> accesses.add(fields.choice(Access.values(), Access::brief, one.asText(), place)));
        }
        return accesses;
    }
}
