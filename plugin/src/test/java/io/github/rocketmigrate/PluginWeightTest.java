package io.github.rocketmigrate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What every user of the plugin downloads, without Maven's own jars. */
final class PluginWeightTest {
    private static final int MOST_JARS = 35;
    private static final long MOST_BYTES = 20_000_000;

    @Test
    void staysLight() throws IOException {
        String classPath = Files.readString(Path.of(System.getProperty("runtimeClasspath")), UTF_8);
        List<Path> jars = Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(classPath.strip())
                .map(Path::of)
                .toList();
        long bytes = 0;
        for (Path jar : jars) {
            bytes += Files.size(jar);
        }
        assertThat(jars).hasSizeLessThanOrEqualTo(MOST_JARS);
        assertThat(bytes).isLessThanOrEqualTo(MOST_BYTES);
    }
}
