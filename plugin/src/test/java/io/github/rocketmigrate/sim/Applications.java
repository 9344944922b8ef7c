package io.github.rocketmigrate.sim;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sim.Scenario.Group;
import io.github.rocketmigrate.sim.Scenario.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The producers and consumers of a scenario, which people restart with other name servers. */
final class Applications {
    private static final long POLL_OF_PROXIES = 5 * World.MINUTES;

    private final World world;
    private final Scenario scenario;
    private final List<SimProducer> producers = new ArrayList<>();
    private final SortedMap<String, SimConsumer> consumers = new TreeMap<>();
    private int numbers;

    Applications(World world, Scenario scenario) {
        this.world = world;
        this.scenario = scenario;
    }

    List<SimProducer> producers() {
        return producers;
    }

    /** The consumers by client id; a member that has crashed stays here until it is replaced. */
    SortedMap<String, SimConsumer> consumers() {
        return consumers;
    }

    void start(Group group) {
        start(group, Side.SOURCE);
    }

    /** Starts the members with the name servers of one side. */
    void start(Group group, Side side) {
        for (int i = 1; i <= group.members(); i++) {
            String id = group.name() + "-" + i;
            SimConsumer.Behavior behavior = new SimConsumer.Behavior(
                    group.name(),
                    new TreeSet<>(group.topics()),
                    group.orderly(),
                    group.takes(),
                    scenario.failing(group),
                    listed(group),
                    Optional.of(id)
                            .filter(unused -> scenario.isBroadcasting(group))
                            .map(LocalOffsets::new));
            replace(
                    scenario.isClientRouting()
                            ? new SimConsumer(world, id, scenario.nameServers(side), behavior, id)
                            : new SimConsumer(world, id, scenario.nameServers(side), behavior));
        }
    }

    /**
     * The members of the broadcasting group are restarted. One that had lost a queue for a while reports the offset of before,
     * and consumes from there only after a restart.
     */
    void restartBroadcasting() {
        world.history().say("people", "restart the members of the broadcasting group");
        List.copyOf(consumers.values()).stream()
                .filter(consumer -> consumer.local().isPresent())
                .forEach(consumer -> replace(consumer.restarted(consumer.nameServers())));
    }

    /** People start what a report calls offline. */
    void startCrashed() {
        List<SimConsumer> crashed =
                consumers.values().stream().filter(SimConsumer::isCrashed).toList();
        if (!crashed.isEmpty()) {
            world.history().say("people", "start the clients that have crashed");
            crashed.forEach(consumer -> replace(consumer.again()));
        }
    }

    private Optional<SortedSet<String>> listed(Group group) {
        return Optional.of(group)
                .filter(scenario::listsBrokers)
                .map(unused ->
                        world.brokers(Side.SOURCE).stream().map(SimBroker::name).collect(toCollection(TreeSet::new)));
    }

    /** The members of a group are restarted without their list of brokers. */
    void divideAll(Group group) {
        world.history().say("people", "remove the list of brokers from " + group.name());
        List.copyOf(consumers.values()).stream()
                .filter(consumer -> consumer.group().equals(group.name()))
                .forEach(consumer -> replace(consumer.dividingAll()));
    }

    void start(Topic topic) {
        if (scenario.sharesKeys(topic)) {
            world.ledger().share(topic.name());
        }
        for (int i = 1; i <= topic.producers(); i++) {
            int owner = scenario.sharesKeys(topic) ? 1 : i;
            List<String> keys = List.of("k" + owner + "1", "k" + owner + "2", "k" + owner + "3");
            SimProducer producer = new SimProducer(
                    world,
                    topic.name() + "-sender-" + i,
                    scenario.nameServers(Side.SOURCE),
                    topic.name(),
                    topic.type(),
                    keys,
                    scenario.interval(topic),
                    manner(topic),
                    () -> numbers++);
            producers.add(producer);
            producer.start();
        }
    }

    private SimProducer.Manner manner(Topic topic) {
        return new SimProducer.Manner(
                scenario.hasProxies() ? POLL_OF_PROXIES : world.clients().poll(),
                scenario.isByKey(topic),
                scenario.holdsLong(),
                scenario.has(OpenSituation.LATENCY_AVOIDED) && topic.type() == MessageType.NORMAL,
                () -> scenario.pauses() && isPaused(topic.name()));
    }

    /** Whether all brokers are closed for writing, or a name server shows them so already. */
    private boolean isPaused(String topic) {
        boolean isShown = world.nameServers(Side.DESTINATION).stream()
                .flatMap(nameServer -> nameServer.route(topic, world.now()).stream())
                .anyMatch(route -> route.writable().isEmpty());
        return isShown
                || Arrays.stream(Side.values())
                        .flatMap(side -> world.brokers(side).stream())
                        .map(broker -> broker.topics().get(topic))
                        .noneMatch(settings ->
                                settings != null && settings.access().isWritable());
    }

    /** Starts the members of a group that begins while topics are on their way. */
    void startAnew(Group group) {
        start(group, scenario.isClientRouting() ? Side.SOURCE : Side.DESTINATION);
        if (scenario.isClientRouting()) {
            for (int i = 1; i <= group.members(); i++) {
                switchConsumer(group.name() + "-" + i);
            }
        }
    }

    /** With {@code routing: client}, an application gets a member in the destination beside the one in the source. */
    void switchConsumer(String id) {
        if (scenario.isClientRouting()) {
            world.history().say("people", "start a member of " + id + " at the destination");
            replace(consumers.get(id).beside(id + "-new", scenario.nameServers(Side.DESTINATION)));
            return;
        }
        world.history().say("people", "restart " + id + " with the destination's name servers");
        replace(consumers.get(id).restarted(scenario.nameServers(Side.DESTINATION)));
    }

    void replace(SimConsumer next) {
        consumers.put(next.id(), next);
        next.start();
    }

    void switchProducer(int index) {
        if (scenario.isClientRouting()) {
            world.history().say("people", "connect " + producers.get(index).id() + " to the destination too");
            producers.get(index).connect(scenario.nameServers(Side.DESTINATION));
            return;
        }
        SimProducer next = producers.get(index).restarted(scenario.nameServers(Side.DESTINATION));
        world.history().say("people", "restart " + next.id() + " with the destination's name servers");
        producers.set(index, next);
        next.start();
    }
}
