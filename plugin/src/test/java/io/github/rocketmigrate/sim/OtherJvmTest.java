package io.github.rocketmigrate.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing in a history depends on the JVM: neither hash codes of objects, which the other JVM makes equal, nor the order of
 * immutable sets, which each JVM chooses, nor locale, time zone and encoding of the machine.
 */
final class OtherJvmTest {
    private static final long FROM = 4;
    private static final long COUNT = 4;

    @TempDir
    Path folder;

    @Test
    void aSeedHasTheSameHistoryInAnotherJvm() throws Exception {
        Path output = folder.resolve("digests.txt");
        int end = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=2",
                        "-Xshare:off",
                        "-Duser.language=tr",
                        "-Duser.country=TR",
                        "-Duser.timezone=Asia/Kolkata",
                        "-Dfile.encoding=ISO-8859-9",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        HistoryDigests.class.getName(),
                        Long.toString(FROM),
                        Long.toString(COUNT))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start()
                .waitFor();
        List<String> there = Files.readAllLines(output, UTF_8);
        assertThat(end).describedAs("%s", there).isZero();
        assertThat(there).isEqualTo(HistoryDigests.of(FROM, COUNT));
    }
}
