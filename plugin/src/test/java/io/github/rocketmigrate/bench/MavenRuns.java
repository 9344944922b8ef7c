package io.github.rocketmigrate.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A real Maven that runs goals of the plugin, which the build has installed into a repository of its own. */
final class MavenRuns {
    private static final String PLUGIN =
            "io.github.rocketmigrate:migrate-maven-plugin:" + System.getProperty("pluginVersion");

    private final Path folder;

    /** Prepares {@code folder} as what the user's project is. */
    MavenRuns(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        String settings = Files.readString(Path.of(System.getProperty("settingsFile")), UTF_8);
        String local = Path.of(System.getProperty("localRepository")).toUri().toString();
        Files.writeString(folder.resolve("settings.xml"), settings.replace("@localRepositoryUrl@", local), UTF_8);
    }

    /** Runs a goal in a JVM with these options. */
    void run(String options, String goal, String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("mavenHome"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-s",
                "settings.xml",
                "-Dmaven.repo.local=" + System.getProperty("installedRepository"),
                PLUGIN + ":" + goal));
        Collections.addAll(line, arguments);
        Path log = folder.resolve(goal + ".log");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("MAVEN_OPTS", options);
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException(goal + " failed; see " + log.toAbsolutePath());
        }
    }
}
