package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The plan's content, with the place of every element by its JSON pointer. */
record YamlTree(JsonNode root, Map<String, ElementPosition> spots) {
    YamlTree {
        requireNonNull(root, "root is null");
        requireNonNull(spots, "spots is null");
    }

    JsonNode at(String pointer) {
        return root.at(JsonPointer.compile(pointer));
    }

    /** The place of the value, or of the nearest element around it that stands in the text. */
    Position value(String pointer) {
        return spot(pointer).value();
    }

    /** The place of the key, or of the nearest element around it that stands in the text. */
    Position key(String pointer) {
        return spot(pointer).key();
    }

    private ElementPosition spot(String pointer) {
        ElementPosition spot = spots.get(pointer);
        return spot != null ? spot : spot(pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))));
    }

    /** The pointer of an element of {@code parent}. */
    static String child(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
