package io.github.rocketmigrate.plan;

import java.util.Optional;

/**
 * Where an element of the plan stands.
 *
 * @param key its key, or the element itself where it has none
 * @param value the value
 * @param lookalike what some readers of YAML take the unquoted text for: "a number", "a truth value", "a date"
 */
record ElementPosition(Position key, Position value, Optional<String> lookalike) {}
