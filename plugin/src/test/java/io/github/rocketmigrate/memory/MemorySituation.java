package io.github.rocketmigrate.memory;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Planner;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectUse;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.ObjectsToRemove;
import io.github.rocketmigrate.observe.OpenFences;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.StaleRoutes;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Looks at a {@link MemoryNetwork} as a goal looks at two clusters, short of their traffic. */
public final class MemorySituation {
    /** Reading a plan takes longer than applying it in memory. */
    private static final Map<String, MigrationPlan> PLANS = new ConcurrentHashMap<>();

    private MemorySituation() {}

    /** A plan for the two clusters of a network. */
    public static MigrationPlan plan(MemoryNetwork network, String lines) {
        String text = """
                version: 1
                name: shop-to-5x
                source: { nameServers: [%s] }
                destination: { nameServers: [%s] }
                """.formatted(addresses(network, Side.SOURCE), addresses(network, Side.DESTINATION)) + lines;
        return PLANS.computeIfAbsent(text, Plans::whole);
    }

    private static String addresses(MemoryNetwork network, Side side) {
        return network.nameServers(side).keySet().stream()
                .map(address -> '"' + address + '"')
                .collect(Collectors.joining(", "));
    }

    public static Situation of(MemoryNetwork network, MigrationPlan plan) {
        Metadata source = network.reader(Side.SOURCE).metadata();
        MemoryReader reader = network.reader(Side.DESTINATION);
        Set<String> foreign =
                network.brokers(Side.SOURCE).stream().map(MemoryBroker::address).collect(Collectors.toSet());
        Metadata destination = reader.metadata(reader.nameServers(), foreign);
        ConsumerOffsets progress = network.reader(Side.SOURCE).consumerOffsets(source);
        Map<String, Map<String, String>> notes = reader.notes();
        MigrationRecord recorded = RecordFormat.read(plan.name().value(), notes);
        Situation found = new Situation(
                plan,
                Selection.ALL.in(plan, progress).with(recorded),
                source,
                destination,
                progress,
                QueueOffsets.NONE,
                recorded,
                Map.of(),
                Optional.empty(),
                network.timing().clock().instant());
        SortedSet<String> turning = OpenFences.inQuestion(found);
        SortedSet<String> unseen = StaleRoutes.inQuestion(found);
        Map<String, Pair> unfinished = new HashMap<>(OpenFences.in(found, turning, reader.routes(turning)));
        unfinished.putAll(StaleRoutes.in(
                found,
                unseen,
                Map.of(
                        Side.SOURCE,
                        network.reader(Side.SOURCE).routes(unseen),
                        Side.DESTINATION,
                        reader.routes(unseen))));
        Situation turned = withoutObjectsToRemove(found.withUnfinishedSteps(unfinished), network);
        return turned.withQueueOffsets(reader.queueOffsets(destination, Planner.inQuestion(turned)));
    }

    private static Situation withoutObjectsToRemove(Situation situation, MemoryNetwork network) {
        ObjectsToRemove objects = ObjectsToRemove.in(situation);
        try {
            return objects.isEmpty()
                    ? situation
                    : situation.removing(objects.usedBy(ObjectUse.read(
                            network.reader(Side.DESTINATION),
                            situation.destination(),
                            objects.topics().keySet(),
                            objects.groups().keySet(),
                            network.timing().clock())));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The changes of one kind that a plan asks for now. */
    public static <C extends Change> List<C> changes(MemoryNetwork network, MigrationPlan plan, Class<C> kind) {
        return changes(network, plan).stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    /** What a plan asks for now. */
    public static List<Change> changes(MemoryNetwork network, MigrationPlan plan) {
        return Planner.plan(of(network, plan)).changes();
    }
}
