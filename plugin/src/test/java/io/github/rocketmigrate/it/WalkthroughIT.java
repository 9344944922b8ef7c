package io.github.rocketmigrate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.docs.Page;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader follows the page of the walkthrough, or what the quickstart says at its end: files, edits and commands, in their
 * order, in a real Maven.
 */
final class WalkthroughIT {
    private static final Path QUICKSTART = Path.of("../samples/quickstart");
    private static final String PLAN = "migration.yaml";
    private static final String GO_BACK = "4.";
    private static final String STOP = "6.";

    /** A file of the reader, an edit of its plan, or commands to run. */
    private static final Pattern THING_TO_DO = Pattern.compile(
            "`([\\w.]+)`[^\\n`]*:\\n\\n```(?:xml|yaml)\\n(.*?)^```$"
                    + "|[Ss]et `(stage|traffic): ([^`]+)`"
                    + "|^```\\n(.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    Path folder;

    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void stop() {
        // Also when a command failed in between.
        Sandbox.in(folder.resolve("target/migrate/sandbox")).stop(Lifetime.UNTIL_STOPPED);
    }

    @Tag("thorough")
    @Test
    void theTopicMovesAsThePageSays() throws Exception {
        List<String> sections = sections();
        for (String section : sections) {
            if (section.startsWith(GO_BACK)) {
                break;
            }
            follow(section);
        }
        assertThat(lastOutput()).contains("1 of 1 topic at the planned stage destination");
        follow(sections.stream()
                .filter(section -> section.startsWith(STOP))
                .findFirst()
                .orElseThrow());
        isStoppedWithoutLoss();
        assertThat(ran).hasSizeGreaterThan(6);
    }

    /** With the way back and the end of the join, which takes four minutes. */
    @Tag("thorough")
    @Test
    void everyCommandOfThePageWorks() throws Exception {
        for (String section : sections()) {
            follow(section);
        }
        isStoppedWithoutLoss();
        assertThat(ran).hasSizeGreaterThan(12);
    }

    /** The plan of the sample is replaced by one of the running shop, which then moves a batch. */
    @Tag("thorough")
    @Test
    void theQuickstartContinuesWithADiscoveredPlan() throws Exception {
        for (String name : List.of("pom.xml", PLAN)) {
            Files.copy(QUICKSTART.resolve(name), folder.resolve(name));
        }
        List<String> commands = Files.readString(QUICKSTART.resolve("next.txt"), UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> line.startsWith("mvn migrate:"))
                .toList();
        for (String command : commands) {
            run(command);
            if (command.startsWith("mvn migrate:discover ")) {
                // A quick reader comes before the shop has sent enough.
                Eventually.holds("the shop has sent enough", () -> {
                    run(command);
                    return lastOutput().contains(" 0 to decide.");
                });
                assertThat(printed())
                        .containsSequence(words(
                                Files.readString(Path.of("src/test/resources/golden/sandbox/discover.txt"), UTF_8)));
                String discovered = Files.readString(folder.resolve(PLAN), UTF_8);
                assertThat(discovered).contains("type: FIFO   # likely: group order-fulfilment consumes in order");
                Files.writeString(
                        folder.resolve(PLAN),
                        discovered.replace(
                                "  - name: page-views\n    #", "  - name: page-views\n    stage: read-both\n    #"),
                        UTF_8);
            }
            if (command.equals("mvn migrate:status")) {
                assertThat(lastOutput()).contains("2 of 2 topics at the planned stage read-both");
            }
        }
        isStoppedWithoutLoss();
        assertThat(ran).hasSizeGreaterThan(6);
    }

    /** Without Maven's levels, and whatever the width of the terminal. */
    private List<String> printed() throws Exception {
        return words(lastOutput().replaceAll("(?m)^\\[[A-Z]+\\] ?", ""));
    }

    private static List<String> words(String text) {
        return List.of(text.strip().split("\\s+"));
    }

    private void isStoppedWithoutLoss() throws Exception {
        assertThat(lastOutput()).contains(" 0 lost, ").doesNotContain("Unread:");
    }

    /** What stands before the first heading, and after each; the first block of commands builds the plugin. */
    private static List<String> sections() {
        String page = Page.ofSite("walkthrough.md").text();
        List<String> sections = Arrays.asList(page.split("(?m)^## "));
        assertThat(sections.get(0)).contains("mvn -q -pl .,plugin -Pquickstart install -DskipTests");
        return sections;
    }

    private void follow(String section) throws Exception {
        List<MatchResult> things = THING_TO_DO.matcher(section).results().toList();
        for (MatchResult thing : things) {
            if (thing.group(1) != null) {
                Files.writeString(folder.resolve(thing.group(1)), thing.group(2), UTF_8);
            } else if (thing.group(3) != null) {
                set(thing.group(3), thing.group(4));
            } else {
                for (String command : thing.group(5).lines().toList()) {
                    if (command.contains("migrate:")) {
                        run(command);
                    }
                }
            }
        }
    }

    private void set(String key, String value) throws Exception {
        Path plan = folder.resolve(PLAN);
        String before = Files.readString(plan, UTF_8);
        String after = before.replaceAll("(?m)^( *" + key + ": ).*$", "$1" + value);
        assertThat(after).as("%s: %s", key, value).isNotEqualTo(before);
        Files.writeString(plan, after, UTF_8);
    }

    private void run(String line) throws Exception {
        String settings = Files.readString(Path.of(System.getProperty("settingsFile")), UTF_8);
        String local = Path.of(System.getProperty("localRepository")).toUri().toString();
        Files.writeString(folder.resolve("settings.xml"), settings.replace("@localRepositoryUrl@", local), UTF_8);
        List<String> words = List.of(line.split(" "));
        assertThat(words.get(0)).isEqualTo("mvn");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("mavenHome"), "bin", "mvn").toString(),
                "-B",
                "-ntp",
                "-s",
                "settings.xml",
                "-Dmaven.repo.local=" + System.getProperty("installedRepository")));
        command.addAll(words.subList(1, words.size()));
        ran.add(line);
        int status = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile())
                .start()
                .waitFor();
        assertThat(status).describedAs("%s%n%s", line, lastOutput()).isZero();
    }

    private Path log() {
        return folder.resolve("build-" + ran.size() + ".log");
    }

    private String lastOutput() throws Exception {
        return Files.readString(log(), UTF_8);
    }
}
