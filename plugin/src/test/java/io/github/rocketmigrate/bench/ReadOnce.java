package io.github.rocketmigrate.bench;

import io.github.rocketmigrate.model.Side;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A process that reads both clusters whole, once, and ends. */
final class ReadOnce {
    private ReadOnce() {}

    public static void main(String[] args) throws Exception {
        try (BothClusters clusters = new BothClusters(Map.of(Side.SOURCE, args[0], Side.DESTINATION, args[1]))) {
            clusters.everything();
        }
    }

    /** Runs it in a heap of {@code heap}. */
    static void run(String heap, String source, String destination, File log) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReadOnce.class.getName(),
                        source,
                        destination)
                .redirectErrorStream(true)
                .redirectOutput(log)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException("Reading failed; see " + log.getAbsolutePath());
        }
    }
}
