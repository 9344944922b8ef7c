package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.Counts;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One JVM of a sandbox, isolated from the user's environment, from its launch to its end. */
final class ServerProcess {
    static final String OUTPUT = "server.out";
    static final String ARGUMENTS = "java.args";

    private static final List<String> FOREIGN_VARIABLES = List.of(
            "ROCKETMQ_HOME", "NAMESRV_ADDR", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");
    private static final int LINES_SHOWN = 12;
    private static final Pattern STACK_FRAME = Pattern.compile("^\\s+(at |\\.\\.\\. \\d+ more)");

    private final String name;
    private final Path folder;
    private final Process process;

    private ServerProcess(String name, Path folder, Process process) {
        this.name = name;
        this.folder = folder;
        this.process = process;
    }

    /**
     * Launches a guarded JVM.
     *
     * @param folder the server's home, working and temporary folder
     * @param mainClass the class to run under {@link GuardedMain}
     */
    static ServerProcess launch(
            Path folder, List<Path> classPath, List<String> jvmOptions, String mainClass, List<String> arguments)
            throws IOException {
        requireNonNull(folder, "folder is null");
        Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>(jvmOptions);
        // 4.x needs both to unmap its files; otherwise it keeps them until the next garbage collection.
        command.add("--add-opens=java.base/java.nio=ALL-UNNAMED");
        command.add("--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
        // 5.1 needs this one: without it, a broker that was killed does not start again.
        command.add("--add-exports=java.base/sun.nio.ch=ALL-UNNAMED");
        // Needed by the Netty of 4.7.
        command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-XX:-UsePerfData");
        command.add("-XX:+ExitOnOutOfMemoryError");
        // No warnings about class data, which change nothing; but the one that explains an end for want of threads.
        command.add("-Xlog:disable");
        command.add("-Xlog:os+thread=warning:stdout");
        command.add("-Dfile.encoding=UTF-8");
        command.add("-Duser.home=" + folder);
        command.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        command.add("-cp");
        command.add(classPath.stream().map(Path::toString).collect(joining(File.pathSeparator)));
        command.add(GuardedMain.class.getName());
        command.add(folder.toString());
        command.add(ProcessStamp.of(ProcessHandle.current()).toString());
        command.add(mainClass);
        command.addAll(arguments);
        Path argumentFile = Files.write(
                folder.resolve(ARGUMENTS),
                command.stream().map(ServerProcess::quoted).toList(),
                UTF_8);

        return launch(folder, argumentFile);
    }

    /** Launches the server in {@code folder} again, with the arguments and the data that it had. */
    static ServerProcess launchAgain(Path folder) throws IOException {
        return launch(folder, folder.resolve(ARGUMENTS));
    }

    private static ServerProcess launch(Path folder, Path argumentFile) throws IOException {
        ProcessBuilder builder = java(folder, List.of("@" + argumentFile))
                .redirectOutput(folder.resolve(OUTPUT).toFile());
        return new ServerProcess(folder.getFileName().toString(), folder, builder.start());
    }

    /** Launches a main class of this plugin beside the servers and does not wait for it; its output is discarded. */
    static void launchAside(Path folder, Class<?> mainClass, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", OwnClasses.location().toString(), mainClass.getName()));
        command.addAll(arguments);
        aside(folder, command).start();
    }

    /** Runs a JVM without output and returns its exit code. */
    static int runAside(Path folder, List<String> command) throws IOException, InterruptedException {
        return aside(folder, command).start().waitFor();
    }

    private static ProcessBuilder aside(Path folder, List<String> command) {
        return java(folder, command).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    }

    private static ProcessBuilder java(Path folder, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(nullDevice()));
        // The environment of the user's own RocketMQ or build tool must not affect these servers.
        FOREIGN_VARIABLES.forEach(builder.environment()::remove);
        return builder;
    }

    String name() {
        return name;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean hasPrinted(String text) throws IOException {
        return read(folder.resolve(OUTPUT)).contains(text);
    }

    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Explains why the server has ended. */
    Fault died() {
        String tail = lastLines(folder);
        String what = name + " ended with exit code " + process.exitValue() + " while starting.\n" + tail;
        return new Fault(what, remedy(tail));
    }

    /** Explains that the server runs but is not ready yet. */
    Fault slow(Duration passed, Duration patience) {
        return new Fault(
                name + " is still starting after " + Counts.span(passed) + ".\n" + lastLines(folder),
                "The machine is slow or busy. Give each server more time than "
                        + SandboxSettings.START_TIMEOUT + "=" + patience.toSeconds() + "s: run again with -D"
                        + SandboxSettings.START_TIMEOUT + "="
                        + patience.multipliedBy(2).toSeconds() + "s");
    }

    Path log() {
        return folder.resolve(ServerFiles.LOG);
    }

    private String remedy(String tail) {
        if (tail.contains("Address already in use") || tail.contains("BindException")) {
            return "Run again: another program took the port, and the sandbox will choose other ports.";
        }
        if (tail.contains("OutOfMemory") || tail.contains("Too small")) {
            return "Increase migrate.sandbox.brokerHeap (default 384m): the heap is too small.";
        }
        if (tail.contains("enough space for") || tail.contains("nsufficient memory")) {
            return "Close other programs, or reduce migrate.sandbox.brokerHeap (default 384m): the sandbox needs about"
                    + " 700 MB of memory.";
        }
        return "Read the whole output in " + folder.resolve(OUTPUT) + ".";
    }

    /** Returns the last lines of the output and of the log of the server in {@code folder}. */
    static String lastLines(Path folder) {
        try (Stream<Path> files = Stream.of(folder.resolve(OUTPUT), folder.resolve(ServerFiles.LOG))) {
            return files.filter(Files::exists)
                    .map(ServerProcess::tail)
                    .filter(lines -> !lines.isEmpty())
                    .flatMap(List::stream)
                    .map(line -> "    " + line)
                    .collect(joining("\n"));
        }
    }

    private static List<String> tail(Path file) {
        try {
            List<String> lines = read(file)
                    .lines()
                    .filter(line -> !STACK_FRAME.matcher(line).find())
                    .toList();
            return lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size());
        } catch (IOException unreadable) {
            return List.of("(" + file + " cannot be read: " + unreadable.getMessage() + ")");
        }
    }

    /** Decodes leniently, because servers may print in any encoding. */
    private static String read(Path file) throws IOException {
        return new String(Files.readAllBytes(file), UTF_8);
    }

    private static File nullDevice() {
        return new File(File.separatorChar == '\\' ? "NUL" : "/dev/null");
    }

    private static String quoted(String argument) {
        return '"' + argument.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
