package io.github.rocketmigrate.wire;

import java.util.Map;

/**
 * The answer of a server to one request.
 *
 * @param body empty if the answer has none
 * @param fields the header fields
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Answer(byte[] body, Map<String, String> fields) {
    private static final byte[] NOTHING = {};

    public Answer {
        body = body == null ? NOTHING : body;
        fields = fields == null ? Map.of() : Map.copyOf(fields);
    }
}
