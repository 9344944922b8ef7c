package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.sandbox.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file whose writer is killed at any time is the old one or the new one. */
final class WholeFileTest {
    private static final int KILLS = 3;
    private static final int LINES = 200_000;

    @TempDir
    private Path folder;

    @Test
    void aKilledWriterLeavesNoHalfFile() throws Exception {
        Path file = folder.resolve("migration.yaml");
        for (int kill = 0; kill < KILLS; kill++) {
            Process writer = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-classpath",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            Writer.class.getName(),
                            file.toString())
                    .inheritIO()
                    .start();
            try {
                Eventually.holds("the file is there, and another is begun", () -> Files.exists(file) && isWriting());
            } finally {
                writer.destroyForcibly().waitFor();
            }
            String left = Files.readString(file, UTF_8);
            assertThat(left).isEqualTo(left.substring(0, left.indexOf('\n') + 1).repeat(LINES));
        }
    }

    private boolean isWriting() throws IOException {
        try (var files = Files.list(folder)) {
            return files.anyMatch(one -> one.toString().endsWith(".part"));
        }
    }

    /** Writes a file again and again, each time with another text, until it is killed. */
    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws IOException {
            Path file = Path.of(arguments[0]);
            for (int i = 0; true; i++) {
                WholeFile.write(file, ("line of text " + i % 10 + "\n").repeat(LINES));
            }
        }
    }
}
