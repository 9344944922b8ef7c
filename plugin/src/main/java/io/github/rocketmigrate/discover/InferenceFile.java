package io.github.rocketmigrate.discover;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.text.Printable;
import java.util.Collection;

/** Writes the evidence for every value of a discovered plan, for programs and for a closer look. */
public final class InferenceFile {
    /** Beside the results of goals. */
    public static final String NAME = "inference.json";

    private static final int SCHEMA_VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private InferenceFile() {}

    public static String text(Discovery discovery) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schemaVersion", SCHEMA_VERSION);
        root.put("cluster", discovery.cluster());
        var topics = root.putArray("topics");
        discovery
                .topics()
                .forEach((name, topic) ->
                        add(topics.addObject(), topic, discovery.types().get(name)));
        var groups = root.putArray("groups");
        discovery
                .groups()
                .forEach((name, group) ->
                        add(groups.addObject(), group, discovery.orders().get(name)));
        var batches = root.putArray("batches");
        for (ProposedBatch batch : discovery.batches()) {
            ObjectNode object = batches.addObject().put("name", batch.name());
            add(object, "reasons", batch.reasons());
            add(object, "topics", batch.topics());
            add(object, "groups", batch.groups());
        }
        try {
            return Printable.json(JSON.writeValueAsString(root)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(ObjectNode object, SourceTopic topic, Inference<?> inference) {
        add(object, topic.name(), "type", inference);
        object.put("sampled", topic.sample().size());
        ObjectNode types = object.putObject("sampledTypes");
        topic.sample().types().forEach((type, count) -> types.put(type.name(), count));
        topic.sample().unseen().ifPresent(why -> object.put("unseen", why));
        if (!topic.isStored()) {
            object.put("stored", topic.held());
            object.put("written", topic.written());
        }
        add(object, "declaredTypes", topic.declaredTypes());
        add(object, "orderMarks", topic.orderMarks());
        if (!topic.isStored()) {
            add(object, "groups", topic.groups());
        }
    }

    private static void add(ObjectNode object, SourceGroup group, Inference<?> inference) {
        add(object, group.name(), "order", inference);
        group.unseen().ifPresent(why -> object.put("unseen", why));
        if (group.unseen().isEmpty()) {
            object.putObject("members")
                    .put("running", group.members().running())
                    .put("orderly", group.members().orderly())
                    .put("concurrent", group.members().concurrent())
                    .put("proxied", group.members().proxied())
                    .put("grpc", group.members().grpc());
            object.put("broadcasting", group.isBroadcasting());
            add(object, "topics", group.topics());
        }
        group.mode().ifPresent(mode -> object.put("mode", mode.name()));
        object.put("declaredOrderly", group.isDeclaredOrderly());
        group.lastConsumed().ifPresent(last -> {
            ObjectNode time = object.putObject("lastConsumed");
            last.stored().ifPresent(at -> time.put("stored", at.toString()));
            last.unseen().ifPresent(why -> time.put("unseen", why));
        });
        group.unread().ifPresent(unread -> object.put("unread", unread));
    }

    private static void add(ObjectNode object, String name, String key, Inference<?> inference) {
        object.put("name", name);
        inference.value().ifPresent(value -> object.put(key, value.toString()));
        object.put("confidence", inference.confidence().word());
        object.put("evidence", inference.evidence());
    }

    private static void add(ObjectNode object, String key, Collection<String> texts) {
        var array = object.putArray(key);
        texts.forEach(array::add);
    }
}
