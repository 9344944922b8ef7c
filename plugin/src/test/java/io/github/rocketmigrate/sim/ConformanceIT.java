package io.github.rocketmigrate.sim;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.ScriptedClients;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real servers and clients do the same as the simulated ones, in the same order and at the same time. */
final class ConformanceIT {
    /** On a busy machine clients may be late: only what differs each time counts as a difference. */
    private static final int MOST_PLAYS = 3;

    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} to {1} with clients of {2}")
    @CsvSource("4.9.7, 5.5.0, 5.5.0")
    void theSimulatorDoesAsRealServersDo(String source, String destination, String clients) throws Exception {
        compare(source, destination, clients, Scenes.inEachRun());
    }

    @ParameterizedTest(name = "{0} to {1} with clients of {2}")
    @CsvSource({"4.7.1, 5.1.4, 4.7.1", "4.9.7, 5.3.3, 4.9.7", "5.1.4, 5.5.0, 5.1.4", "5.3.3, 5.5.0, 5.3.3"})
    @Tag("thorough")
    void theSimulatorDoesAsServersAndClientsOfEachReleaseDo(String source, String destination, String clients)
            throws Exception {
        compare(source, destination, clients, Scenes.inEachRun());
        compare(source, destination, clients, Scenes.thorough());
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"4.7.1, 5.1.4", "4.9.7, 5.5.0", "5.1.4, 5.3.3", "5.3.3, 5.5.0"})
    @Tag("thorough")
    void brokersJoinAsInTheSimulator(String source, String destination) throws Exception {
        Map<Side, ServerVersion> versions = versions(source, destination);
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("join"), source, destination, 1, false);
                RealSceneWorld real = new RealSceneWorld(sandbox);
                SimulatedSceneWorld simulated = new SimulatedSceneWorld(versions, SimClientSettings.USUAL, false)) {
            Scene scene = Scenes.joining();
            ScenePlays plays = new ScenePlays();
            plays.add(new SceneComparison(scene.play(real, ""), scene.play(simulated, "")));
            report("join-" + source + "-" + destination, new TreeMap<>(Map.of(scene.name(), plays)));
        }
    }

    private static Map<Side, ServerVersion> versions(String source, String destination) {
        return Map.of(Side.SOURCE, version(source), Side.DESTINATION, version(destination));
    }

    private void compare(String source, String destination, String clients, List<Scene> scenes) throws Exception {
        Map<Side, ServerVersion> versions = versions(source, destination);
        LiveSettings settings = LiveSettings.following(Scenes.POLL).withRebalance(Scenes.REBALANCE);
        SimClientSettings simulated = new SimClientSettings(
                version(clients),
                Turns.micros(settings.routePoll()),
                Turns.micros(settings.heartbeat()),
                Turns.micros(settings.rebalance()),
                Turns.micros(ScriptedClients.BETWEEN_TRIES));
        SortedMap<String, ScenePlays> compared = new TreeMap<>();
        scenes.forEach(scene -> compared.put(scene.name(), new ScenePlays()));
        try (OwnSandbox sandbox =
                        OwnSandbox.startJoined(folder.resolve(scenes.get(0).name()), source, destination, 1);
                ScriptedClients scripted = ScriptedClients.start(
                        folder.resolve(scenes.get(0).name() + "-clients"),
                        version(clients),
                        settings,
                        sandbox.endpoints().cluster(Side.SOURCE).nameServers())) {
            List<Scene> left = scenes;
            for (int play = 1; play <= MOST_PLAYS && !left.isEmpty(); play++) {
                String attempt = play == 1 ? "" : "-" + play;
                new RealPlay(sandbox, scripted)
                        .together(left, attempt)
                        .forEach((scene, real) -> compared.get(scene.name())
                                .add(new SceneComparison(real, simulated(scene, attempt, versions, simulated))));
                left = scenes.stream()
                        .filter(scene -> !compared.get(scene.name()).isSame())
                        .toList();
            }
        }
        report(scenes.get(0).name() + "-" + source + "-" + destination + "-" + clients, compared);
    }

    private static ServerVersion version(String text) {
        return ServerVersion.of(text).orElseThrow();
    }

    private static List<SceneEvent> simulated(
            Scene scene, String attempt, Map<Side, ServerVersion> versions, SimClientSettings clients) {
        try (SimulatedSceneWorld world = new SimulatedSceneWorld(versions, clients, true)) {
            List<SceneEvent> events = scene.play(world, attempt);
            assertThat(world.failures()).isEmpty();
            return events;
        }
    }

    /** Writes down what was seen in both worlds, and fails if it differs. */
    private static void report(String name, SortedMap<String, ScenePlays> compared) throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.writeString(
                Path.of("target", "conformance-" + name + ".txt"),
                compared.entrySet().stream().map(ConformanceIT::words).collect(joining("\n")));
        assertThat(compared.entrySet().stream()
                        .filter(scene -> !scene.getValue().isSame())
                        .map(ConformanceIT::words)
                        .collect(joining("\n")))
                .describedAs("the simulator does not do as real servers and clients do")
                .isEmpty();
    }

    private static String words(Map.Entry<String, ScenePlays> scene) {
        return scene.getKey() + "\n" + scene.getValue().words();
    }
}
