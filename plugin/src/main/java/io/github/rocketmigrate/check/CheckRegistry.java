package io.github.rocketmigrate.check;

import io.github.rocketmigrate.plan.StepConditions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lists every check, in the order of reports. Each gate of a plan is a check of its own, after the others. */
public final class CheckRegistry {
    private static final List<Check> ALL = List.of(
            new BrakeReleased(),
            new FreezeCheck(),
            new SoakCheck(),
            new BrokerNamesDistinct(),
            new ClusterNamesDistinct(),
            new ZonesMatch(),
            new DestinationClean(),
            new ClientCompatible(),
            new NoAutoCreate(),
            new NameServersPlanned(),
            new RecordOfThisPlan(),
            new BrokersPresent(),
            new DestinationStable(),
            new GroupsPlanned(),
            new ConsumersSwitched(),
            new QueuesAssigned(),
            new ProducersSwitched(),
            new OrderMatches(),
            new TypeMatches(),
            new FeaturesFit(),
            new NoGrpcClients(),
            new FenceReady(),
            new SourceQuiet(),
            new SourceDrained(),
            new SourceClosed(),
            new NothingStranded(),
            new NothingLeftBehind());

    private CheckRegistry() {}

    public static List<Check> all() {
        return ALL;
    }

    /** The checks of a topic's steps: all of them, and the gates of its batch. */
    public static List<Check> of(StepConditions conditions) {
        List<GateCheck> gates = conditions.gateList().map(GateCheck::new).toList();
        return gates.isEmpty()
                ? ALL
                : Stream.concat(ALL.stream(), gates.stream()).toList();
    }

    public static Optional<Check> of(String name) {
        return ALL.stream().filter(check -> check.name().equals(name)).findFirst();
    }
}
