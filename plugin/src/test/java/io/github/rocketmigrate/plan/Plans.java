package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.run.PlanReaders;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads short plans for tests of other packages. */
public final class Plans {
    public static final LocalDate TODAY = LocalDate.of(2026, 11, 21);

    private static final String HEAD = """
            version: 1
            name: shop-to-5x
            source: { nameServers: ["10.0.0.11:9876"] }
            destination: { nameServers: ["10.0.1.11:9876"] }
            """;

    private Plans() {}

    /** Reads a valid plan with these lines below the two clusters. */
    public static MigrationPlan plan(String lines) {
        return whole(HEAD + lines);
    }

    /** Reads a valid plan. */
    public static MigrationPlan whole(String text) {
        PlanReading reading = read(text, Map.of());
        assertThat(reading.plan()).describedAs(reading.problems().toString()).isPresent();
        return reading.plan().get();
    }

    /** Reads a plan, valid or not, with these values of placeholders. */
    public static PlanReading read(String text, Map<String, String> values) {
        try {
            Path file = Files.createTempFile("plan", ".yaml");
            try {
                Files.writeString(file, text, UTF_8);
                return PlanReaders.offline(new Given(values), TODAY).read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Values of placeholders, which are known with the names that a sandbox sets. */
    private record Given(Map<String, String> values) implements PlaceholderValues {
        @Override
        public Optional<String> value(String name) {
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public Set<String> names() {
            Set<String> names = new TreeSet<>(Endpoints.names());
            names.addAll(values.keySet());
            return names;
        }
    }
}
