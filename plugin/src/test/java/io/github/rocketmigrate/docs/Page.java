package io.github.rocketmigrate.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation in Markdown. */
public record Page(Path file, String text) {
    private static final Path SITE = Path.of("src/site/markdown");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\"></a>");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```(\\w*)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    public static Page read(Path file) {
        try {
            return new Page(file.normalize(), Files.readString(file, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Page ofSite(String name) {
        return read(SITE.resolve(name));
    }

    /** All pages for users and contributors, and what the quickstart prints at its end. */
    static List<Page> all() {
        List<Page> pages = new ArrayList<>();
        for (Path root : List.of(Path.of("../README.md"), Path.of("../CONTRIBUTING.md"), Path.of("../samples"), SITE)) {
            try (Stream<Path> files = Files.walk(root)) {
                files.filter(file -> file.toString().endsWith(".md") || file.endsWith("next.txt"))
                        .sorted()
                        .forEach(file -> pages.add(read(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pages;
    }

    /** The text without blocks of code, in which nothing is a link. */
    String prose() {
        return CODE.matcher(text).replaceAll("");
    }

    /** The anchors that are written into the page, in its order. */
    public List<String> anchors() {
        return ANCHOR.matcher(prose()).results().map(found -> found.group(1)).toList();
    }

    /**
     * All names after {@code #} that lead to a place of the page: its anchors and, on a page that only GitHub shows, its
     * headings. Maven names headings differently.
     */
    Set<String> targets() {
        Set<String> targets = new HashSet<>(anchors());
        if (file.startsWith(SITE) || file.startsWith(SITE.toAbsolutePath())) {
            return targets;
        }
        Map<String, Integer> seen = new HashMap<>();
        HEADING.matcher(prose()).results().map(found -> slug(found.group(1))).forEach(slug -> {
            int before = seen.merge(slug, 1, Integer::sum) - 1;
            targets.add(before == 0 ? slug : slug + "-" + before);
        });
        return targets;
    }

    private static String slug(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    /** The text from each anchor to the next. */
    public Map<String, String> sections() {
        List<MatchResult> anchors = ANCHOR.matcher(text).results().toList();
        return Stream.iterate(0, i -> i < anchors.size(), i -> i + 1)
                .collect(toMap(
                        i -> anchors.get(i).group(1),
                        i -> text.substring(
                                anchors.get(i).end(),
                                i + 1 < anchors.size() ? anchors.get(i + 1).start() : text.length()),
                        (first, second) -> first));
    }

    /** The blocks of code in a section that are written in a language; the empty language has none. */
    public static List<String> blocks(String section, String language) {
        return BLOCK.matcher(section)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
