package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.sim.Scenario.Cluster;
import io.github.rocketmigrate.sim.Scenario.Group;
import io.github.rocketmigrate.sim.Scenario.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One rung of a small world: one master and one name server a side, one topic of two queues, two producers, one group of
 * two members.
 *
 * @param path the stages before it, as people asked for them
 * @param fenced whether the topic is FIFO
 */
record RungCase(List<Stage> path, Stage to, boolean fenced) {
    private static final long FIRST_OFFSET = 1_000;

    /** Every rung up and back, with and without fence. */
    static List<RungCase> all() {
        List<Stage> ladder = List.of(Stage.SOURCE, Stage.READ_BOTH, Stage.WRITE_DESTINATION, Stage.DESTINATION);
        List<Stage> longer = List.of(Stage.values());
        return Stream.of(upAndBack(ladder, true), upAndBack(ladder, false), upAndBack(longer, false))
                .flatMap(List::stream)
                .distinct()
                .toList();
    }

    static RungCase named(String name) {
        return all().stream()
                .filter(rung -> rung.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no rung " + name + "; there are "
                        + all().stream().map(RungCase::name).toList()));
    }

    private static List<RungCase> upAndBack(List<Stage> ladder, boolean fenced) {
        List<RungCase> all = new ArrayList<>();
        for (int i = 1; i < ladder.size(); i++) {
            all.add(new RungCase(ladder.subList(0, i), ladder.get(i), fenced));
        }
        for (int i = ladder.size() - 1; i > 0; i--) {
            all.add(new RungCase(ladder.subList(0, i + 1), ladder.get(i - 1), fenced));
        }
        return all;
    }

    Stage from() {
        return path.get(path.size() - 1);
    }

    String name() {
        return from().word() + " to " + to.word() + (fenced ? ", with fence" : ", without fence");
    }

    Scenario scenario() {
        Map<Side, Cluster> clusters = new EnumMap<>(Side.class);
        clusters.put(Side.SOURCE, new Cluster("old", "5.1.4", 1, 1, false));
        clusters.put(Side.DESTINATION, new Cluster("new", "5.3.2", 1, 1, false));
        Topic topic =
                new Topic("orders", fenced ? MessageType.FIFO : MessageType.NORMAL, 2, FIRST_OFFSET, 2, World.SECONDS);
        Group group = new Group("readers", fenced, 2, List.of(topic.name()), World.MILLIS);
        return new Scenario(
                0,
                clusters,
                List.of(topic),
                List.of(group),
                List.of(from(), to),
                Set.of(),
                0,
                Optional.empty(),
                Set.of());
    }
}
