package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.plan.Profile.ProfileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each figure of a profile says from where it is known, and when somebody looked.
 *
 * <p>After an intended change, {@code mvn test -Dtest=ProfileSourcesTest -Dgolden.update=true} writes the table anew.
 */
final class ProfileSourcesTest {
    private static final Path PAGE = Path.of("src/site/markdown/rules.md");
    private static final String BEGIN = "<!-- sources: generated from the profiles, see ProfileSourcesTest -->\n";
    private static final String END = "<!-- end of sources -->\n";

    static List<String> names() {
        return List.of(
                "apache",
                "apsaramq-serverless",
                "apsaramq-standard",
                "apsaramq-professional",
                "apsaramq-platinum",
                "tdmq");
    }

    private static Profile profile(String name) {
        return Profiles.named(name).orElseThrow();
    }

    /** The keys of the figures that a profile has. */
    private static Set<String> figures(Profile profile) {
        Set<String> figures = new TreeSet<>(Set.of("topics", "groups", "types"));
        profile.queues().ifPresent(range -> figures.add("queues"));
        profile.limits().messageMegabytes().ifPresent(size -> figures.add("messageMegabytes"));
        profile.limits().delayDays().ifPresent(days -> figures.add("delayDays"));
        profile.limits().retentionHours().ifPresent(range -> figures.add("retentionHours"));
        return figures;
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachFigureHasASourceAndADate(String name) {
        Profile profile = profile(name);
        assertThat(profile.sources().keySet()).containsExactlyInAnyOrderElementsOf(figures(profile));
        assertThat(profile.sources().values())
                .extracting(ProfileSource::page)
                .allSatisfy(page -> assertThat(page).isNotBlank());
        assertThat(profile.sources().values())
                .extracting(source -> LocalDate.parse(source.verified()))
                .allSatisfy(date -> assertThat(date).isAfter(LocalDate.of(2026, 1, 1)));
    }

    @Test
    void thePageHasEachSource() throws IOException {
        String expected = "\n| profile | figure | source, verified |\n|---|---|---|\n"
                + names().stream()
                        .flatMap(name -> new TreeSet<>(profile(name).sources().keySet())
                                .stream()
                                        .map(figure -> "| `" + name + "` | `" + figure + "` | "
                                                + profile(name)
                                                        .sources()
                                                        .get(figure)
                                                        .words() + " |\n"))
                        .collect(joining())
                + "\n";
        String text = Files.readString(PAGE, UTF_8);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END, from);
        assertThat(text).contains(BEGIN).contains(END);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, text.substring(0, from) + expected + text.substring(to), UTF_8);
            return;
        }
        assertThat(text.substring(from, to))
                .describedAs("%s; after an intended change, run this test with -Dgolden.update=true", PAGE)
                .isEqualTo(expected);
    }
}
