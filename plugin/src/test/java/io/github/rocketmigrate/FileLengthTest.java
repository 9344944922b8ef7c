package io.github.rocketmigrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A class that has grown past what a reader holds in mind is divided, or says in its first comment why not. */
final class FileLengthTest {
    private static final int MOST_LINES = 300;
    private static final String REASON = "Longer than " + MOST_LINES + " lines:";

    @Test
    void everyLongFileSaysWhy() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            List<String> unexplained = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(FileLengthTest::isLongWithoutReason)
                    .map(Path::toString)
                    .sorted()
                    .toList();
            assertThat(unexplained)
                    .as("divide the file, or write '%s …' into its first comment", REASON)
                    .isEmpty();
        }
    }

    private static boolean isLongWithoutReason(Path file) {
        try {
            String text = Files.readString(file, UTF_8);
            int end = text.indexOf("*/");
            return text.lines().count() > MOST_LINES
                    && (end < 0 || !text.substring(0, end).contains(REASON));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
