package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** The simulated clusters and clients. */
final class SimulatedSceneWorld implements SceneWorld {
    /** A server that starts listens after some seconds. */
    private static final long START = 4 * World.SECONDS;

    private static final long FOREVER = 1_000 * World.MINUTES;
    private static final long BETWEEN_MESSAGES = 50 * World.MILLIS;

    private final Turns turns = new Turns();
    private final SceneLedger ledger = new SceneLedger(turns::now);
    private final World world;
    private final Map<Side, ClusterWriter> writers = new EnumMap<>(Side.class);
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, SimConsumer> consumers = new HashMap<>();
    private final Map<String, SimProducer> producers = new HashMap<>();
    private int numbers;

    SimulatedSceneWorld(Map<Side, ServerVersion> versions, SimClientSettings clients, boolean joined) {
        this.world = new World(turns, new SplittableRandom(1), new History(turns::now), ledger, clients);
        SimProcess process = new SimProcess(world, "scene", false, RequestFaults.NONE);
        for (Side side : Side.values()) {
            addresses.put(SceneWorld.nameServer(side), Scenario.network(side) + "1:9876");
            addresses.put(SceneWorld.broker(side), Scenario.network(side) + "10:10911");
            world.add(side, new SimNameServer(addresses.get(SceneWorld.nameServer(side)), versions.get(side)));
        }
        for (Side side : Side.values()) {
            Set<String> nameServers = new TreeSet<>(Set.of(addresses.get(SceneWorld.nameServer(side))));
            if (side == Side.SOURCE && joined) {
                nameServers.add(addresses.get(SceneWorld.nameServer(Side.DESTINATION)));
            }
            world.add(
                    side,
                    new SimBroker(
                            side.word(),
                            SceneWorld.broker(side),
                            versions.get(side),
                            List.of(new SimServer(0, addresses.get(SceneWorld.broker(side)), nameServers))),
                    0);
            writers.put(side, new SimWriter(world, process, side));
        }
        turns.sleep(World.SECONDS);
    }

    @Override
    public Duration now() {
        return Duration.ofNanos(turns.now() * 1_000);
    }

    @Override
    public void pause(Duration duration) {
        turns.sleep(Turns.micros(duration));
    }

    @Override
    public ServerVersion version(Side side) {
        return world.broker(SceneWorld.broker(side)).version();
    }

    @Override
    public ClusterWriter cluster(Side side) {
        return writers.get(side);
    }

    private List<String> nameServers(Side side) {
        return List.of(addresses.get(SceneWorld.nameServer(side)));
    }

    @Override
    public void startConsumer(Member member) {
        ledger.reads(member);
        SimConsumer consumer = new SimConsumer(
                world,
                member.name(),
                nameServers(member.nameServer()),
                new SimConsumer.Behavior(
                        member.group(),
                        new TreeSet<>(member.topics()),
                        member.orderly(),
                        Turns.micros(member.takes()),
                        0));
        consumers.put(member.name(), consumer);
        consumer.start();
    }

    @Override
    public void startProducer(String name, Side nameServer, String topic) {
        SimProducer producer = new SimProducer(
                world,
                name,
                nameServers(nameServer),
                topic,
                MessageType.NORMAL,
                List.of("k"),
                BETWEEN_MESSAGES,
                new SimProducer.Manner(world.clients().poll(), false, false, false, () -> false),
                () -> numbers++);
        producers.put(name, producer);
        producer.start();
    }

    @Override
    public void stop(String client) {
        if (consumers.containsKey(client)) {
            consumers.remove(client).shutdown();
        } else {
            producers.remove(client).stopped();
        }
    }

    @Override
    public void send(Side side, String topic, int queues, int count) {
        SimBroker broker = world.broker(SceneWorld.broker(side));
        for (int i = 0; i < count; i++) {
            world.store(
                    broker,
                    i % queues,
                    new SimMessage(numbers++, topic, "k", ledger.nextPlace(topic, "k"), "sender", Optional.empty()));
            turns.sleep(World.MILLIS);
        }
    }

    /** Each scene has a world of its own. */
    @Override
    public void awaitOthers() {}

    @Override
    public void kill(String server) {
        world.stop(addresses.get(server), FOREVER);
    }

    @Override
    public void launch(String server) {
        turns.after(START, () -> world.start(addresses.get(server)));
    }

    @Override
    public boolean listens(String server) {
        return world.isUp(addresses.get(server));
    }

    @Override
    public List<ClientEvent> clientEvents() {
        return ledger.events();
    }

    /** Faults of the simulator itself. */
    List<Throwable> failures() {
        return turns.failures();
    }

    @Override
    public void close() {
        world.end();
    }
}
