package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.sim.Scenario.Cluster;
import io.github.rocketmigrate.sim.Scenario.Group;
import io.github.rocketmigrate.sim.Scenario.Mistake;
import io.github.rocketmigrate.sim.Scenario.Topic;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for a smaller scenario that violates the same invariant: with fewer topics, members, servers, troubles. */
final class Shrinking {
    private final Seeds seeds;
    private final String invariant;

    Shrinking(Seeds seeds, String invariant) {
        this.seeds = seeds;
        this.invariant = invariant;
    }

    /** The smallest scenario that it finds. */
    Scenario shrink(Scenario scenario) {
        Scenario smallest = scenario;
        Optional<Scenario> smaller = Optional.of(scenario);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = smaller(smallest).stream().filter(this::violates).findFirst();
        }
        return smallest;
    }

    private boolean violates(Scenario scenario) {
        return seeds.result(scenario).violations().stream()
                .anyMatch(violation -> violation.invariant().equals(invariant));
    }

    private static List<Scenario> smaller(Scenario scenario) {
        List<Scenario> all = new ArrayList<>();
        if (scenario.topics().size() > 1) {
            for (Topic topic : scenario.topics()) {
                all.add(scenario.without(topic));
            }
        }
        for (Mistake mistake : scenario.mistakes()) {
            all.add(scenario.without(mistake));
        }
        for (Feature feature : scenario.features()) {
            all.add(scenario.without(feature));
        }
        for (Side side : Side.values()) {
            Cluster cluster = scenario.clusters().get(side);
            if (!cluster.equals(cluster.small())) {
                Map<Side, Cluster> others = new EnumMap<>(scenario.clusters());
                others.put(side, cluster.small());
                all.add(scenario.with(others));
            }
        }
        for (Group group : scenario.groups()) {
            if (group.members() > 1) {
                all.add(scenario.withGroups(scenario.groups().stream()
                        .map(it -> it.equals(group) ? group.alone() : it)
                        .toList()));
            }
        }
        for (int i = 1; i < scenario.path().size(); i++) {
            List<Stage> path = new ArrayList<>(scenario.path());
            path.remove(i);
            all.add(scenario.withPath(path));
        }
        if (scenario.troubles() > 0) {
            all.add(scenario.withTroubles(0));
            all.add(scenario.withTroubles(scenario.troubles() - 1));
        }
        return all;
    }
}
