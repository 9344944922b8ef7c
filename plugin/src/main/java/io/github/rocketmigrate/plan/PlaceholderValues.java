package io.github.rocketmigrate.plan;

import java.util.Optional;

/** Supplies the values of placeholders: the properties of the build, and the environment as {@code env.NAME}. */
@FunctionalInterface
public interface PlaceholderValues {
    Optional<String> value(String name);
}
