package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.StreamSupport;

/**
 * Hashes what a plan's file says, so that an edit of it is found. Comments, layout and the order of keys and entries do
 * not count; values of placeholders do not either, because jobs of one pipeline may have different ones.
 */
final class PlanContent {
    private PlanContent() {}

    /** The SHA-256 of a tree whose placeholders are still in it. */
    static String sha256(YamlTree tree) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(canonical(tree.root()).getBytes(UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }

    private static String canonical(JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream()
                    .map(entry -> entry.getKey().length() + ":" + entry.getKey() + canonical(entry.getValue()))
                    .sorted()
                    .collect(joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false)
                    .map(PlanContent::canonical)
                    .sorted()
                    .collect(joining(",", "[", "]"));
        }
        return node.toString();
    }
}
