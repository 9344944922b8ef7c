package io.github.rocketmigrate.cluster.remoting;

import com.alibaba.fastjson2.JSONReader;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads one object of a long JSON answer entry by entry, so that a tree of ten thousand topics is never built. */
final class JsonTable {
    /** Brokers write numbers in this object as names without quotes, which can be read and not be skipped. */
    static final String STATIC_TOPICS = "topicQueueMappingDetailMap";

    private JsonTable() {}

    /**
     * Reads the entries of the object {@code name}, which is a field of the answer. Other fields are skipped.
     *
     * @param entry reads the value of one entry
     */
    static <T> Map<String, T> read(byte[] body, String name, Function<JSONReader, T> entry) {
        Map<String, T> table = new HashMap<>();
        walk(body, name, (key, json) -> table.put(key, entry.apply(json)));
        return table;
    }

    /** Visits the entries of the object {@code name}; the visitor must consume the value of each entry. */
    static void walk(byte[] body, String name, BiConsumer<String, JSONReader> entry) {
        try (JSONReader json = JSONReader.of(body)) {
            fields(json, field -> {
                if (field.equals(name)) {
                    fields(json, key -> entry.accept(key, json));
                } else if (field.equals(STATIC_TOPICS)) {
                    Object unused = json.readAny();
                } else {
                    json.skipValue();
                }
            });
        }
    }

    /** Visits the fields of the object at the reader's position; the visitor must consume the value of each field. */
    static void fields(JSONReader json, Consumer<String> field) {
        if (json.nextIfNull()) {
            return;
        }
        json.nextIfObjectStart();
        while (!json.nextIfObjectEnd()) {
            field.accept(json.readFieldName());
        }
    }
}
