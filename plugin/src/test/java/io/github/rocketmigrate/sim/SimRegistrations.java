package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.TopicSettings;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;

/** When brokers register with which name servers: at their start, again and again, and when a topic has changed. */
final class SimRegistrations {
    /** When a broker that has started registers again, and reads its name servers. */
    private static final long FIRST = 10 * World.SECONDS;

    private static final long REGISTRATION = 30 * World.SECONDS;
    private static final long SETTINGS_READ = 2 * World.MINUTES;

    private final World world;
    private final SplittableRandom random;

    SimRegistrations(World world, SplittableRandom random) {
        this.world = world;
        this.random = random;
    }

    /** How long a broker may have run that nobody has just started. */
    long anyAge() {
        return random.nextLong(SETTINGS_READ);
    }

    /**
     * A server starts and registers. Of brokers from 5.0 on the first registration is lost if their connection is not up in
     * time, which the moment decides.
     */
    void start(SimBroker broker, SimServer server) {
        if (broker.version().isFour() || world.now() % 2 == 0) {
            register(broker, server);
        }
        run(broker, server, 0);
    }

    /** A server is there that has run for some time. */
    void add(SimBroker broker, SimServer server, long age) {
        register(broker, server);
        run(broker, server, age);
    }

    private void run(SimBroker broker, SimServer server, long age) {
        int life = server.startLife();
        again(next(REGISTRATION, age), REGISTRATION, server, life, () -> register(broker, server));
        if (broker.version().isAtLeast(4, 9, 4)) {
            again(next(SETTINGS_READ, age), SETTINGS_READ, server, life, () -> readNameServers(server));
        }
    }

    private static long next(long period, long age) {
        return Math.floorMod(FIRST - age, period);
    }

    private void again(long first, long period, SimServer server, int life, Runnable what) {
        world.turns().after(first, () -> {
            if (!world.isEnded() && server.isInLife(life)) {
                what.run();
                again(period, period, server, life, what);
            }
        });
    }

    private void register(SimBroker broker, SimServer server) {
        for (String address : server.registers()) {
            at(server, address, it -> it.register(broker, server.id(), server.address(), world.now()));
        }
    }

    private void at(SimServer server, String nameServer, Consumer<SimNameServer> what) {
        SimNameServer it = world.nameServer(nameServer);
        if (it != null && world.isUp(server.address()) && world.reaches(server.address(), nameServer)) {
            what.accept(it);
        }
    }

    /** A server that has new name servers registers with them the next time, which may be at the same moment. */
    private void readNameServers(SimServer server) {
        if (world.isUp(server.address())
                && !server.registers().equals(Server.addresses(server.settings().get(Server.NAME_SERVERS)))) {
            Set<String> unusedLeft = server.readNameServers();
            world.history().say(server.address(), "uses the name servers " + server.registers());
        }
    }

    /** Topics have changed: their broker registers them at once with each of its name servers, a little apart. */
    void changed(SimBroker broker, Set<String> topics) {
        SortedMap<String, TopicSettings> changed = new TreeMap<>(broker.topics());
        changed.keySet().retainAll(topics);
        long dataVersion = broker.dataVersion();
        String address = broker.master().address();
        soon(broker, it -> it.registerTopics(broker, address, world.now(), changed, dataVersion));
    }

    /** A broker registers all its topics at once. */
    void all(SimBroker broker) {
        soon(broker, it -> it.register(broker, 0, broker.master().address(), world.now()));
    }

    private void soon(SimBroker broker, Consumer<SimNameServer> what) {
        for (String address : broker.master().registers()) {
            world.turns()
                    .after(World.MILLIS + random.nextLong(4 * World.MILLIS), () -> at(broker.master(), address, what));
        }
    }
}
