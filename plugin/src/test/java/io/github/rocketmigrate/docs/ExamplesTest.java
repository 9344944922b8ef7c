package io.github.rocketmigrate.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.run.PlanReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The plans, transcripts, goals, images and releases that README and the site show are real. */
final class ExamplesTest {
    private static final Path SITE = Path.of("src/site");
    private static final Path GOALS = Path.of("src/main/java/io/github/rocketmigrate/mojo");
    /** Its examples break rules on purpose; {@link HelpPagesTest} reads them. */
    private static final String RULES = "rules.md";

    private static final Pattern BLOCK =
            Pattern.compile("^(?:<!-- from: (\\S+) -->\\n)?```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PLAN = Pattern.compile("^version: 1$", Pattern.MULTILINE);
    /** Maven's levels, problems of a plan, and the lines with which goals end. */
    private static final Pattern OUTPUT = Pattern.compile("^(\\[(INFO|ERROR|WARNING)\\].*"
            + "|\\S+\\.yaml:\\d+:\\d+  (error|warning|note) .*|(Plan|Apply|Tally|Next|Evidence): .*)$");

    private static final Pattern LEVEL = Pattern.compile("^\\[[A-Z]+\\] ?");
    private static final String COMMAND = "$ ";
    private static final String LEFT_OUT = "…";

    @TempDir
    Path folder;

    /** A block of code, and the file that the comment before it names as its origin. */
    private record Block(Optional<String> source, String language, String text) {
        static List<Block> of(Page page) {
            return BLOCK.matcher(page.text())
                    .results()
                    .map(found -> new Block(Optional.ofNullable(found.group(1)), found.group(2), found.group(3)))
                    .toList();
        }
    }

    static List<Page> pages() {
        return Page.all();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyPlanIsValid(Page page) throws IOException {
        for (Block block : Block.of(page)) {
            if (block.language().equals("yaml")
                    && PLAN.matcher(block.text()).find()
                    && !page.file().endsWith(RULES)) {
                PlanReading reading = PlanReaders.offline(property -> Optional.empty(), LocalDate.of(2026, 11, 21))
                        .read(Files.writeString(folder.resolve("migration.yaml"), block.text(), UTF_8));
                assertThat(reading.problems())
                        .describedAs(block.text())
                        .noneMatch(problem -> problem.severity() == Severity.ERROR);
            }
        }
    }

    /** A transcript may leave out lines, where it has the line "…", and Maven's levels. */
    @ParameterizedTest
    @MethodSource("pages")
    void everyTranscriptIsInAGoldenFile(Page page) throws IOException {
        for (Block block : Block.of(page)) {
            if (block.text().lines().anyMatch(line -> OUTPUT.matcher(line).matches())) {
                assertThat(block.source())
                        .describedAs("write <!-- from: src/test/resources/golden/… --> before%n%s", block.text())
                        .isPresent();
            }
            if (block.source().isPresent()) {
                comesFrom(Path.of(block.source().get()), block);
            }
        }
    }

    private static void comesFrom(Path golden, Block block) throws IOException {
        List<String> rest = lines(Files.readString(golden, UTF_8));
        for (List<String> part : parts(block)) {
            int at = Collections.indexOfSubList(rest, part);
            assertThat(at)
                    .describedAs("%s has not, in this order,%n%s", golden, String.join("\n", part))
                    .isNotNegative();
            rest = rest.subList(at + part.size(), rest.size());
        }
    }

    /** The lines between commands and gaps. */
    private static List<List<String>> parts(Block block) {
        List<List<String>> parts = new ArrayList<>();
        List<String> part = new ArrayList<>();
        for (String line : lines(block.text())) {
            if (line.startsWith(COMMAND) || line.strip().equals(LEFT_OUT)) {
                parts.add(part);
                part = new ArrayList<>();
            } else {
                part.add(line);
            }
        }
        parts.add(part);
        return parts;
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> LEVEL.matcher(line).replaceFirst("").stripTrailing())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyGoalExists(Page page) throws IOException {
        Set<String> goals = new TreeSet<>(Set.of("help"));
        try (Stream<Path> files = Files.list(GOALS)) {
            for (Path file : files.toList()) {
                goals.addAll(found("@Mojo\\(\\s*name = \"([^\"]+)\"", Files.readString(file, UTF_8)));
            }
        }
        assertThat(goals).contains("plan");
        assertThat(found("\\bmigrate:([a-z-]+)", page.text())).isSubsetOf(goals);
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .collect(toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stages", "join", "fence"})
    void everyImageIsTheSameInBothThemes(String name) throws IOException {
        Path images = SITE.resolve("markdown/images");
        assertThat(withoutColors(images.resolve(name + "-dark.svg")))
                .isEqualTo(withoutColors(images.resolve(name + "-light.svg")));
    }

    private static String withoutColors(Path image) throws IOException {
        return Files.readString(image, UTF_8).replaceAll("#[0-9a-f]{6}", "#");
    }

    @Test
    void theMenuLeadsToEveryPage() throws IOException {
        String menu = Files.readString(SITE.resolve("site.xml"), UTF_8);
        assertThat(pages())
                .filteredOn(page -> page.file().startsWith(SITE))
                .isNotEmpty()
                .extracting(page -> page.file().getFileName().toString().replace(".md", ".html"))
                .allSatisfy(page -> assertThat(menu).contains("href=\"" + page + "\""));
    }

    /** README claims that a pair of releases works if a test with servers of these releases runs. */
    @Test
    void everyPairOfReleasesIsTested() throws IOException {
        StringBuilder tests = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(it -> it.toString().endsWith("IT.java")).toList()) {
                tests.append(Files.readString(file, UTF_8));
            }
        }
        String tested = tests.toString().replace("\"", "");
        Set<String> pairs = found(
                "(?m)^\\| (\\d+\\.\\d+\\.\\d+ → \\d+\\.\\d+\\.\\d+) \\|",
                Page.read(Path.of("../README.md")).text());
        assertThat(pairs).hasSizeGreaterThan(3).allMatch(pair -> tested.contains(pair.replace(" →", ",")));
    }
}
