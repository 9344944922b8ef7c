package io.github.rocketmigrate.run;

import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process that applies a plan, so that a test can suspend or end it. */
final class ApplyMain {
    private ApplyMain() {}

    public static void main(String[] args) throws Exception {
        ApplyReport report = new Goals(Path.of(args[1])).apply(Files.readString(Path.of(args[0])));
        System.out.println(Printed.of(report));
    }

    /** Starts it. */
    static Process start(String plan, Path folder) throws Exception {
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("plan.yaml"), plan);
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ApplyMain.class.getName(),
                        file.toString(),
                        folder.resolve("output").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("printed").toFile())
                .start();
    }

    /** What it has printed so far. */
    static String printed(Path folder) throws Exception {
        return Files.readString(folder.resolve("printed"));
    }
}
