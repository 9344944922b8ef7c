package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.PlanRevision;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.plan.WrittenPlan;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.report.DiscoveryText;
import io.github.rocketmigrate.report.PlainTerminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal {@code discover} with {@code migrate.merge}, over a cluster in memory and a plan that somebody has written. */
final class DiscoverMergeTest {
    @TempDir
    private Path folder;

    private final MemoryNetwork network = DiscoveredShop.network();
    private final List<String> progress = new ArrayList<>();

    private Path file() {
        return folder.resolve("migration.yaml");
    }

    private String plan() throws IOException {
        return Files.readString(file(), UTF_8);
    }

    private Discover discover() {
        return new Discover(
                plan -> network.reader(Side.SOURCE),
                DiscoveredShop.NO_PROPERTIES,
                network.timing().clock(),
                Goals.outputs(folder.resolve("target")),
                progress::add);
    }

    private DiscoveryReport merge(Selection selection, Map<String, String> given) {
        WrittenPlan text =
                PlanReaders.extending(DiscoveredShop.NO_PROPERTIES, Plans.TODAY).readText(file());
        assertThat(text.reading().isExtensible())
                .describedAs(text.reading().problems().toString())
                .isTrue();
        return discover().merge(new Discover.ExistingPlan("migration.yaml", text, given), selection);
    }

    private DiscoveryReport merge() {
        return merge(Selection.ALL, Map.of());
    }

    private static final String MINE = """
            version: 1
            name: mine
            source:
              nameServers: ["10.0.0.11:9876"]   # ask Ann
            destination: { nameServers: ["${destination.nameServers}"] }

            batches:
              - name: web
                topics:
                  - { name: clicks, type: NORMAL }
                  - { name: pages, type: NORMAL }
                groups:
                  - { name: readers, order: CONCURRENT }
              - name: money
                groups:
                  - { name: ledger, order: CONCURRENT }
            ignoredGroups: [{ name: forgotten, reason: nobody knows it }]
            """;

    @Test
    void aMergeAddsWhatIsNewAndListsWhatIsGone() throws IOException {
        Files.writeString(file(), MINE, UTF_8);
        DiscoveryReport report = merge();
        assertThat(plan().lines().toList()).containsSubsequence(MINE.lines().toList());
        assertThat(Plans.read(plan(), Map.of()).servers().orElseThrow().batches())
                .extracting(batch -> batch.name().value()
                        + batch.topics().stream()
                                .map(topic -> topic.name().value())
                                .toList()
                        + batch.groups().stream()
                                .map(group -> group.name().value())
                                .toList())
                .containsExactly(
                        "web[clicks, pages][readers, audit]",
                        "money[orders, payments][ledger]",
                        "independent[reminders][]");
        assertThat(report.counts())
                .containsEntry("topics", 5L)
                .containsEntry("groups", 3L)
                .containsEntry("batches", 3L)
                .containsEntry("addedTopics", 3L)
                .containsEntry("addedGroups", 1L)
                .containsEntry("vanishedTopics", 1L)
                .containsEntry("vanishedGroups", 1L)
                .containsEntry("certain", 1L)
                .containsEntry("likely", 2L)
                .containsEntry("asked", 1L);
        assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
        List<String> lines = new ArrayList<>();
        new DiscoveryText(new PlainTerminal(lines)).print(report);
        DiscoverTest.matchesGolden("merged.txt", String.join("\n", lines) + "\n");
        DiscoverTest.matchesGolden("merged.yaml", plan());
        assertThat(folder.resolve("target/result.json"))
                .content()
                .contains("\"fileSha256\" : \"" + PlanRevision.sha256(file()).orElseThrow() + "\"");
        assertThat(folder.resolve("target/inference.json")).content().contains("\"independent\"");
    }

    /** Its offsets are left at the source, but no settings and no member. */
    @Test
    void aDeletedGroupIsGoneAlthoughItsOffsetsAreLeft() throws IOException {
        network.broker(Side.SOURCE, "old-a").commit("readers", "clicks", 0, 1);
        Files.writeString(file(), MINE, UTF_8);
        assertThat(merge().counts()).containsEntry("vanishedGroups", 1L);
        network.group(Side.SOURCE, "readers", GroupSettings.DEFAULT);
        assertThat(merge().counts()).containsEntry("vanishedGroups", 0L);
    }

    @Test
    void aMergeLeavesOutWhatStaysAtTheSource() throws IOException {
        Files.writeString(file(), MINE + "ignoredTopics: [{ name: reminders, reason: nobody sends }]\n", UTF_8);
        merge();
        assertThat(Plans.read(plan(), Map.of()).servers().orElseThrow().plannedTopicNames())
                .contains("orders")
                .doesNotContain("reminders");
    }

    @Test
    void aSecondMergeChangesNothingAndSaysSo() throws IOException {
        Files.writeString(file(), MINE, UTF_8);
        merge();
        String once = plan();
        Files.setLastModifiedTime(file(), FileTime.fromMillis(1_000_000));
        DiscoveryReport report = merge();
        assertThat(plan()).isEqualTo(once);
        assertThat(Files.getLastModifiedTime(file())).isEqualTo(FileTime.fromMillis(1_000_000));
        List<String> lines = new ArrayList<>();
        new DiscoveryText(new PlainTerminal(lines)).print(report);
        assertThat(String.join(" ", lines))
                .startsWith(
                        "migration.yaml has all topics and groups of source that were looked for. It was not changed.")
                .contains("topic 'pages' in batch 'web'")
                .doesNotContain("Added");
    }

    /** Of a file that Windows has written, not even the mark at its beginning changes. */
    @Test
    void theBytesOfAMergedFileStay() throws IOException {
        String windows = "\uFEFF" + MINE.replace("\n", "\r\n") + "# the \u202Eend";
        Files.writeString(file(), windows, UTF_8);
        PosixFileAttributeView permissions = Files.getFileAttributeView(file(), PosixFileAttributeView.class);
        if (permissions != null) {
            permissions.setPermissions(PosixFilePermissions.fromString("rw-rw----"));
        }
        merge();
        assertThat(plan())
                .startsWith(windows.substring(0, windows.indexOf("    groups:")))
                .endsWith(windows.substring(windows.indexOf("ignoredGroups")))
                .doesNotContainPattern("[^\r]\n");
        if (permissions != null) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-rw----");
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files)
                    .extracting(path -> path.getFileName().toString())
                    .containsExactlyInAnyOrder("migration.yaml", "target");
        }
    }

    /** Plans of several environments may be links to one file. */
    @Test
    void aLinkToAPlanStaysALink() throws IOException {
        Path shared = Files.writeString(folder.resolve("shared.yaml"), MINE, UTF_8);
        Files.createSymbolicLink(file(), shared);
        merge();
        assertThat(file()).isSymbolicLink();
        assertThat(shared).content().contains("name: reminders");
    }

    @Test
    void patternsSelectWhatIsMerged() throws IOException {
        Files.writeString(file(), MINE, UTF_8);
        merge(Selection.of(null, "rem*", null), Map.of());
        assertThat(plan()).contains("name: reminders").doesNotContain("orders", "payments", "audit");
    }

    @Test
    void aPlanThatWasChangedMeanwhileIsNotTouched() throws IOException {
        Files.writeString(file(), MINE, UTF_8);
        WrittenPlan text =
                PlanReaders.extending(DiscoveredShop.NO_PROPERTIES, Plans.TODAY).readText(file());
        Files.writeString(file(), MINE + "# and more\n", UTF_8);
        assertThatThrownBy(() ->
                        discover().merge(new Discover.ExistingPlan("migration.yaml", text, Map.of()), Selection.ALL))
                .isInstanceOf(Fault.class)
                .hasMessage("migration.yaml was changed while the source was read. It was not touched.");
        assertThat(plan()).isEqualTo(MINE + "# and more\n");
    }

    @Test
    void aPlanThatOnlyAPersonCanEditGetsLinesToPaste() throws IOException {
        String shared = MINE.replace("- name: money", "- name: money\n    topics: *all")
                .replace("topics:\n      - { name: clicks", "topics: &all\n      - { name: clicks");
        Files.writeString(file(), shared, UTF_8);
        assertThatThrownBy(this::merge)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.nextStep())
                                .isEqualTo("Paste the lines of additions.yaml into the plan."))
                .hasMessageStartingWith(
                        "migration.yaml cannot be edited safely: the list of 'topics' in line 15 is an alias");
        assertThat(plan()).isEqualTo(shared);
        assertThat(folder.resolve("target/additions.yaml")).content().contains("- name: orders", "- name: reminders");
    }

    @Test
    void aParameterThatNamesAnotherSourceIsRefused() throws IOException {
        Files.writeString(file(), MINE, UTF_8);
        for (Map<String, String> other : List.of(
                Map.of("migrate.source.nameServers", "10.0.0.12:9876"),
                Map.of("migrate.source.cluster", "other"),
                Map.of("migrate.source.credentials", "other"),
                Map.of("migrate.source.tls", "true"),
                Map.of("migrate.destination.nameServers", "10.0.1.11:9876"))) {
            assertThatThrownBy(() -> merge(Selection.ALL, other))
                    .isInstanceOf(Fault.class)
                    .hasMessageEndingWith(" is not what the plan has.")
                    .hasMessageStartingWith(other.keySet().iterator().next() + "=");
        }
        assertThat(progress).isEmpty();
        merge(Selection.ALL, Map.of("migrate.source.nameServers", "10.0.0.11:9876", "migrate.source.tls", "false"));
        assertThat(plan()).contains("name: reminders");
    }

    @Test
    void aSourceWhoseAddressesAreNotKnownIsNotRead() throws IOException {
        Files.writeString(file(), MINE.replace("10.0.0.11:9876", "${source.nameServers}"), UTF_8);
        assertThatThrownBy(this::merge)
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.at().orElseThrow().line()).isEqualTo(4))
                .hasMessage("The name servers of the source are not known: ${source.nameServers} has no value.");
        assertThat(progress).isEmpty();
    }

    /** What discover writes, with its TODOs, and what people begin with. */
    @Test
    void aPlanThatIsNotFinishedCanBeMergedInto() throws IOException {
        Files.writeString(
                file(),
                MINE.replace("{ name: pages, type: NORMAL }", "{ name: reminders, type: TODO }   # 4 DELAY"),
                UTF_8);
        assertThat(plan()).contains("type: TODO");
        merge();
        assertThat(plan()).contains("name: reminders, type: TODO }   # 4 DELAY", "name: orders");
        Files.writeString(file(), MINE.substring(0, MINE.indexOf("batches:")), UTF_8);
        merge();
        assertThat(plan()).contains("\nbatches:\n  - name: independent\n");
        Files.writeString(file(), MINE.replace("name: web", "nam: web"), UTF_8);
        assertThat(PlanReaders.extending(DiscoveredShop.NO_PROPERTIES, Plans.TODAY)
                        .readText(file())
                        .reading()
                        .isExtensible())
                .isFalse();
    }
}
