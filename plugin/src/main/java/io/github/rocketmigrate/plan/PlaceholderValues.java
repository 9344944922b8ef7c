package io.github.rocketmigrate.plan;

import java.util.Optional;

/** What the placeholders of a plan stand for: properties of the build, and the environment as {@code env.NAME}. */
@FunctionalInterface
public interface PlaceholderValues {
    Optional<String> value(String name);
}
