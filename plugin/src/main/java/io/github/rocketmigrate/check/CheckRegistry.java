package io.github.rocketmigrate.check;

import java.util.List;
import java.util.Optional;

/** Lists every check, in the order of reports. */
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

    public static Optional<Check> of(String name) {
        return ALL.stream().filter(check -> check.name().equals(name)).findFirst();
    }
}
