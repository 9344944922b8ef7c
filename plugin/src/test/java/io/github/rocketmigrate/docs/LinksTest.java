package io.github.rocketmigrate.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugins.annotations.Parameter;
import org.junit.jupiter.api.Test;

/** Links of the documentation lead to files and anchors that exist, and the parameters that it names exist, too. */
final class LinksTest {
    private static final Path ROOT = Path.of("..");
    private static final Path SITE = Path.of("src/site/markdown");
    private static final String HOME = "https://rocketmigrate.github.io/";
    private static final Pattern REPOSITORY =
            Pattern.compile("https://github\\.com/rocketmigrate/rocketmigrate/(?:tree|blob)/main/");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)(?: \"[^\"]*\")?\\)|(?:href|src)=\"([^\"]+)\"");
    private static final Pattern ADDRESS = Pattern.compile("https://rocketmigrate\\.github\\.io/[\\w./#-]*\\w");
    private static final Pattern CODE_SPAN = Pattern.compile("`[^`\n]*`");
    private static final Pattern PARAMETER = Pattern.compile("(?<![\\w/.:-])(?:-D)?(migrate\\.[a-zA-Z][\\w.]*\\w)");

    /** Pages that Maven generates. */
    private static final Set<String> GENERATED = Set.of("plugin-info.html");

    /** The properties that goals set for the goals that follow. */
    private static final Pattern PUBLISHED =
            Pattern.compile("migrate\\.(outcome|counts(\\..*)?|sandbox\\.(source|destination)\\..*)");

    @Test
    void leadsToFilesAndAnchorsThatExist() {
        List<String> broken = new ArrayList<>();
        for (Page page : Page.all()) {
            String prose = CODE_SPAN.matcher(page.prose()).replaceAll("");
            Stream.concat(
                            LINK.matcher(prose)
                                    .results()
                                    .map(link -> link.group(1) == null ? link.group(2) : link.group(1)),
                            ADDRESS.matcher(page.text()).results().map(address -> address.group()))
                    .filter(link -> !isFound(page, link))
                    .map(link -> page.file() + ": " + link)
                    .forEach(broken::add);
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void noticesALinkThatLeadsNowhere() {
        Page page = Page.ofSite("plan.md");
        assertThat(List.of(
                        "no-such-page.md",
                        "rules.md#MIG-999",
                        "#no-such-heading",
                        HOME + "checks.html#no-such-check",
                        HOME + "schema/plan-9.json",
                        "https://github.com/rocketmigrate/rocketmigrate/tree/main/samples/none"))
                .noneMatch(link -> isFound(page, link));
        assertThat(List.of("rules.md#MIG-104", "moving.md#canary", "#keys", HOME + "checks.html#frozen"))
                .allMatch(link -> isFound(page, link));
        assertThat(PARAMETER.matcher("mvn migrate:plan -Dmigrate.none=1").results())
                .extracting(parameter -> parameter.group(1))
                .containsExactly("migrate.none");
    }

    @Test
    void hasAPageForEveryEntryOfTheMenu() throws IOException {
        String menu = Files.readString(Path.of("src/site/site.xml"), UTF_8);
        assertThat(Pattern.compile("href=\"([^\"]+\\.html)\"").matcher(menu).results())
                .extracting(entry -> entry.group(1))
                .isNotEmpty()
                .allMatch(entry -> GENERATED.contains(entry) || Files.exists(SITE.resolve(markdown(entry))));
    }

    @Test
    void namesOnlyParametersThatExist() {
        Set<String> known = parameters();
        assertThat(known).contains("migrate.file", "migrate.sandbox.traffic");
        List<String> unknown = new ArrayList<>();
        for (Page page : Page.all()) {
            PARAMETER
                    .matcher(page.text())
                    .results()
                    .map(parameter -> parameter.group(1))
                    .filter(name ->
                            !known.contains(name) && !PUBLISHED.matcher(name).matches())
                    .map(name -> page.file() + ": " + name)
                    .forEach(unknown::add);
        }
        assertThat(unknown).isEmpty();
    }

    private static boolean isFound(Page page, String link) {
        if (link.startsWith(HOME)) {
            String rest = link.substring(HOME.length());
            return rest.startsWith("schema/")
                    ? Files.exists(ROOT.resolve(rest))
                    : rest.isEmpty() || isFound(SITE, markdown(rest));
        }
        if (REPOSITORY.matcher(link).lookingAt()) {
            return isFound(ROOT, REPOSITORY.matcher(link).replaceFirst(""));
        }
        boolean elsewhere = link.matches("[a-z]+:.*");
        return elsewhere
                || (link.startsWith("#")
                        ? page.targets().contains(link.substring(1))
                        : isFound(page.file().toAbsolutePath().getParent(), link));
    }

    private static boolean isFound(Path folder, String link) {
        int hash = link.indexOf('#');
        Path file = folder.resolve(hash < 0 ? link : link.substring(0, hash));
        return GENERATED.contains(link)
                || (Files.exists(file) && (hash < 0 || Page.read(file).targets().contains(link.substring(hash + 1))));
    }

    private static String markdown(String page) {
        return GENERATED.contains(page) ? page : page.replaceFirst("\\.html(?=#|$)", ".md");
    }

    private static Set<String> parameters() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.github.rocketmigrate.mojo");
        return classes.stream()
                .flatMap(type -> type.getFields().stream())
                .filter(field -> field.isAnnotatedWith(Parameter.class))
                .map(field -> field.getAnnotationOfType(Parameter.class).property())
                .filter(property -> !property.isEmpty())
                .collect(toCollection(TreeSet::new));
    }
}
