package io.github.rocketmigrate.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.memory.EveryWrite;
import io.github.rocketmigrate.memory.JournalWitness;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemoryRun;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.ProducersView;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.memory.WriteCall;
import io.github.rocketmigrate.memory.WriteFault;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.MigrationRecord.Ownership;
import io.github.rocketmigrate.record.MigrationRecord.RecordedBatch;
import io.github.rocketmigrate.record.MigrationRecord.RecordedObject;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.record.StepNote;
import io.github.rocketmigrate.write.AppliedChange;
import io.github.rocketmigrate.write.SettingsStore;
import io.github.rocketmigrate.write.WriteOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Moves two topics from stage to stage; checks that wait for a cluster to drain find it empty. */
final class TopicWay implements EveryWrite.Story {
    private static final List<String> TOPICS = List.of("clicks", "orders");

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1));
    private final MessageType type;
    private final Stage to;
    private final MigrationPlan plan;
    private final Path journal;
    private final Map<String, ProducersView> views = new LinkedHashMap<>();
    private final boolean joined;
    private List<AppliedChange> applied = List.of();
    private boolean pauses;

    /**
     * Prepares both clusters.
     *
     * @param routing as in the plan
     * @param folder for journals
     */
    TopicWay(MessageType type, String routing, Stage from, Stage to, Path folder) throws Exception {
        this(type, routing, Pair.of(from), recorded(from), to, folder);
    }

    /** Prepares topics that a killed run has left in a closed fence to the destination, and that are to go back. */
    static TopicWay backFromClosedFence(Path folder) throws Exception {
        Pair fence = new Pair(Access.READ, Access.WRITE);
        SortedMap<String, BegunStep> begun = new TreeMap<>();
        TOPICS.forEach(topic -> begun.put(topic, new BegunStep(Standing.of(fence), true)));
        MigrationRecord recorded =
                recorded(new RecordedObject(Optional.of(Stage.READ_BOTH), "12345678", Ownership.CREATED)
                        .withHeading(Stage.READ_BOTH));
        TopicWay way = new TopicWay(
                MessageType.FIFO,
                "join",
                fence,
                new MigrationRecord(recorded.batches(), Map.of(), new TreeSet<>(), false, new TreeSet<>(), 1, begun),
                Stage.READ_BOTH,
                folder);
        TOPICS.forEach(topic -> way.network.brokers(Side.DESTINATION).forEach(it -> it.holds(topic, 0, 0, 5)));
        return way;
    }

    private TopicWay(MessageType type, String routing, Pair from, MigrationRecord recorded, Stage to, Path folder)
            throws Exception {
        this.type = type;
        this.journal = Files.createTempFile(folder, "journal", ".jsonl");
        this.to = to;
        this.joined = routing.equals("join");
        network.cluster(Side.SOURCE, "5.1.4", List.of("10.0.0.11:9876"), "old-a", "old-b")
                .cluster(Side.DESTINATION, "5.3.2", List.of("10.0.1.11:9876", "10.0.1.12:9876"), "new-a", "new-b");
        for (String topic : TOPICS) {
            for (Side side : Side.values()) {
                network.topic(
                        side,
                        topic,
                        ClusterFixture.topic(4)
                                .withType(type.name())
                                .withAccess(Standing.of(from).at(side).first()));
            }
        }
        if (joined) {
            network.joined();
        }
        TOPICS.forEach(topic ->
                views.put(topic, network.watch(topic, joined ? Set.of(Side.DESTINATION) : Set.of(Side.values()))));
        network.witness(new JournalWitness(journal));
        plan = MemorySituation.plan(network, """
                traffic: { routing: %s }
                batches: [{ name: all, stage: %s, topics: [{ name: clicks, type: %s }, { name: orders, type: %s }] }]
                """.formatted(routing, to.word(), type, type));
        Map<String, String> record = RecordFormat.all(plan.name().value(), joined, recorded);
        network.nameServers(Side.DESTINATION).values().forEach(nameServer -> nameServer.remember(record));
    }

    /** Every fence begins with a pause. */
    TopicWay pausing() {
        pauses = true;
        return this;
    }

    /** The record of the run that moved the topics where they are. */
    private static MigrationRecord recorded(Stage from) {
        return recorded(new RecordedObject(Optional.of(from), "12345678", Ownership.CREATED));
    }

    private static MigrationRecord recorded(RecordedObject each) {
        SortedMap<String, RecordedObject> objects = new TreeMap<>();
        TOPICS.forEach(topic -> objects.put(SettingsHash.topicKey(topic), each));
        return new MigrationRecord(
                new TreeMap<>(Map.of("all", new RecordedBatch(1, objects))),
                Map.of(),
                new TreeSet<>(),
                false,
                new TreeSet<>(),
                1);
    }

    @Override
    public MemoryNetwork network() {
        return network;
    }

    @Override
    public void run() throws Exception {
        applied = List.of();
        try (MemoryRun run = MemoryRun.begin(network, journal);
                RouteHold hold = new RouteHold(
                        network.writer(Side.DESTINATION), run.writing().guard(), network.timing())) {
            List<MoveTopic> moves = moves();
            while (!moves.isEmpty()) {
                hold.keep(Map.of());
                Mover mover = new Mover(context(run, hold, MemorySituation.of(network, plan)));
                applied = mover.move(moves);
                if (mover.halt().isPresent()
                        || applied.stream().anyMatch(one -> !one.outcome().isDone())) {
                    return;
                }
                moves = moves();
            }
        } catch (Fault lease) {
            assertThat(lease).hasMessageContaining("lease");
        }
    }

    /** What became of the topics in the last run. */
    List<WriteOutcome> outcomes() {
        return applied.stream().map(AppliedChange::outcome).toList();
    }

    private List<MoveTopic> moves() {
        List<MoveTopic> moves = new ArrayList<>();
        for (Change change : MemorySituation.changes(network, plan)) {
            if (change instanceof MoveTopic move && !(move.rung() instanceof Rung.Foreign)) {
                moves.add(
                        pauses
                                ? new MoveTopic(
                                        move.subject(), move.found(), Ladder.pausing(move.rung()), move.wanted())
                                : move);
            }
        }
        return moves;
    }

    private StepContext context(MemoryRun run, RouteHold hold, Situation situation) {
        ClusterWriter ofSource = network.writer(Side.SOURCE);
        ClusterWriter ofDestination = hold.router();
        SettingsStore.TopicStore source = new SettingsStore.TopicStore(
                ofSource,
                situation.source(),
                joined ? List.of(ofSource, ofDestination) : List.of(ofSource),
                Optional.of(joined ? ofDestination : ofSource));
        SettingsStore.TopicStore destination = new SettingsStore.TopicStore(
                ofDestination, situation.destination(), List.of(ofDestination), Optional.of(ofDestination));
        return new StepContext(
                Map.of(Side.SOURCE, source, Side.DESTINATION, destination),
                Map.of(Side.SOURCE, situation.source(), Side.DESTINATION, situation.destination()),
                joined ? Optional.of(hold) : Optional.empty(),
                new StepNotes(
                        ofDestination,
                        run.writing().guard(),
                        situation,
                        new LateWrites(run.writing().control())),
                run.writing());
    }

    @Override
    public void ended(WriteFault fault, WriteCall write) {
        if (fault == WriteFault.REFUSED) {
            assertKeysKeepTheirQueues();
        }
        Situation now = MemorySituation.of(network, plan);
        for (AppliedChange one : applied) {
            MoveTopic move = (MoveTopic) one.change();
            Standing standing = now.standing(move.subject().name());
            if (one.outcome() == WriteOutcome.CONFIRMED) {
                assertThat(standing).describedAs("%s", one).isEqualTo(move.after());
            } else if (one.outcome() == WriteOutcome.FAILED) {
                assertThat(standing).describedAs("%s", one).isNotEqualTo(move.after());
            }
            if (one.why().contains("put back as it was")) {
                assertThat(standing).describedAs("%s", one).isEqualTo(move.found());
            }
            if (one.outcome() != WriteOutcome.UNKNOWN && !pauses) {
                assertThat(views.get(move.subject().name()).now())
                        .describedAs("producers find a queue unless the outcome is unknown: %s", one)
                        .isNotEmpty();
            }
            assertThat(one.why().isEmpty()).isEqualTo(one.outcome().isDone());
        }
        assertNeverAnOutage();
    }

    private void assertNeverAnOutage() {
        views.forEach((topic, view) -> {
            if (type == MessageType.NORMAL) {
                assertThat(view.wasAlwaysWritable()).describedAs(topic).isTrue();
            } else if (!wasKilledAmongNameServers()) {
                assertThat(view.wasEverWritableOnBothSides()).describedAs(topic).isFalse();
            }
        });
    }

    /** Name servers of joined clusters show all queues of a side or none, unless a run does not learn what it has written. */
    void assertKeysKeepTheirQueues() {
        views.values().stream()
                .filter(view -> joined && type == MessageType.FIFO)
                .forEach(view -> assertThat(view.wasEverWritableInPart())
                        .describedAs("producers never see a part of one side's queues")
                        .isFalse());
    }

    /** A run that was disturbed may leave a note of a step that has ended; the end of the next run removes it. */
    private void assertNothingIsLeft(Map<String, String> notes) {
        if (!network.wasTroubled()) {
            assertThat(StepNote.keysOf(plan.name().value(), notes))
                    .describedAs("notes at a name server")
                    .isEmpty();
        }
    }

    /** Whether name servers send producers to different sides, as they do until the next run closes one. */
    private boolean wasKilledAmongNameServers() {
        return network.killedAt().filter(write -> write.what().equals("route")).isPresent();
    }

    @Override
    public void arrived() {
        Situation now = MemorySituation.of(network, plan);
        for (String topic : TOPICS) {
            assertThat(now.standing(topic)).isEqualTo(Standing.of(Pair.of(to)));
            network.nameServers(Side.DESTINATION).values().forEach(nameServer -> {
                assertThat(nameServer.route(topic).get("new-a").access())
                        .isEqualTo(Pair.of(to).destination());
                if (joined) {
                    assertThat(nameServer.route(topic).get("old-a").access())
                            .isEqualTo(Pair.of(to).source());
                }
                assertNothingIsLeft(nameServer.notes());
            });
        }
        if (!network.wasTroubled()) {
            assertKeysKeepTheirQueues();
        }
        assertNeverAnOutage();
    }
}
