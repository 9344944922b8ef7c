package io.github.rocketmigrate.plan;

import java.util.Optional;
import java.util.Set;

/** Supplies the values of placeholders: the properties of the build, and the environment as {@code env.NAME}. */
@FunctionalInterface
public interface PlaceholderValues {
    Optional<String> value(String name);

    /** The names to suggest for a misspelled one: all that have a value, and those that a sandbox sets while it runs. */
    default Set<String> names() {
        return Set.of();
    }
}
