package io.github.rocketmigrate.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The tests that a page names, as {@code `ShopIT.theShopIsOpen`}. */
final class NamedTests {
    private static final Path TESTS = Path.of("src/test/java");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:IT|Test))\\.(\\w+)`");

    private NamedTests() {}

    /** A test method by the names of its class and of itself. */
    record NamedTest(String type, String method) {}

    static List<NamedTest> in(String text) {
        return NAMED.matcher(text)
                .results()
                .map(name -> new NamedTest(name.group(1), name.group(2)))
                .toList();
    }

    /** Fails if there is no such test. */
    static void requireSource(NamedTest test) throws IOException {
        try (Stream<Path> files = Files.walk(TESTS)) {
            Optional<Path> found = files.filter(
                            file -> file.getFileName().toString().equals(test.type() + ".java"))
                    .findFirst();
            assertThat(found).describedAs(test.toString()).isPresent();
            assertThat(Files.readString(found.get(), UTF_8)).contains("    void " + test.method() + "(");
        }
    }
}
