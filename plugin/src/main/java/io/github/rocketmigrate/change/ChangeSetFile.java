package io.github.rocketmigrate.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A change set as a file: what {@code schema/change-set-1.json} describes.
 *
 * <p>The same change set has the same bytes, whenever and wherever it is written.
 */
public final class ChangeSetFile {
    static final int VERSION = 1;
    private static final int MOST_MOVERS = 100;
    private static final JsonMapper JSON = new JsonMapper();

    private ChangeSetFile() {}

    public static String text(ChangeSet changes, Situation situation) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DefaultPrettyPrinter lines = new DefaultPrettyPrinter()
                .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"))
                .withObjectIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE.withLinefeed("\n"));
        try (JsonGenerator json = JSON.createGenerator(bytes).setPrettyPrinter(lines)) {
            write(json, changes, situation);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(UTF_8) + "\n";
    }

    private static void write(JsonGenerator json, ChangeSet changes, Situation situation) throws IOException {
        json.writeStartObject();
        json.writeNumberField("version", VERSION);
        json.writeStringField("plan", changes.plan());
        json.writeBooleanField("partial", changes.partial());
        json.writeStringField("fingerprint", changes.fingerprint());
        for (Side side : Side.values()) {
            json.writeObjectFieldStart(side.word());
            json.writeStringField("cluster", situation.at(side).cluster());
            names(json, "brokers", situation.at(side).brokers().keySet());
            json.writeEndObject();
        }
        json.writeArrayFieldStart("changes");
        for (Change change : changes.changes()) {
            json.writeStartObject();
            json.writeStringField("kind", change.kind().word());
            subject(json, change.subject());
            body(json, change);
            json.writeStringField("inverse", change.inverse());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("impossible");
        for (Impossible impossible : changes.impossible()) {
            json.writeStartObject();
            json.writeStringField("kind", impossible.subject().kind().word());
            subject(json, impossible.subject());
            json.writeStringField("reason", impossible.reason().word());
            json.writeStringField("message", impossible.what());
            json.writeStringField("fix", impossible.fix());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("unchanged", changes.unchanged().size());
        json.writeEndObject();
    }

    private static void subject(JsonGenerator json, Subject subject) throws IOException {
        json.writeStringField("side", subject.side().word());
        json.writeStringField("name", subject.name());
        if (subject.batch().isPresent()) {
            json.writeStringField("batch", subject.batch().get());
        }
    }

    private static void body(JsonGenerator json, Change change) throws IOException {
        if (change instanceof Change.CreateTopic create) {
            topics(json, "after", create.after());
            movers(json, create.movers());
        } else if (change instanceof Change.AlignTopic align) {
            topics(json, "before", align.before());
            topics(json, "after", align.after());
        } else if (change instanceof Change.CreateGroup create) {
            groups(json, "after", create.after());
            movers(json, create.movers());
        } else if (change instanceof Change.AlignGroup align) {
            groups(json, "before", align.before());
            groups(json, "after", align.after());
        } else if (change instanceof Change.JoinBroker join) {
            json.writeStringField("address", join.address());
            json.writeStringField("before", join.before());
            json.writeStringField("after", join.after());
        } else if (change instanceof Change.LeaveBroker leave) {
            json.writeStringField("address", leave.address());
            json.writeStringField("before", leave.before());
            json.writeStringField("after", leave.after());
        } else if (change instanceof Change.MoveTopic move) {
            move(json, move);
        }
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
    }

    private static void write(JsonGenerator json, Rung.AccessChange write) throws IOException {
        json.writeStartObject();
        json.writeStringField("side", write.side().word());
        json.writeStringField("access", write.access().brief());
        json.writeEndObject();
    }

    private static void topics(JsonGenerator json, String field, SortedMap<String, TopicSettings> topics)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, TopicSettings> broker : topics.entrySet()) {
            TopicSettings topic = broker.getValue();
            json.writeObjectFieldStart(broker.getKey());
            json.writeNumberField("readQueues", topic.readQueues());
            json.writeNumberField("writeQueues", topic.writeQueues());
            json.writeStringField("access", topic.access().brief());
            json.writeBooleanField("order", topic.order());
            json.writeNumberField("systemFlag", topic.systemFlag());
            attributes(json, topic.attributes());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void groups(JsonGenerator json, String field, SortedMap<String, GroupSettings> groups)
            throws IOException {
        json.writeObjectFieldStart(field);
        for (Map.Entry<String, GroupSettings> broker : groups.entrySet()) {
            GroupSettings group = broker.getValue();
            json.writeObjectFieldStart(broker.getKey());
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
            attributes(json, group.attributes());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void attributes(JsonGenerator json, SortedMap<String, String> attributes) throws IOException {
        json.writeObjectFieldStart("attributes");
        for (Map.Entry<String, String> attribute : attributes.entrySet()) {
            json.writeStringField(attribute.getKey(), attribute.getValue());
        }
        json.writeEndObject();
    }

    private static void movers(JsonGenerator json, SortedSet<String> movers) throws IOException {
        // Of a group that nobody has seen consuming, these are all topics of its batch.
        if (movers.size() > MOST_MOVERS) {
            json.writeNumberField("withTopics", movers.size());
        } else if (!movers.isEmpty()) {
            names(json, "with", movers);
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
