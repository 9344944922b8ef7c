package io.github.rocketmigrate.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.function.UnaryOperator;

/** What a client or a server says, read without any code of theirs: a length, a header and a body. */
final class Frame {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_HEADER = 0x00FF_FFFF;
    private static final int ANSWER = 1;
    // What RocketMQ itself takes. The first bytes of TLS look like a much longer frame.
    private static final int LONGEST = 1 << 24;

    private final byte[] bytes;
    private final JsonNode header;

    /** A frame without its length. */
    private Frame(byte[] bytes) {
        this.bytes = bytes;
        int start = ByteBuffer.wrap(bytes).getInt();
        if (start > LONGEST_HEADER || start < 0) {
            // The first byte tells how it is written.
            throw new IllegalStateException("a header that is not JSON");
        }
        try {
            header = JSON.readTree(bytes, Integer.BYTES, start);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Frame read(DataInputStream in, UnaryOperator<byte[]> change) throws IOException {
        int length = in.readInt();
        if (length < Integer.BYTES || length > LONGEST) {
            throw new ProtocolException("not a frame");
        }
        byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new Frame(change.apply(bytes));
    }

    /** The answer of a server to this request that does not do what was asked for. */
    Frame refused(int code, String remark) {
        ObjectNode answer = JSON.createObjectNode();
        answer.put("code", code);
        answer.putObject("extFields");
        answer.put("flag", ANSWER);
        answer.put("language", "JAVA");
        answer.put("opaque", opaque());
        answer.put("remark", remark);
        answer.put("serializeTypeCurrentRPC", "JSON");
        answer.set("version", header.path("version"));
        try {
            byte[] text = JSON.writeValueAsBytes(answer);
            return new Frame(ByteBuffer.allocate(Integer.BYTES + text.length)
                    .putInt(text.length)
                    .put(text)
                    .array());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    int code() {
        return header.required("code").intValue();
    }

    /** What an answer and its request have in common. */
    int opaque() {
        return header.required("opaque").intValue();
    }

    boolean isAnswer() {
        return (header.required("flag").intValue() & ANSWER) != 0;
    }

    /** A field of the request that is its own, such as its topic; empty where it has none of that name. */
    String field(String name) {
        return header.path("extFields").path(name).asText();
    }

    /** All of it, its length as well. */
    byte[] whole() {
        return ByteBuffer.allocate(Integer.BYTES + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }
}
