package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.rocketmigrate.model.Position;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The content of a plan, with the position of every element by its JSON pointer. */
record YamlTree(JsonNode root, Map<String, ElementPosition> positions) {
    YamlTree {
        requireNonNull(root, "root is null");
        requireNonNull(positions, "positions is null");
    }

    JsonNode at(String pointer) {
        return root.at(JsonPointer.compile(pointer));
    }

    /** Finds the position of the value, or of the nearest enclosing element that is in the text. */
    Position value(String pointer) {
        return position(pointer).value();
    }

    /** Finds the position of the key, or of the nearest enclosing element that is in the text. */
    Position key(String pointer) {
        return position(pointer).key();
    }

    private ElementPosition position(String pointer) {
        ElementPosition position = positions.get(pointer);
        return position != null ? position : position(pointer.substring(0, Math.max(0, pointer.lastIndexOf('/'))));
    }

    /** The positions of all values whose pointers begin so. */
    Set<Position> valuesBelow(String pointer) {
        return positions.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(pointer))
                .map(entry -> entry.getValue().value())
                .collect(Collectors.toSet());
    }

    /** Returns the pointer of an element of {@code parent}. */
    static String child(String parent, String key) {
        return parent + "/" + key.replace("~", "~0").replace("/", "~1");
    }
}
