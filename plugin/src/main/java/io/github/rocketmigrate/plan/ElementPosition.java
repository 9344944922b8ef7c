package io.github.rocketmigrate.plan;

import io.github.rocketmigrate.model.Position;
import java.util.Optional;

/**
 * Remembers the positions of an element's key and value, for problems found after the text became a tree.
 *
 * @param key the key; for an entry of a list, the entry itself
 * @param lookalike the type that some YAML parsers read in the unquoted text: "a number", "a boolean", "a date"
 */
record ElementPosition(Position key, Position value, Optional<String> lookalike) {}
