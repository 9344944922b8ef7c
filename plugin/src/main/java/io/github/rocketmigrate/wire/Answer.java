package io.github.rocketmigrate.wire;

import java.util.Map;

/**
 * What a server said.
 *
 * @param body of the answer, empty where it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(byte[] body, Map<String, String> fields) {
    private static final byte[] NOTHING = {};

    public Answer {
        body = body == null ? NOTHING : body;
        fields = fields == null ? Map.of() : Map.copyOf(fields);
    }
}
