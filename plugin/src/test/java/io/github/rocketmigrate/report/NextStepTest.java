package io.github.rocketmigrate.report;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.observe.TrafficFixture.amount;
import static io.github.rocketmigrate.observe.TrafficFixture.due;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.decide.Assessment;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.observe.TrafficFixture;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.write.AppliedChanges;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * After a step that is complete, reports name the next stage and the line to edit.
 *
 * <p>Longer than 300 lines: each case is a whole situation, and the cases share their clusters.
 */
final class NextStepTest {
    @Test
    void aPlanWithoutTrafficIsDone() {
        assertThat(next("batches: [{ name: all, topics: [{ name: orders, type: NORMAL }] }]\n", Access.READ_WRITE, null)
                        .what())
                .isEqualTo("nothing to do");
    }

    @Test
    void fromTheSourceConsumersSwitchFirst() {
        NextStep next = next(plan("source", false), Access.READ_WRITE, null);
        assertThat(next.what())
                .isEqualTo("set stage: read-both for batch all (line 8) once the consumers also run at the"
                        + " destination");
        assertThat(next.commands()).containsExactly("mvn migrate:plan");
    }

    @Test
    void fromReadBothProducersFollow() {
        assertThat(next(plan("read-both", false), Access.READ_WRITE, Access.READ)
                        .what())
                .startsWith("set stage: write-destination for batch all (line 8) once ");
    }

    @Test
    void fromWriteDestinationTheSourceIsConsumedFirst() {
        assertThat(next(plan("write-destination", false), Access.READ, Access.READ_WRITE)
                        .what())
                .isEqualTo(
                        "set stage: destination for batch all (line 8) once no unread, delayed or half message is left"
                                + " at the source");
    }

    /** Without the numbers, the condition sends its reader to look for them elsewhere. */
    @Test
    void aCleanBoardCountsWhatKeepsATopicFromItsNextStage() {
        Situation waiting =
                Situations.withMasters(situation(plan("write-destination", false), Access.READ, Access.READ_WRITE));
        TrafficFixture traffic = TrafficFixture.of("orders")
                .consumes(Side.DESTINATION, "billing", "orders", "b@1")
                .queue(Side.SOURCE, "orders", "old-a", 0, 0, 9)
                .offset(Side.SOURCE, "billing", "orders", "old-a", 0, 9);
        assertThat(onBoard(waiting, traffic))
                .isEqualTo("set stage: destination for batch all (line 8) now that no unread, delayed or half"
                        + " message is left at the source");
        traffic.offset(Side.SOURCE, "billing", "orders", "old-a", 0, 7)
                .keeps(Side.SOURCE, HeldKind.DELAYED, due("orders", 3, Situations.NOON.plus(Duration.ofHours(2))))
                .keeps(Side.SOURCE, HeldKind.HALF, amount(1, Map.of("orders", 1L)));
        assertThat(onBoard(waiting, traffic))
                .endsWith("is left at the source; now left: 2 unread, 3 delayed, 1 half message; the last delayed one"
                        + " is due at 14:00 UTC (in 2 h)");
    }

    /** The step had the condition that all consumers switch, below a board that said that all have. */
    @Test
    void aCleanBoardSaysThatAllConsumersHaveSwitched() {
        Situation joined = joined();
        TrafficFixture traffic = TrafficFixture.of("orders")
                .consumes(Side.SOURCE, "billing", "orders", "b@1")
                .uses("billing", "b@1", "10.0.1.11:9876");
        assertThat(onBoard(joined, traffic))
                .isEqualTo("set stage: read-both for batch all (line 8) now that all consumers use the destination's"
                        + " name servers");
        traffic.consumes(Side.SOURCE, "audit", "orders", "a@1");
        assertThat(onBoard(joined, traffic)).contains("(line 8) once all consumers use");
        traffic.uses("audit", "a@1", "10.0.0.11:9876");
        assertThat(onBoard(joined, traffic)).contains("(line 8) once all consumers use");
    }

    private static Situation joined() {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .with("orders", topic(4));
        return Situations.withMasters(Situations.of(
                plan("source", false).replace("routing: client", "routing: join"),
                source,
                cluster("new", "5.5.0", "new-a").nameServer("10.0.1.11:9876", source.build())));
    }

    /** A group that is down has not shown where it will consume. */
    @Test
    void anOfflineGroupKeepsTheConditionOfTheNextStage() {
        Situation joined = joined();
        TrafficFixture traffic = TrafficFixture.of("orders")
                .consumes(Side.SOURCE, "billing", "orders", "b@1")
                .uses("billing", "b@1", "10.0.1.11:9876")
                .queue(Side.SOURCE, "orders", "old-a", 0, 0, 9)
                .offset(Side.SOURCE, "audit", "orders", "old-a", 0, 9);
        assertThat(onBoard(joined, traffic)).contains("(line 8) once all consumers use");
    }

    @Test
    void aCleanBoardNamesWhatWouldKeepAFenceClosed() {
        String fifo = plan("read-both", false).replace("NORMAL", "FIFO");
        Situation before = Situations.withMasters(Situations.of(
                fifo,
                cluster("old", "4.9.7", "old-a").with("orders", topic(4)),
                cluster("new", "5.5.0", "new-a")
                        .with("orders", topic(4).withType("FIFO").withAccess(Access.READ))));
        TrafficFixture delayed = TrafficFixture.of("orders")
                .keeps(Side.SOURCE, HeldKind.DELAYED, due("orders", 3, Situations.NOON.plus(Duration.ofHours(2))));
        assertThat(onBoard(before, delayed))
                .endsWith(
                        "; now the fence would wait for messages at the source: 3 delayed; the last delayed one is due"
                                + " at 14:00 UTC (in 2 h)");
    }

    private static String onBoard(Situation situation, TrafficFixture traffic) {
        PlanReport plan = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL),
                "change-set.json",
                Assessment.of(situation),
                List.of());
        return new StatusReport(plan, traffic.build()).next().what();
    }

    @Test
    void atTheDestinationOnlyTheEndOfTheJoinIsLeft() {
        NextStep next = next(plan("destination", false), Access.NONE, Access.READ_WRITE);
        assertThat(printed(next))
                .containsExactly(
                        "Next: set complete: true in traffic (line 5), once you no longer need to",
                        "move back:",
                        "  mvn migrate:plan",
                        "  = help:",
                        "    https://rocketmigrate.github.io/first-migration.html#leave-the-join");
        assertThat(PlanMarkdown.next(next))
                .contains("([help](https://rocketmigrate.github.io/first-migration.html#leave-the-join)):");
    }

    /** They would stay behind, and with them the messages that nobody migrated. */
    @Test
    void topicsOfTheSourceThatAreNotPlannedComeBeforeTheEndOfTheJoin() {
        String plan = plan("destination", false).replace("client", "join");
        NextStep one = next(withOthers(plan, "mail"), Selection.ALL);
        assertThat(one.what())
                .isEqualTo("add the topic of the source that is not in the plan (mail) to the plan, or to ignoredTopics"
                        + " if it stays there; until then, keep the join");
        assertThat(one.commands()).containsExactly("mvn migrate:discover -Dmigrate.merge=true");
        assertThat(next(withOthers(plan, "mail", "audit", "clicks", "views"), Selection.ALL)
                        .what())
                .startsWith(
                        "add the 4 topics of the source that are not in the plan (audit, clicks, mail and 1 more) to")
                .doesNotContain("complete");
        String ignored = "ignoredTopics: [{ name: mail, reason: nobody sends }]\n" + plan;
        assertThat(next(withOthers(ignored, "mail"), Selection.ALL).what()).startsWith("set complete: true");
        assertThat(next(withOthers(ignored, "mail", "views"), Selection.ALL).what())
                .contains("(views)");
    }

    private static Situation withOthers(String plan, String... others) {
        ClusterFixture source = cluster("old", "4.9.7", "old-a")
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876;10.0.1.11:9876")
                .with("orders", topic(4).withAccess(Access.NONE));
        for (String other : others) {
            source.with(other, topic(4));
        }
        return Situations.of(
                plan,
                source,
                cluster("new", "5.5.0", "new-a")
                        .nameServer("10.0.1.11:9876", source.build())
                        .with("orders", topic(4)));
    }

    @Test
    void afterTheEndTheSourceIsSwitchedOff() {
        assertThat(next(plan("destination", true), Access.NONE, Access.READ_WRITE)
                        .what())
                .isEqualTo("switch off the source, once nothing else uses it");
    }

    /** A broker whose configuration file is written anew would join again at its next start. */
    @Test
    void afterTheJoinIsLeftTheDestinationIsRemovedFromConfigurationsFirst() {
        assertThat(printed(next(situation(joining(), Access.NONE, Access.READ_WRITE), Selection.ALL)))
                .containsExactly(
                        "Next: remove the destination's name servers from the configuration of the",
                        "source's brokers, if you manage it elsewhere; then switch off the source,",
                        "once nothing else uses it.",
                        "  = help:",
                        "    https://rocketmigrate.github.io/first-migration.html#leave-the-join");
    }

    @Test
    void aPartOfThePlanDoesNotEndTheMigration() {
        Selection all = Selection.of("all", null, null);
        Situation part = Situations.of(
                Plans.plan(joining()),
                all,
                cluster("old", "4.9.7", "old-a")
                        .with("orders", topic(4).withAccess(Access.NONE))
                        .build(),
                cluster("new", "5.5.0", "new-a").with("orders", topic(4)).build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
        assertThat(next(part, all).what()).isEqualTo("nothing to do in the selected part of the plan");
    }

    /** The end of the join takes away what these clients still find. */
    @Test
    void clientsThatCameBackToTheSourceComeBeforeTheEndOfTheJoin() {
        Situation arrived =
                Situations.withMasters(situation(plan("destination", false), Access.NONE, Access.READ_WRITE));
        PlanReport plan = new PlanReport(
                new Invocation("migration.yaml", Selection.ALL), "change-set.json", Assessment.of(arrived), List.of());
        NextStep alone = new StatusReport(plan, TrafficFixture.of("orders").build()).next();
        assertThat(alone.what()).startsWith("set complete: true");
        TrafficFixture back = TrafficFixture.of("orders").consumes(Side.SOURCE, "billing", "orders", "m@1");
        NextStep next = new StatusReport(plan, back.build()).next();
        assertThat(next.what())
                .isEqualTo("have batch all switch the clients of billing that are named above, then look again");
        assertThat(next.commands()).containsExactly("mvn migrate:status");
    }

    private static String joining() {
        return plan("destination", true).replace("client", "join");
    }

    private static List<String> printed(NextStep next) {
        List<String> lines = new ArrayList<>();
        new Layout(new PlainTerminal(lines)).next(next);
        return lines;
    }

    /** After a night in which topics went back, nobody is asked to move them forward again at once. */
    @Test
    void afterAStepBackTheNextStepIsTheReadersChoice() {
        Situation back = situation(plan("read-both", false), Access.READ_WRITE, Access.READ)
                .withRecorded(recorded(Stage.WRITE_DESTINATION, Optional.empty()));
        String words = "batch all went back to read-both and can stay there; to go forward again, set stage:"
                + " write-destination for batch all (line 8) once the consumers receive from both clusters and the"
                + " producers have switched too";
        assertThat(next(back, Selection.ALL).what()).as("by the run itself").isEqualTo(words);
        assertThat(next(
                                back.withRecorded(recorded(Stage.READ_BOTH, Optional.of(Stage.WRITE_DESTINATION))),
                                Selection.ALL)
                        .what())
                .as("by an earlier run")
                .isEqualTo(words);
        assertThat(next(back.withRecorded(recorded(Stage.READ_BOTH, Optional.of(Stage.SOURCE))), Selection.ALL)
                        .what())
                .as("after a step forward")
                .startsWith("set stage: write-destination ");
    }

    /** Somebody who has just taken orders back at night must not read "set stage: write-destination" first. */
    @Test
    void whatWentBackIsNamedBeforeABatchThatCouldGoForward() {
        Situation back = Situations.of(
                        plan("read-both", false)
                                + "  - { name: web, stage: read-both, topics: [{ name: clicks, type: NORMAL }] }\n",
                        cluster("old", "4.9.7", "old-a")
                                .with("orders", topic(4))
                                .with("clicks", topic(4)),
                        cluster("new", "5.5.0", "new-a")
                                .with("orders", topic(4).withAccess(Access.READ))
                                .with("clicks", topic(4).withAccess(Access.READ)))
                .withRecorded(recorded(Stage.WRITE_DESTINATION, Optional.empty()));
        assertThat(next(back, Selection.ALL).what())
                .startsWith(
                        "batch all went back to read-both and can stay there; batch web has not gone back; to move it"
                                + " forward, set stage: write-destination for batch web (line ");
    }

    private static MigrationRecord recorded(Stage stage, Optional<Stage> before) {
        RecordedObject orders =
                new RecordedObject(Optional.of(stage), "12345678", Ownership.CREATED, Optional.empty(), before);
        return new MigrationRecord(
                new TreeMap<>(Map.of(
                        "all", new RecordedBatch(1, new TreeMap<>(Map.of(SettingsHash.topicKey("orders"), orders))))),
                Map.of(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                1);
    }

    private static final String TWO_BATCHES = """
            traffic: { routing: client }
            batches:
              - name: web
                stage: read-both
                topics:
                  - { name: orders, type: NORMAL }
                  - { name: invoices, type: NORMAL, stage: source }
                  - { name: refunds, type: NORMAL, stage: read-both }
              - name: mail
                topics: [{ name: letters, type: NORMAL }]
            """;

    @Test
    void aTopicWithAStageOfItsOwnHasItsOwnLine() {
        Selection invoices = Selection.of(null, "invoices", null);
        assertThat(next(twoBatches(invoices), invoices).what())
                .isEqualTo("set stage: read-both for topic invoices (line 11) once the consumers also run at the"
                        + " destination");
    }

    /** What has begun is finished first; nothing that could move is kept from its reader. */
    @Test
    void allLinesAreNamedTheFurthestFirst() {
        assertThat(next(twoBatches(Selection.ALL), Selection.ALL).what())
                .isEqualTo("set stage: write-destination for batch web (line 8) once the consumers receive from both"
                        + " clusters and the producers have switched too; set stage: read-both for topic invoices"
                        + " (line 11), batch mail (line 13) once the consumers also run at the destination");
        assertThat(next(twoBatches(Selection.ALL, Stage.SOURCE), Selection.ALL).what())
                .startsWith("set stage: read-both for batch web (line 8), batch mail (line 13) once ");
    }

    @Test
    void ofManyBatchesSomeAreNamedAndTheOthersCounted() {
        StringBuilder plan = new StringBuilder("traffic: { routing: client }\nbatches:\n");
        ClusterFixture source = cluster("old", "4.9.7", "old-a");
        ClusterFixture destination = cluster("new", "5.5.0", "new-a");
        for (int i = 1; i <= 5; i++) {
            plan.append("  - { name: b" + i + ", topics: [{ name: t" + i + ", type: NORMAL }] }\n");
            source.with("t" + i, topic(4));
            destination.with("t" + i, topic(4).withType("NORMAL").withAccess(Access.NONE));
        }
        assertThat(next(Situations.of(plan.toString(), source, destination), Selection.ALL)
                        .what())
                .contains("for batch b1 (line 7), batch b2 (line 8), batch b3 (line 9) and 2 more batches once ");
    }

    @Test
    void onlySelectedBatchesAndTopicsAreNamed() {
        Selection mail = Selection.of("mail", null, null);
        assertThat(next(twoBatches(mail), mail).what())
                .startsWith("set stage: read-both for batch mail (line 13) once ")
                .doesNotContain("web", "invoices");
    }

    /** A client that changes its name servers before the join would not see its topics. */
    @Test
    void theJoinComesBeforeTheTasksOfApplications() {
        assertThat(beforeJoin("false").what()).isEqualTo("apply the join, then do what is listed under 'To do'");
        assertThat(beforeJoin("false").commands())
                .containsExactly("mvn migrate:apply -Dmigrate.changeSet=change-set.json");
        assertThat(beforeJoin("true").what())
                .describedAs("a check holds the join itself")
                .isEqualTo("do what is listed under 'To do', then plan again");
    }

    /** A change set that fits no plan any more would end as stale, and the reader would not know why. */
    @Test
    void afterAnEditThePlanIsMadeAgainAndNotTheSavedChangeSetApplied() {
        NextStep saved = NextStep.after(blocked(Optional.of("change-set.json")));
        assertThat(saved.what())
                .isEqualTo(
                        "do what is listed under 'To do', then run again or, if you have edited the plan, plan again");
        assertThat(saved.commands())
                .containsExactly("mvn migrate:apply -Dmigrate.changeSet=change-set.json", "mvn migrate:plan");
        assertThat(NextStep.after(blocked(Optional.empty())).commands())
                .describedAs("a run without a change set plans for itself")
                .containsExactly("mvn migrate:apply");
    }

    private static ApplyReport blocked(Optional<String> changeSet) {
        Invocation invocation =
                new Invocation("migration.yaml", Selection.ALL, changeSet, List.of(), Optional.empty(), List.of());
        PlanReport plan = new PlanReport(invocation, "change-set.json", heldJoin("true"), List.of());
        RunResult run = new RunResult(
                ApplyReport.GOAL,
                false,
                List.of(),
                List.of(),
                AppliedChanges.NONE,
                new TreeMap<>(),
                List.of(),
                List.of());
        return new ApplyReport(plan, plan, run, Optional.empty(), List.of());
    }

    private static NextStep beforeJoin(String createsTopics) {
        return new PlanReport(
                        new Invocation("migration.yaml", Selection.ALL),
                        "change-set.json",
                        heldJoin(createsTopics),
                        List.of())
                .next();
    }

    private static Assessment heldJoin(String createsTopics) {
        ClusterFixture old = cluster("old", "4.9.7", "old-a")
                .setting("old-a", "namesrvAddr", "10.0.0.11:9876")
                .setting("old-a", "autoCreateTopicEnable", createsTopics)
                .with("orders", topic(4));
        return Assessment.of(
                Situations.of(plan("read-both", false).replace("client", "join"), old, cluster("new", "5.5.0", "new-a"))
                        .withTraffic(TrafficFixture.of("orders")
                                .consumes(Side.SOURCE, "stranger", "orders", "s@1")
                                .build()));
    }

    private static Situation twoBatches(Selection selection) {
        return twoBatches(selection, Stage.READ_BOTH);
    }

    private static Situation twoBatches(Selection selection, Stage ofFirst) {
        Access there = ofFirst == Stage.SOURCE ? Access.NONE : Access.READ;
        return Situations.of(
                Plans.plan(TWO_BATCHES.replace("stage: read-both", "stage: " + ofFirst.word())),
                selection,
                cluster("old", "4.9.7", "old-a")
                        .with("orders", topic(4))
                        .with("invoices", topic(4))
                        .with("refunds", topic(4))
                        .with("letters", topic(4))
                        .build(),
                cluster("new", "5.5.0", "new-a")
                        .with("orders", topic(4).withAccess(there))
                        .with("invoices", topic(4).withAccess(Access.NONE))
                        .with("refunds", topic(4).withAccess(there))
                        .with("letters", topic(4).withAccess(Access.NONE))
                        .build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
    }

    private static String plan(String stage, boolean complete) {
        return """
                traffic: { routing: client, complete: %s }
                batches:
                  - name: all
                    stage: %s
                    topics: [{ name: orders, type: NORMAL }]
                """.formatted(complete, stage);
    }

    private static NextStep next(String lines, Access source, Access destination) {
        return next(situation(lines, source, destination), Selection.ALL);
    }

    private static Situation situation(String lines, Access source, Access destination) {
        ClusterFixture there = cluster("new", "5.5.0", "new-a");
        if (destination != null) {
            there.with("orders", topic(4).withAccess(destination));
        } else {
            there.with("orders", topic(4).withAccess(lines.contains("traffic") ? Access.NONE : Access.READ_WRITE));
        }
        return Situations.of(
                lines, cluster("old", "4.9.7", "old-a").with("orders", topic(4).withAccess(source)), there);
    }

    private static NextStep next(Situation situation, Selection selection) {
        Assessment assessment = Assessment.of(Situations.withMasters(situation));
        assertThat(assessment.changes().changes())
                .describedAs("nothing left to change")
                .isEmpty();
        return new PlanReport(new Invocation("migration.yaml", selection), "change-set.json", assessment, List.of())
                .next();
    }
}
