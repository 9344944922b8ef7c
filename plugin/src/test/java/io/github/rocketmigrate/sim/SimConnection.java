package io.github.rocketmigrate.sim;

import java.util.List;

/** The connection of a producer to a second cluster, whose routes it polls as well. */
final class SimConnection extends SimClient {
    private final String topic;

    SimConnection(World world, String id, List<String> nameServers, String topic) {
        super(world, id, nameServers);
        this.topic = topic;
    }

    @Override
    void pollAll() {
        if (poll(topic)) {
            world().history().say(id(), "has a new route of " + topic + " in the second cluster");
        }
    }
}
