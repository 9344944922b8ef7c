package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.run.PlanReaders;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

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
                return PlanReaders.offline(name -> Optional.ofNullable(values.get(name)), TODAY)
                        .read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
