package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.QueueKey;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * What producers and consumers share: a client asks one of its name servers for routes until that one fails, polls them
 * every 30 s, and keeps an old route when there is no new one.
 */
abstract class SimClient {
    private final World world;
    private final String id;
    private final List<String> nameServers;
    private final SplittableRandom random;
    private final SortedMap<String, SimRoute> routes = new TreeMap<>();
    private int chosen;
    private boolean stopped;

    SimClient(World world, String id, List<String> nameServers) {
        this.world = world;
        this.id = id;
        this.nameServers = List.copyOf(nameServers);
        this.random = world.split();
        this.chosen = random.nextInt(nameServers.size());
    }

    World world() {
        return world;
    }

    String id() {
        return id;
    }

    List<String> nameServers() {
        return nameServers;
    }

    SplittableRandom random() {
        return random;
    }

    boolean isStopped() {
        return stopped || world.isEnded();
    }

    void stopped() {
        stopped = true;
    }

    Optional<SimRoute> route(String topic) {
        return Optional.ofNullable(routes.get(topic));
    }

    SortedMap<String, SimRoute> routes() {
        return routes;
    }

    /** Asks for the route of a topic. Returns whether the route is another one than before. */
    boolean poll(String topic) {
        for (int i = 0; i < nameServers.size(); i++) {
            String address = nameServers.get((chosen + i) % nameServers.size());
            if (world.reaches(id, address)) {
                chosen = (chosen + i) % nameServers.size();
                Optional<SimRoute> found = world.nameServer(address).route(topic, world.now());
                return found.isPresent() && !found.get().equals(routes.put(topic, found.get()));
            }
        }
        return false;
    }

    /** Asks for all routes that it uses. */
    abstract void pollAll();

    /** The broker of a queue, if the client knows its address and reaches it. */
    Optional<SimBroker> broker(String topic, QueueKey queue) {
        return route(topic)
                .flatMap(route -> route.master(queue.broker()))
                .filter(address -> world.reaches(id, address))
                .map(address -> world.broker(queue.broker()));
    }
}
