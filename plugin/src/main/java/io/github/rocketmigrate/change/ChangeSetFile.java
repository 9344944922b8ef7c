package io.github.rocketmigrate.change;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.PlanRevision;
import io.github.rocketmigrate.text.Printable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Writes a change set as the file that {@code schema/change-set-2.json} describes.
 *
 * <p>The same change set always has the same bytes.
 */
public final class ChangeSetFile {
    static final int VERSION = 2;
    static final String PLAN_SHA_256 = "planSha256";
    private static final int MOST_MOVERS = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private ChangeSetFile() {}

    public static String text(ChangeSet changes, Situation situation) {
        return text(changes, situation, ChangeSetNotes.NONE);
    }

    /** The same with what its reviewers want to know. */
    public static String text(ChangeSet changes, Situation situation, ChangeSetNotes notes) {
        StringWriter text = new StringWriter();
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter()
                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"))
                .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        try (JsonGenerator json = JSON.createGenerator(text).setPrettyPrinter(lines)) {
            write(json, changes, situation, notes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Printable.json(text.toString()) + "\n";
    }

    private static void write(JsonGenerator json, ChangeSet changes, Situation situation, ChangeSetNotes notes)
            throws IOException {
        json.writeStartObject();
        json.writeNumberField("schemaVersion", VERSION);
        // The name under which earlier files have it, and by which they are read.
        json.writeNumberField("version", VERSION);
        json.writeStringField("plan", changes.plan());
        json.writeBooleanField("partial", changes.partial());
        json.writeStringField("fingerprint", Fingerprint.of(situation));
        json.writeStringField(PLAN_SHA_256, situation.plan().contentSha256());
        revision(json, notes.revision());
        for (Side side : Side.values()) {
            json.writeObjectFieldStart(side.word());
            json.writeStringField("cluster", situation.at(side).cluster());
            names(json, "brokers", situation.at(side).brokers().keySet());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("changes");
        for (Change change : changes.changes()) {
            json.writeStartObject();
            json.writeStringField("kind", change.word());
            subject(json, change.subject(), written(change));
            body(json, change);
            note(json, "heldBy", notes.heldBy().get(change));
            note(json, "waitsFor", notes.waitsFor().get(change));
            json.writeStringField("inverse", change.inverse());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("impossible");
        for (Impossible impossible : changes.impossible()) {
            json.writeStartObject();
            json.writeStringField("kind", impossible.subject().kind().word());
            subject(json, impossible.subject(), impossible.subject().side());
            json.writeStringField("reason", impossible.reason().word());
            json.writeStringField("message", impossible.what());
            json.writeStringField("fix", impossible.fix());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("unchanged", changes.unchanged().size());
        json.writeEndObject();
    }

    private static void revision(JsonGenerator json, PlanRevision revision) throws IOException {
        if (revision.sha256().isPresent()) {
            json.writeStringField("fileSha256", revision.sha256().get());
        }
        if (revision.commit().isPresent()) {
            json.writeStringField("commit", revision.commit().get());
        }
        if (revision.isChanged()) {
            json.writeBooleanField("uncommittedChanges", true);
        }
    }

    /** The cluster that a change writes to. */
    private static Side written(Change change) {
        return change instanceof Change.SeedOffsets seed
                ? seed.side()
                : change.subject().side();
    }

    private static void subject(JsonGenerator json, Subject subject, Side side) throws IOException {
        json.writeStringField("side", side.word());
        json.writeStringField("name", subject.name());
        if (subject.batch().isPresent()) {
            json.writeStringField("batch", subject.batch().get());
        }
    }

    private static void body(JsonGenerator json, Change change) throws IOException {
        if (change instanceof Change.AlignObject object) {
            if (!object.isNew()) {
                settings(json, "before", object.before());
            }
            settings(json, "after", object.after());
            movers(json, object.neededBy());
        } else if (change instanceof Change.Remove remove) {
            settings(json, "before", remove.before());
            settings(json, "after", new TreeMap<>());
            if (remove.withRetryTopic()) {
                json.writeBooleanField("retryTopic", true);
            }
        } else if (change instanceof Change.SeedOffsets seed) {
            offsets(json, seed);
        } else if (change instanceof Change.RegisterBroker register) {
            json.writeStringField("address", register.address());
            json.writeStringField("before", register.before());
            json.writeStringField("after", register.after());
        } else if (change instanceof Change.MoveTopic move) {
            move(json, move);
        }
    }

    private static void offsets(JsonGenerator json, Change.SeedOffsets seed) throws IOException {
        json.writeObjectFieldStart("after");
        for (Map.Entry<String, SortedMap<QueueKey, Long>> group : seed.offsets().entrySet()) {
            json.writeObjectFieldStart(group.getKey());
            String broker = "";
            for (Map.Entry<QueueKey, Long> queue : group.getValue().entrySet()) {
                if (!queue.getKey().broker().equals(broker)) {
                    if (!broker.isEmpty()) {
                        json.writeEndObject();
                    }
                    broker = queue.getKey().broker();
                    json.writeObjectFieldStart(broker);
                }
                json.writeNumberField(Integer.toString(queue.getKey().queue()), queue.getValue());
            }
            if (!broker.isEmpty()) {
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void settings(JsonGenerator json, String field, SortedMap<String, ObjectSettings> brokers)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, ObjectSettings> broker : brokers.entrySet()) {
            json.writeObjectFieldStart(broker.getKey());
            if (broker.getValue() instanceof TopicSettings topic) {
                topic(json, topic);
            } else if (broker.getValue() instanceof GroupSettings group) {
                group(json, group);
            }
            attributes(json, broker.getValue().attributes());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void move(JsonGenerator json, Change.MoveTopic move) throws IOException {
        json.writeObjectFieldStart("before");
        for (Side side : Side.values()) {
            SortedSet<Access> accesses = move.found().at(side);
            if (accesses.size() == 1) {
                json.writeStringField(side.word(), accesses.first().brief());
            } else {
                names(json, side.word(), accesses.stream().map(Access::brief).toList());
            }
        }
        json.writeEndObject();
        json.writeArrayFieldStart("after");
        for (Rung.AccessChange write : move.rung().writes()) {
            write(json, write);
        }
        json.writeEndArray();
        json.writeStringField("wanted", move.wanted().word());
        names(json, "stages", move.stages().stream().map(Stage::word).toList());
    }

    private static void write(JsonGenerator json, Rung.AccessChange write) throws IOException {
        json.writeStartObject();
        json.writeStringField("side", write.side().word());
        json.writeStringField("access", write.access().brief());
        json.writeEndObject();
    }

    private static void topic(JsonGenerator json, TopicSettings topic) throws IOException {
        json.writeNumberField("readQueues", topic.readQueues());
        json.writeNumberField("writeQueues", topic.writeQueues());
        json.writeStringField("access", topic.access().brief());
        json.writeBooleanField("order", topic.order());
        json.writeNumberField("systemFlag", topic.systemFlag());
    }

    private static void group(JsonGenerator json, GroupSettings group) throws IOException {
        json.writeStringField("order", group.order().name());
        json.writeNumberField("retries", group.retries());
        json.writeBooleanField("broadcast", group.broadcast());
        json.writeBooleanField("enabled", group.enabled());
        json.writeBooleanField("fromFirst", group.fromFirst());
        json.writeNumberField("retryQueues", group.retryQueues());
        json.writeNumberField("broker", group.broker());
        json.writeNumberField("slowBroker", group.slowBroker());
        json.writeBooleanField("notified", group.notified());
        json.writeNumberField("systemFlag", group.systemFlag());
        json.writeNumberField("timeoutMinutes", group.timeoutMinutes());
        json.writeStringField("retryPolicy", group.retryPolicy());
    }

    private static void attributes(JsonGenerator json, SortedMap<String, String> attributes) throws IOException {
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
    }

    private static void movers(JsonGenerator json, SortedSet<String> movers) throws IOException {
        // If no client of a group has been seen, these are all topics of its batch.
        if (movers.size() > MOST_MOVERS) {
            json.writeNumberField("withTopics", movers.size());
        } else if (!movers.isEmpty()) {
            names(json, "with", movers);
        }
    }

    private static void note(JsonGenerator json, String field, List<String> reasons) throws IOException {
        if (reasons != null) {
            names(json, field, reasons);
        }
    }

    private static void names(JsonGenerator json, String field, Iterable<String> names) throws IOException {
        json.writeArrayFieldStart(field);
        for (String name : names) {
            json.writeString(name);
        }
        json.writeEndArray();
    }
}
