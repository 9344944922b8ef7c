package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What operators and other teams do beside the migration. */
final class Hands {
    private static final String NORMAL_TOPIC = "clicks";
    private static final String THEIRS = "theirs";

    private final World world;
    private final Scenario scenario;
    /** The member of another team's group that has a name of ours. */
    private Optional<SimConsumer> namesake = Optional.empty();

    Hands(World world, Scenario scenario) {
        this.world = world;
        this.scenario = scenario;
    }

    /** A topic that an operator has closed on a broker. */
    record Closed(SimBroker broker, String topic, TopicSettings before) {
        boolean isStillClosed() {
            return !broker.topics().get(topic).access().isWritable();
        }

        String what() {
            return topic + " on " + broker.name();
        }
    }

    /** Another team uses a topic of its own at the destination, and has given its group a name of ours. */
    void shareGroupName() {
        world.brokers(Side.DESTINATION)
                .forEach(broker -> world.put(broker, THEIRS, TopicSettings.of(2, Access.READ_WRITE)));
        namesake = Optional.of(startTheirs(sharedGroup()));
    }

    /** The other team renames its group, and deletes the old name with its offsets. */
    void renameTheirGroup() {
        String group = sharedGroup();
        String retries = SystemNames.retryTopic(group);
        world.history().say("people", "rename the other group " + group + " at the destination");
        namesake.ifPresent(SimConsumer::shutdown);
        for (SimBroker broker : world.brokers(Side.DESTINATION)) {
            world.remove(broker, retries);
            broker.removeGroup(group);
            world.nameServers(Side.DESTINATION).forEach(it -> it.removeRoute(retries, broker.cluster()));
        }
        namesake = Optional.empty();
        SimConsumer unused = startTheirs(THEIRS + "-readers");
    }

    /** A report names the client of the other team. Its old group may have offsets of ours by now, and stays. */
    void renameTheirClient(String told) {
        if (namesake.isPresent() && told.contains(namesake.get().id())) {
            world.history().say("people", "give " + namesake.get().id() + " another group");
            namesake.get().shutdown();
            namesake = Optional.empty();
            SimConsumer unused = startTheirs(THEIRS + "-readers");
        }
    }

    private String sharedGroup() {
        return scenario.groups().get(0).name();
    }

    private SimConsumer startTheirs(String group) {
        world.brokers(Side.DESTINATION).forEach(broker -> world.put(broker, group, GroupSettings.DEFAULT));
        SimConsumer consumer = new SimConsumer(
                world,
                THEIRS + "-1",
                scenario.nameServers(Side.DESTINATION),
                new SimConsumer.Behavior(group, new TreeSet<>(Set.of(THEIRS)), false, World.MILLIS, 0));
        consumer.start();
        return consumer;
    }

    Optional<Closed> closeTopic() {
        if (!scenario.hasOperator()
                || world.brokers(Side.SOURCE).size() == 1
                || scenario.topics().stream().noneMatch(topic -> topic.name().equals(NORMAL_TOPIC))) {
            return Optional.empty();
        }
        SimBroker broker = world.brokers(Side.SOURCE).get(0);
        Closed closed = new Closed(broker, NORMAL_TOPIC, broker.topics().get(NORMAL_TOPIC));
        world.history().say("operator", "closes " + closed.what() + " for writing");
        world.put(broker, NORMAL_TOPIC, closed.before().withAccess(Access.READ));
        world.turns().sleep(World.MINUTES);
        return Optional.of(closed);
    }

    void open(Closed closed) {
        world.history().say("operator", "opens " + closed.what() + " again");
        world.put(closed.broker(), closed.topic(), closed.before());
        world.turns().sleep(World.MINUTES);
    }

    /** The record is lost with the disks of name servers, while a broker with unread messages is down. */
    void before(Stage stage) {
        List<SimBroker> brokers = world.brokers(Side.SOURCE);
        if (!scenario.losesRecord() || stage != Stage.DESTINATION || brokers.size() < 2) {
            return;
        }
        world.stop(brokers.get(brokers.size() - 1).master().address(), 8 * World.MINUTES);
        world.nameServers(Side.DESTINATION).forEach(nameServer -> {
            world.history().say(nameServer.address(), "loses its disk");
            nameServer.notes().clear();
        });
        world.turns().sleep(3 * World.MINUTES);
    }

    /**
     * Another team creates its group in both clusters, and begins where the topic is read now: at the end of all queues that
     * are readable.
     */
    void create(Scenario.Group group) {
        world.history().say("people", "create " + group.name());
        for (Side side : Side.values()) {
            for (SimBroker broker : world.brokers(side)) {
                world.put(broker, group.name(), GroupSettings.DEFAULT);
                group.topics().forEach(topic -> beginAtTheEnd(broker, topic, group.name()));
            }
        }
        group.topics().forEach(topic -> world.ledger().beginsNow(topic, group.name()));
    }

    private static void beginAtTheEnd(SimBroker broker, String topic, String group) {
        TopicSettings settings = broker.topics().get(topic);
        if (settings != null && settings.access().isReadable()) {
            broker.ranges(topic).forEach((queue, range) -> broker.commit(group, topic, queue, range.next()));
        }
    }

    /** Somebody stops a group at one broker of the source, where it has nothing to read any more. */
    boolean disableGroup(Stage stage) {
        if (!scenario.disablesGroup() || stage != Stage.DESTINATION) {
            return false;
        }
        SimBroker broker = world.brokers(Side.SOURCE).get(0);
        String group = scenario.groups().get(0).name();
        world.history().say("operator", "disables " + group + " on " + broker.name());
        broker.groups().computeIfPresent(group, (name, settings) -> settings.withEnabled(false));
        return true;
    }

    /** Somebody reads where the group is disabled, because its topics have gone back there and nobody reads them. */
    void enableGroup(Side side) {
        String group = scenario.groups().get(0).name();
        for (SimBroker broker : world.brokers(side)) {
            GroupSettings settings = broker.groups().get(group);
            if (settings != null && !settings.enabled()) {
                world.history().say("operator", "enables " + group + " on " + broker.name());
                broker.groups().put(group, settings.withEnabled(true));
            }
        }
    }
}
