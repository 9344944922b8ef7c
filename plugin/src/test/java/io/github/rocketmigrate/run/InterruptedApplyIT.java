package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.FaultyWire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Maven that applies gets a signal: it ends what it is at, says so, and leaves nothing locked. */
final class InterruptedApplyIT {
    private static final String PLUGIN =
            "io.github.rocketmigrate:migrate-maven-plugin:" + System.getProperty("pluginVersion");
    private static final int TOPICS = 18;

    /**
     * Whoever starts this build in the background of a shell, or with {@code nohup}, has every process of it ignore
     * Ctrl-C. No JVM can undo that for its children; each of these can, and systems have one or the other.
     */
    private static final List<List<String>> HEEDING_CTRL_C = List.of(
            List.of("env", "--default-signal=INT"),
            List.of("perl", "-e", "$SIG{INT} = 'DEFAULT'; exec @ARGV"),
            List.of(
                    "python3",
                    "-c",
                    "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])"));

    @TempDir
    static Path sandboxFolder;

    private static OwnSandbox sandbox;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.start(sandboxFolder, "5.5.0", "5.5.0", 2, false);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void endsWhatItIsAtAndReleasesTheLease(String signal) throws Exception {
        List<String> names =
                IntStream.range(0, 520).mapToObj(i -> signal + "-" + i).toList();
        Topics.createBoth(sandbox.endpoints().cluster(Side.SOURCE), names, List.of());
        try (FaultyWire wire = new FaultyWire(sandbox.endpoints())) {
            AtomicReference<Process> maven = new AtomicReference<>();
            CountDownLatch both = new CountDownLatch(1);
            wire.on(TOPICS).at("destination-b").before(both::countDown);
            wire.on(TOPICS).at("destination-a").before(() -> {
                // Both lists are under way.
                if (!both.await(1, TimeUnit.MINUTES)) {
                    throw new IllegalStateException("destination-b gets no list");
                }
                OwnSandbox.signal(signal, maven.get().toHandle());
                // The write is under way until the signal has arrived.
                while (!log().contains("Stopping as soon as ")) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            });
            maven.set(maven(new Goals(wire.endpoints(), folder).batch(names, List.of())));
            try {
                assertThat(maven.get().waitFor(5, TimeUnit.MINUTES)).isTrue();
            } finally {
                maven.get().destroyForcibly();
            }
            assertThat(wire.unfired()).describedAs(log()).isEmpty();
        }
        assertThat(log())
                .contains("not attempted  create 19 topics  " + signal + "-")
                .contains("Apply: 501 created, 19 not attempted");
        JsonNode result = new ObjectMapper()
                .readTree(folder.resolve("target/migrate/result.json").toFile());
        assertThat(result.path("outcome").asText()).isEqualTo(Outcome.INCOMPLETE.word());

        Goals goals = new Goals(sandbox.endpoints(), folder.resolve("next"));
        String plan = goals.batch(names, List.of());
        assertThat(goals.plan(plan, Selection.ALL).summary())
                .describedAs("the list that was under way has arrived, and no other was sent")
                .contains("19 to create");
        try (NotesOf notes = new NotesOf(sandbox.endpoints())) {
            assertThat(notes.all().keySet()).noneMatch(key -> key.startsWith("lease"));
        }
        assertThat(goals.apply(plan).outcome()).isEqualTo(Outcome.APPLIED);
    }

    private String log() throws Exception {
        return Files.readString(folder.resolve("build.log"), UTF_8);
    }

    private Process maven(String plan) throws Exception {
        Files.writeString(folder.resolve("migration.yaml"), plan, UTF_8);
        String settings = Files.readString(Path.of(System.getProperty("settingsFile")), UTF_8);
        String local = Path.of(System.getProperty("localRepository")).toUri().toString();
        Files.writeString(folder.resolve("settings.xml"), settings.replace("@localRepositoryUrl@", local), UTF_8);
        List<String> command = new ArrayList<>(heedingCtrlC());
        command.addAll(List.of(
                Path.of(System.getProperty("mavenHome"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-s",
                "settings.xml",
                "-Dmaven.repo.local=" + System.getProperty("installedRepository"),
                PLUGIN + ":apply"));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("build.log").toFile())
                .start();
    }

    /** What a command has to begin with, so that a signal ends it as one at a terminal would. */
    private static List<String> heedingCtrlC() throws Exception {
        for (List<String> launcher : HEEDING_CTRL_C) {
            if (canStart(launcher)) {
                return launcher;
            }
        }
        throw new IllegalStateException("None of env (coreutils 8.31 or newer), perl and python3 can be started.");
    }

    private static boolean canStart(List<String> launcher) throws InterruptedException {
        List<String> command = new ArrayList<>(launcher);
        command.add("true");
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notThere) {
            return false;
        }
    }
}
