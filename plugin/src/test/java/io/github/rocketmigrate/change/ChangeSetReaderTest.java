package io.github.rocketmigrate.change;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.group;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads saved change sets and compares them with the clusters. */
final class ChangeSetReaderTest {
    private static final String PLAN = """
            batches:
              - name: all
                topics:
                  - { name: user-events, type: NORMAL }
                  - { name: page-views, type: NORMAL }
                groups:
                  - { name: audit, order: ORDERLY }
                  - { name: ledger, order: CONCURRENT, retries: 2 }
            """;

    @TempDir
    Path folder;

    private static ClusterFixture source() {
        return cluster("old", "4.9.7", "old-a")
                .with("user-events", topic(8))
                .with("page-views", topic(4))
                .with("audit", group(CONCURRENT, 16))
                .with("ledger", group(CONCURRENT, 16));
    }

    private static ClusterFixture destination() {
        return cluster("new", "5.5.0", "new-a", "new-b")
                .with("new-a", "page-views", topic(2).withAccess(Access.READ))
                .with("new-b", "audit", group(ORDERLY, 3));
    }

    private SavedChangeSet saved(Situation situation) throws IOException {
        Path file = Files.writeString(
                folder.resolve("cs.json"), ChangeSetFile.text(Planner.plan(situation), situation), UTF_8);
        return ChangeSetReader.read(file, "cs.json");
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        Situation situation = Situations.of(PLAN, source(), destination());
        ChangeSet changes = Planner.plan(situation);
        SavedChangeSet saved = saved(situation);
        assertThat(saved.changes()).hasSize(4);
        assertThat(Stale.in(saved, situation, changes)).isEmpty();
        assertThat(saved.narrow(changes).changes()).isEqualTo(changes.changes());
    }

    @Test
    void acceptsAChangeSetThatIsAppliedOnSomeMasters() throws IOException {
        SavedChangeSet saved = saved(Situations.of(PLAN, source(), destination()));
        Situation half = Situations.of(
                PLAN,
                source(),
                destination()
                        .with("new-a", "user-events", topic(8).withType("NORMAL"))
                        .with("new-a", "audit", group(ORDERLY, 16)));
        assertThat(Stale.in(saved, half, Planner.plan(half))).isEmpty();
    }

    @Test
    void reportsSettingsThatAreNeitherOldNorNewAsStale() throws IOException {
        SavedChangeSet saved = saved(Situations.of(PLAN, source(), destination()));
        Situation other = Situations.of(PLAN, source(), destination().with("new-b", "audit", group(CONCURRENT, 5)));
        assertThat(Stale.in(saved, other, Planner.plan(other)))
                .containsExactly(new Stale(
                        "group",
                        "audit",
                        "on broker new-b it was order ORDERLY, retries 3 and is now order CONCURRENT, retries 5"));
    }

    @Test
    void reportsAnotherMasterAsStale() throws IOException {
        SavedChangeSet saved = saved(Situations.of(PLAN, source(), destination()));
        Situation more = Situations.of(PLAN, source(), cluster("new", "5.5.0", "new-a", "new-b", "new-c"));
        assertThat(Stale.in(saved, more, Planner.plan(more)))
                .containsExactly(new Stale(
                        "cluster",
                        "new",
                        "the destination was new with new-a, new-b and is now new with new-a, new-b, new-c"));
    }

    private static final String MOVING = """
            traffic: { routing: join }
            batches:
              - name: all
                stage: write-destination
                topics:
                  - { name: user-events, type: NORMAL }
            """;

    private static ClusterFixture joined() {
        return cluster("new", "5.5.0", "new-a").nameServer("10.0.1.11:9876", source().build());
    }

    @Test
    void acceptsATopicThatIsOnItsWay() throws IOException {
        SavedChangeSet saved = saved(Situations.of(MOVING, source(), joined()));
        for (Access come : new Access[] {Access.NONE, Access.READ, Access.READ_WRITE}) {
            Situation later = Situations.leftByRuns(Situations.of(
                    MOVING,
                    source(),
                    joined().with("user-events", topic(8).withType("NORMAL").withAccess(come))));
            assertThat(Stale.in(saved, later, Planner.plan(later)))
                    .describedAs(come.word())
                    .isEmpty();
        }
    }

    @Test
    void reportsATopicThatLeftItsWayOrGotAnotherStageAsStale() throws IOException {
        SavedChangeSet saved = saved(Situations.of(MOVING, source(), joined()));
        Situation left = Situations.of(
                MOVING,
                source().with("user-events", topic(8).withAccess(Access.NONE)),
                joined().with("user-events", topic(8).withType("NORMAL").withAccess(Access.READ_WRITE)));
        assertThat(Stale.in(saved, left, Planner.plan(left)))
                .extracting(Stale::what)
                .containsExactly(
                        "it was at source and is now at destination, which is not on the way to write-destination");
        String back = MOVING.replace("write-destination", "read-both");
        Situation elsewhere = Situations.of(back, source(), joined());
        assertThat(Stale.in(saved, elsewhere, Planner.plan(elsewhere)))
                .extracting(Stale::what)
                .containsExactly(
                        "it was edited after this change set was saved",
                        "its planned stage was write-destination and is now read-both");
    }

    /** What was impossible at the review is not in the change set and does not block the rest. */
    @Test
    void acceptsAChangeSetOfAnObjectOfWhichAPartIsImpossible() throws IOException {
        String plan = "batches: [{ name: all, topics: [{ name: page-views, type: FIFO, queues: 4 }] }]\n";
        Situation situation = Situations.of(plan, source(), destination());
        ChangeSet changes = Planner.plan(situation);
        assertThat(changes.impossible()).isNotEmpty();
        assertThat(changes.changes()).isNotEmpty();
        assertThat(Stale.in(saved(situation), situation, changes)).isEmpty();
    }

    /** Editing the file by hand does not circumvent the plan. */
    @Test
    void reportsChangesThatAreNotInThePlanAsStale() throws IOException {
        Situation situation = Situations.of(PLAN, source(), destination());
        ChangeSet changes = Planner.plan(situation);
        Path file = Files.writeString(
                folder.resolve("cs.json"),
                ChangeSetFile.text(changes, situation).replace("\"retries\" : 2", "\"retries\" : 200"),
                UTF_8);
        assertThat(Stale.in(ChangeSetReader.read(file, "cs.json"), situation, changes))
                .containsExactly(new Stale(
                        "group",
                        "ledger",
                        "on broker new-a the change set wants retries 200, but the plan or the source was changed and"
                                + " now wants retries 2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"version\" : 2          | \"version\" : 3      | version is 3, not 1 or 2",
                "\"readQueues\" : 8       | \"readQueues\" : \"8\" | changes[3].after.new-a.readQueues is \"8\","
                        + " not a number",
                "\"kind\" : \"align-topic\" | \"kind\" : \"burn\"    | changes[2].kind is 'burn', which this"
                        + " version does not know",
                "\"changes\" : [         | \"changes\" : {}, \"x\" : [ | changes is not a list",
                "\"plan\" : \"shop-to-5x\"  | \"plam\" : \"x\"       | plan is missing",
                "\"version\" : 2          | \"vers\" : 2         | version is missing, not 1 or 2",
                "\"version\" : 2          | \"version\" : 0      | version is 0, not 1 or 2",
                "\"cluster\" : \"new\"    | \"cluster\" : 5      | destination.cluster is 5, not a string",
                "\"name\" : \"audit\"     | \"nam\" : 5           | changes[0].name is missing",
                "\"side\" : \"destination\" | \"side\" : \"left\"  | changes[0].side is 'left', which this version does not know",
                "\"retries\" : 16          | \"retries\" : 1.5    | changes[0].after.new-a.retries is 1.5, not a number",
                "\"retries\" : 16          | \"retries\" : 99999999999 | changes[0].after.new-a.retries is 99999999999, not a number",
                "\"enabled\" : true        | \"enabled\" : 1      | changes[0].before.new-b.enabled is 1, not true or false",
                "\"order\" : \"ORDERLY\"   | \"order\" : \"RANDOM\" | changes[0].before.new-b.order is 'RANDOM', which this version does not know",
            })
    void reportsErrorsInAFileWithTheirPlace(String from, String to, String message) throws IOException {
        Situation situation = Situations.of(PLAN, source(), destination());
        String text = ChangeSetFile.text(Planner.plan(situation), situation);
        assertThat(text).contains(from);
        Path file = Files.writeString(folder.resolve("cs.json"), text.replace(from, to), UTF_8);
        assertThatThrownBy(() -> ChangeSetReader.read(file, "cs.json"))
                .isInstanceOf(Fault.class)
                .hasMessage("cs.json is not a change set that this version can apply: " + message + ".");
    }

    @Test
    void reportsAMissingFile() {
        assertThatThrownBy(() -> ChangeSetReader.read(folder.resolve("no.json"), "no.json"))
                .isInstanceOf(Fault.class)
                .hasMessage("There is no change set no.json.");
    }

    @Test
    void aFileThatIsNoJsonIsNamedWithItsLine() throws IOException {
        Path file = Files.writeString(folder.resolve("cs.json"), "{\n  \"version\" : 2,\n  oops\n}", UTF_8);
        assertThatThrownBy(() -> ChangeSetReader.read(file, "cs.json"))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("cs.json is not a change set that this version can apply: line 3: ");
    }

    @Test
    void aFolderIsNoChangeSet() {
        assertThatThrownBy(() -> ChangeSetReader.read(folder, "the folder"))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("The change set the folder could not be read: ");
    }
}
