package io.github.rocketmigrate.discover;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.discover.SourceGroup.Members;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.PlaceholderValues;
import io.github.rocketmigrate.plan.PlanEditor;
import io.github.rocketmigrate.plan.PlanReading;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.plan.WrittenPlan;
import io.github.rocketmigrate.run.PlanReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * Adds what is new at the source to plans that people have written, and to every plan of this repository.
 *
 * <p>Longer than 300 lines: all of its tests compare two texts of a plan in the same ways.
 *
 * <p>After an intended change, run {@code mvn test -Dtest=PlanMergeTest -Dgolden.update=true} to rewrite the files, and
 * review their difference before you commit it.
 */
final class PlanMergeTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/merge");
    private static final String MERGED = ".merged.yaml";

    /** The plans whose lists are between brackets: a line of them may be divided, or get a comma. */
    private static final Set<String> WITH_BRACKETS = Set.of(
            "flow-lists.yaml",
            "flow-lists-in-lines.yaml",
            "flow-batches.yaml",
            "flow-batch-without-groups.yaml",
            "flow-plan.yaml",
            "json.yaml",
            "empty-batches.yaml",
            "empty-lists.yaml",
            "alias-at-the-end.yaml",
            "beyond-the-basic-plane.yaml",
            "moved.yaml");

    private static final PlaceholderValues ANY = new PlaceholderValues() {
        @Override
        public Optional<String> value(String name) {
            return Optional.of("10.0." + Math.floorMod(name.hashCode(), 200) + ".1:9876");
        }

        @Override
        public Set<String> names() {
            return Set.of();
        }
    };

    private final SortedMap<String, SourceTopic> topics = new TreeMap<>();
    private final SortedMap<String, SourceGroup> groups = new TreeMap<>();

    private void topic(String name, Map<MessageType, Integer> sampled) {
        topics.put(
                name,
                new SourceTopic(
                        name,
                        new TreeSet<>(),
                        List.of(),
                        new MessageSample(sampled, new TreeSet<>(), 100, Optional.empty()),
                        1_000,
                        1_000,
                        new TreeSet<>()));
    }

    private void group(String name, String... consumed) {
        groups.put(
                name,
                new SourceGroup(
                        name,
                        false,
                        Optional.of(ConsumeMode.PUSH),
                        false,
                        new Members(2, 0, 2),
                        new TreeSet<>(List.of(consumed)),
                        OptionalLong.empty(),
                        Optional.empty()));
    }

    private Discovery source() {
        return Discovery.of("old", topics, groups, List.of(), Optional.empty());
    }

    /** The plans have the topic orders and the group ledger, which consumes it. */
    private Discovery shop() {
        topic("orders", Map.of(MessageType.NORMAL, 64));
        topic("refunds", Map.of(MessageType.NORMAL, 64));
        topic("clicks", Map.of(MessageType.NORMAL, 64));
        topic("reminders", Map.of(MessageType.NORMAL, 60, MessageType.DELAY, 4));
        group("ledger", "orders", "refunds");
        group("audit", "orders");
        group("mailer");
        return source();
    }

    private static PlanReading read(String text) {
        return PlanReaders.extending(ANY, Plans.TODAY).read(Path.of("migration.yaml"), text);
    }

    private static PlanMerge merge(String text, Discovery source) {
        PlanReading reading = read(text);
        assertThat(reading.isExtensible())
                .describedAs(reading.problems().toString())
                .isTrue();
        return new PlanMerge(reading.servers().orElseThrow(), source);
    }

    private static String merged(String text, Discovery source) throws Exception {
        return PlanEditor.add(text, merge(text, source).additions());
    }

    static List<Path> written() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            return files.filter(file -> !file.toString().endsWith(MERGED))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thePlansAreManyAndOfEveryStyle() throws IOException {
        assertThat(written()).hasSizeGreaterThanOrEqualTo(20);
        assertThat(written()).extracting(file -> file.getFileName().toString()).containsAll(WITH_BRACKETS);
    }

    @ParameterizedTest
    @MethodSource("written")
    void aPlanKeepsItsLinesAndGetsTheRest(Path file) throws Exception {
        String text = Files.readString(file, UTF_8);
        String merged = merged(text, shop());
        matchesGolden(file, merged);
        assertThatItIsTheUnion(text, merged, source());
        if (!WITH_BRACKETS.contains(file.getFileName().toString())) {
            assertThat(merged.lines().toList())
                    .describedAs("the difference has only added lines")
                    .containsSubsequence(text.lines().toList());
        }
        assertThat(merge(merged, source()).additions().isEmpty())
                .describedAs("the second merge adds nothing")
                .isTrue();
    }

    /** What an editor on another system makes of the same plan. */
    @ParameterizedTest
    @MethodSource("written")
    void lineBreaksStayAsTheyAre(Path file) throws Exception {
        String text = Files.readString(file, UTF_8);
        String merged = merged(text, shop());
        assertThat(merged(text.replace("\n", "\r\n"), source())).isEqualTo(merged.replace("\n", "\r\n"));
        String unended = text.stripTrailing();
        String unendedMerged = merged(unended, source());
        assertThatItIsTheUnion(unended, unendedMerged, source());
        if (merged.startsWith(text.stripTrailing()) || unended.endsWith("}") || unended.endsWith("]")) {
            assertThat(unendedMerged).doesNotEndWith("\n");
        }
    }

    private static void matchesGolden(Path file, String text) throws IOException {
        Path golden = Path.of(file.toString().replace(".yaml", MERGED));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, text, UTF_8);
        }
        assertThat(text).isEqualTo(Files.readString(golden, UTF_8));
    }

    /** Reads both texts with another reader than the product does. */
    private static void assertThatItIsTheUnion(String before, String after, Discovery source) {
        Object old = new Yaml().load(before);
        Object edited = new Yaml().load(after);
        assertThatItHasAllOf(edited, old, "");
        MigrationPlan planned = read(before).servers().orElseThrow();
        MigrationPlan plan = read(after).servers().orElseThrow();
        assertThat(topics(plan))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        union(planned.plannedTopicNames(), source.topics().keySet(), Set.of()));
        assertThat(groups(plan))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        union(planned.plannedGroupNames(), source.groups().keySet(), planned.ignoredGroupNames()));
        int from = 0;
        for (int i = 0; i < after.length() && from < before.length(); i++) {
            from += after.charAt(i) == before.charAt(from) ? 1 : 0;
        }
        assertThat(from).describedAs("characters of the plan that are left").isEqualTo(before.length());
        assertThat(read(after).problems().stream().filter(problem -> problem.severity() == Severity.ERROR))
                .allSatisfy(problem -> assertThat(problem.rule().code()).isGreaterThan("MIG-200"));
    }

    private static void assertThatItHasAllOf(Object edited, Object old, String at) {
        if (old instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (value != null) {
                    assertThatItHasAllOf(((Map<?, ?>) edited).get(key), value, at + "/" + key);
                }
            });
        } else if (old instanceof List<?> list) {
            assertThat((List<?>) edited).describedAs(at).hasSizeGreaterThanOrEqualTo(list.size());
            for (int i = 0; i < list.size(); i++) {
                assertThatItHasAllOf(((List<?>) edited).get(i), list.get(i), at + "/" + i);
            }
        } else {
            assertThat(edited).describedAs(at).isEqualTo(old);
        }
    }

    private static List<String> topics(MigrationPlan plan) {
        return plan.topics().map(topic -> topic.name().value()).toList();
    }

    private static List<String> groups(MigrationPlan plan) {
        return plan.groups().map(group -> group.name().value()).toList();
    }

    private static Set<String> union(Set<String> planned, Set<String> found, Set<String> ignored) {
        Set<String> union = new HashSet<>(found);
        union.removeAll(ignored);
        union.addAll(planned);
        return union;
    }

    /** Every plan of the repository that can be added to: samples, tests of Maven, and tests of rules. */
    static List<Path> ofTheRepository() throws IOException {
        List<Path> plans = new ArrayList<>();
        for (String folder : List.of("../samples", "../src/it", "src/test/resources")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".yaml"))
                        .filter(file -> readText(file).reading().isExtensible())
                        .sorted()
                        .forEach(plans::add);
            }
        }
        return plans;
    }

    private static WrittenPlan readText(Path file) {
        return PlanReaders.extending(ANY, Plans.TODAY).readText(file);
    }

    @Test
    void thePlansOfTheRepositoryAreMany() throws IOException {
        assertThat(ofTheRepository())
                .hasSizeGreaterThan(80)
                .contains(
                        Path.of("../samples/plans/full.yaml"),
                        Path.of("../samples/quickstart/migration.yaml"),
                        Path.of("src/test/resources/golden/validate/valid-with-bom.yaml"));
    }

    /** Each batch gets a topic and a group, and others come into new batches; also with the line breaks of Windows. */
    @ParameterizedTest
    @MethodSource("ofTheRepository")
    void everyPlanOfTheRepositoryKeepsWhatItHas(Path file) throws Exception {
        WrittenPlan text = readText(file);
        MigrationPlan plan = text.reading().servers().orElseThrow();
        plan.topics().forEach(planned -> topic(planned.name().value(), Map.of(MessageType.NORMAL, 64)));
        plan.batches().forEach(batch -> {
            String coupled = "zz-" + topics.size();
            topic(coupled, Map.of());
            batch.groups().stream()
                    .findFirst()
                    .ifPresent(group -> group(group.name().value(), coupled));
            batch.topics().stream()
                    .findFirst()
                    .ifPresent(topic -> group(coupled + "-group", topic.name().value()));
        });
        topic("zz-alone", Map.of(MessageType.NORMAL, 64));
        group("zz-nobody");
        for (String variant : List.of(
                text.text(),
                text.text().replace("\r\n", "\n").replace("\n", "\r\n"),
                text.text().stripTrailing())) {
            String merged = PlanEditor.add(variant, new PlanMerge(plan, source()).additions());
            Object old = new Yaml().load(variant);
            assertThatItHasAllOf(new Yaml().load(merged), old, "");
            MigrationPlan after = read(merged).servers().orElseThrow();
            assertThat(topics(after)).containsAll(topics.keySet()).containsAll(topics(plan));
            assertThat(groups(after)).contains("zz-nobody").containsAll(groups(plan));
            assertThat(new PlanMerge(after, source()).additions().isEmpty()).isTrue();
        }
    }

    /** A group of a batch, a new group over several topics, and a new topic behind it. */
    @Test
    void couplingsLeadIntoTheBatchThatHasTheOtherEnd() {
        topic("orders", Map.of(MessageType.NORMAL, 64));
        topic("returns", Map.of(MessageType.NORMAL, 64));
        topic("parcels", Map.of(MessageType.NORMAL, 64));
        topic("clicks", Map.of(MessageType.NORMAL, 64));
        topic("views", Map.of(MessageType.NORMAL, 64));
        group("shipping", "orders", "returns");
        group("tracking", "returns", "parcels");
        group("statistics", "clicks", "views");
        PlanMerge merge = merge(HEAD + """
                batches:
                  - name: web
                    groups: [{ name: pages, order: CONCURRENT }]
                  - name: orders
                    topics: [{ name: orders, type: NORMAL }]
                """, source());
        assertThat(merge.additions().extended().keySet()).containsExactly(1);
        assertThat(merge.additions().extended().get(1).topics())
                .extracting(entry -> entry.name())
                .containsExactly("parcels", "returns");
        assertThat(merge.additions().extended().get(1).groups())
                .extracting(entry -> entry.name())
                .containsExactly("shipping", "tracking");
        assertThat(merge.additions().batches()).singleElement().satisfies(batch -> {
            assertThat(batch.name()).isEqualTo("clicks");
            assertThat(batch.comments()).containsExactly("group statistics consumes clicks, views");
        });
    }

    /** A producer of the plan's topics sends to new ones, too; it does not mix FIFO topics with others. */
    @Test
    void aProducerLeadsIntoTheBatchOfItsOtherTopics() {
        topic("clicks", Map.of(MessageType.NORMAL, 64));
        topic("views", Map.of(MessageType.NORMAL, 64));
        topic("steps", Map.of(MessageType.FIFO, 64));
        group("statistics", "views");
        Discovery source = Discovery.of(
                "old",
                topics,
                groups,
                List.of(new Coupling(new TreeSet<>(List.of("clicks", "steps", "views")), "producer group shop writes")),
                Optional.empty());
        PlanMerge merge = merge(HEAD + """
                batches:
                  - name: web
                    topics: [{ name: clicks, type: NORMAL }]
                """, source);
        assertThat(merge.additions().extended().get(0).topics())
                .extracting(entry -> entry.name())
                .containsExactly("views");
        assertThat(merge.additions().extended().get(0).groups())
                .extracting(entry -> entry.name())
                .containsExactly("statistics");
        assertThat(merge.additions().batches())
                .singleElement()
                .satisfies(batch -> assertThat(batch.entries().topics())
                        .extracting(entry -> entry.name())
                        .containsExactly("steps"));
    }

    /** Otherwise the next apply would move a topic that nobody has reviewed. */
    @Test
    void aTopicInABatchThatMovesStaysAtTheSource() throws Exception {
        String text = HEAD + """
                traffic: { routing: join }
                batches:
                  - name: money
                    stage: destination
                    topics:
                      - { name: orders, type: NORMAL }
                    groups:
                      - { name: ledger, order: CONCURRENT }
                """;
        assertThat(merged(text, shop())).contains("""
                      - name: refunds
                        type: NORMAL   # likely: 64 NORMAL of 64 sampled; at most 4.7 % have another type (95 % sure)
                        stage: source
                """);
    }

    /** One list under two names: what is added to one of them comes to the other, too. */
    @Test
    void aPlanThatCannotBeEditedIsRefused() {
        String text = HEAD + """
                batches:
                  - name: web
                    topics: &all
                      - { name: orders, type: NORMAL }
                  - name: money
                    topics: *all
                    groups:
                      - { name: ledger, order: CONCURRENT }
                """;
        PlanMerge merge = merge(text, shop());
        assertThatThrownBy(() -> PlanEditor.add(text, merge.additions()))
                .isInstanceOf(PlanEditor.NotEditable.class)
                .hasMessageContaining("the list of 'topics' in line 10 is an alias");
        assertThat(merge.text()).startsWith("""
                batches:
                  - name: web
                    # this batch is in the plan: add the following to its lists
                    groups:
                      - name: audit
                """).contains("  - name: independent\n");
    }

    @Test
    void aListThatAnAliasRepeatsIsNotEdited() {
        String text = HEAD + """
                batches:
                  - name: web
                    topics: &all
                      - { name: orders, type: NORMAL }
                    groups:
                      - { name: ledger, order: CONCURRENT }
                  - name: money
                    topics: *all
                """;
        PlanMerge merge = merge(text, shop());
        assertThatThrownBy(() -> PlanEditor.add(text, merge.additions()))
                .isInstanceOf(PlanEditor.NotEditable.class)
                .hasMessageContaining("the edited text would not be the plan with the additions and nothing else");
    }

    private static final String HEAD = """
            version: 1
            name: shop
            source: { nameServers: ["10.0.0.11:9876"] }
            destination: { nameServers: ["10.0.1.11:9876"] }
            """;
}
