package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What happens in migrations that have a {@link Feature}. */
final class FeatureHands {
    private static final String THIRD = "third";
    private static final String THEIRS = "third-topic";
    private static final String OURS = "clicks";
    private static final int MOST_SET_BACK = 8;
    private static final long MOST_IN_RUN = 3 * World.MINUTES;
    private static final long LEAST_OFFLINE = 10 * World.MINUTES;
    /** How long topics stay at each stage, if the plan says so. */
    static final Duration SOAK = Duration.ofMinutes(2);

    private final World world;
    private final Scenario scenario;
    private final Applications applications;
    /** Whether the third cluster has a topic of our name. */
    private boolean shares;

    /** Whether the plan has a wrong type. */
    private boolean isTypeWrong;

    private Optional<SimConsumer> third = Optional.empty();
    private long back;

    FeatureHands(World world, Scenario scenario, Applications applications) {
        this.world = world;
        this.scenario = scenario;
        this.applications = applications;
        this.isTypeWrong = scenario.has(Feature.TYPE_MISTAKEN);
    }

    private SplittableRandom choices(Feature feature) {
        return feature.choices(scenario.seed()).split();
    }

    /** The plan as people write it: perhaps with a wrong type, or with a time for each stage. */
    String written(String plan) {
        String typed = isTypeWrong ? plan.replace(OURS + ", type: NORMAL", OURS + ", type: DELAY") : plan;
        return scenario.has(Feature.SOAK)
                ? typed.replace("traffic: { ", "traffic: { soak: " + SOAK.toMinutes() + "m, ")
                : typed;
    }

    /** People set the type as soon as a report names what the messages are. */
    void correctType(String told) {
        if (isTypeWrong && told.contains("sampled, and the plan says DELAY")) {
            world.history().say("people", "set the type of " + OURS + " to NORMAL");
            isTypeWrong = false;
        }
    }

    /** A topic with a wrong type, whose producers send from the beginning, may not leave the source. */
    void hasType(Stage reached, Invariants invariants) {
        if (isTypeWrong && reached != Stage.SOURCE) {
            invariants.violated("type", OURS + " left the source as DELAY, and its messages are NORMAL");
        }
    }

    /** Sets up what is there from the beginning. */
    void build() {
        if (scenario.has(Feature.THIRD_CLUSTER)) {
            SplittableRandom random = choices(Feature.THIRD_CLUSTER);
            SimServer server =
                    new SimServer(0, "10.0.2.10:10911", new TreeSet<>(scenario.nameServers(Side.DESTINATION)));
            SimBroker broker =
                    new SimBroker(THIRD, THIRD + "-a", ServerVersion.of("5.1.4").orElseThrow(), List.of(server));
            broker.put(THEIRS, TopicSettings.of(2, Access.READ_WRITE));
            // Without a join, nothing compares the names of topics.
            shares = random.nextBoolean() && !scenario.isClientRouting();
            if (shares) {
                broker.put(OURS, TopicSettings.of(2, Access.READ_WRITE));
            }
            broker.groups().put(THIRD + "-readers", GroupSettings.DEFAULT);
            world.addOther(broker);
            third = Optional.of(read(shares ? List.of(THEIRS, OURS) : List.of(THEIRS)));
            write(broker);
        }
    }

    private SimConsumer read(List<String> topics) {
        SimConsumer consumer = new SimConsumer(
                world,
                THIRD + "-1",
                scenario.nameServers(Side.DESTINATION),
                new SimConsumer.Behavior(THIRD + "-readers", new TreeSet<>(topics), false, World.MILLIS, 0));
        consumer.start();
        return consumer;
    }

    /** The other team sends messages, as long as the world turns. */
    private void write(SimBroker broker) {
        if (!world.isEnded()) {
            broker.topics().keySet().stream()
                    .filter(topic -> topic.equals(OURS) || topic.equals(THEIRS))
                    .forEach(topic -> world.strange(broker, topic));
            world.turns().after(10 * World.SECONDS, () -> write(broker));
        }
    }

    /** The other team gives its topic another name. */
    void correct() {
        if (shares) {
            shares = false;
            world.history().say("people", "rename the topic " + OURS + " of the third cluster");
            third.ifPresent(SimConsumer::shutdown);
            third = Optional.of(read(List.of(THEIRS)));
            world.remove(world.broker(THIRD + "-a"), OURS);
            world.nameServers(Side.DESTINATION).forEach(it -> it.removeRoute(OURS, THIRD));
        }
    }

    /** Something happens before, or in, the run for a place of the path. */
    void before(int place) {
        if (scenario.place(Feature.BROKER_ADDED) == place) {
            SplittableRandom random = choices(Feature.BROKER_ADDED);
            Side side = random.nextBoolean() ? Side.SOURCE : Side.DESTINATION;
            inRun(random, () -> addBroker(side));
        }
        if (scenario.place(Feature.OFFSETS_SET_BACK) == place) {
            SplittableRandom random = choices(Feature.OFFSETS_SET_BACK);
            inRun(random, () -> setBack(group(random), random));
        }
        if (scenario.place(Feature.OFFLINE) == place) {
            SplittableRandom random = choices(Feature.OFFLINE);
            inRun(random, () -> stop(group(random), LEAST_OFFLINE + random.nextLong(LEAST_OFFLINE)));
        }
    }

    private void inRun(SplittableRandom random, Runnable what) {
        if (random.nextBoolean()) {
            what.run();
        } else {
            world.turns().after(random.nextLong(MOST_IN_RUN), () -> {
                if (!world.isEnded()) {
                    what.run();
                }
            });
        }
    }

    private Scenario.Group group(SplittableRandom random) {
        List<Scenario.Group> all = scenario.groups().stream()
                .filter(group -> !scenario.isBroadcasting(group))
                .toList();
        return all.get(random.nextInt(all.size()));
    }

    /** An operator installs a broker with the topics and groups that another one of its cluster has at this moment. */
    private void addBroker(Side side) {
        SimBroker like = world.brokers(side).get(0);
        SimServer server =
                new SimServer(0, Scenario.network(side) + "19:10911", new TreeSet<>(scenario.nameServers(side)));
        SimBroker added = new SimBroker(like.cluster(), like.cluster() + "-x", like.version(), List.of(server));
        world.history().say("operator", "adds " + added.name() + " to the " + side.word());
        like.topics().forEach(added::put);
        added.groups().putAll(like.groups());
        world.add(side, added, 0);
        applications.producers().forEach(producer -> producer.divideAnew(added.name()));
        // Producers may find it before such members do, which begin at the end.
        applications
                .consumers()
                .values()
                .forEach(consumer -> consumer.local()
                        .ifPresent(offsets -> consumer.topics()
                                .forEach(topic -> added.ranges(topic)
                                        .keySet()
                                        .forEach(queue ->
                                                offsets.hidden(topic, new QueueKey(added.name(), queue), 0)))));
    }

    /** An operator stops a group, sets its offsets back where it reads, and starts it again. */
    private void setBack(Scenario.Group group, SplittableRandom random) {
        world.history().say("operator", "sets the offsets of " + group.name() + " back");
        List<SimConsumer> members = members(group);
        members.forEach(SimConsumer::shutdown);
        for (SimBroker broker : world.brokers()) {
            for (String topic : group.topics()) {
                TopicSettings settings = broker.topics().get(topic);
                if (settings != null && settings.access().isReadable()) {
                    broker.ranges(topic)
                            .forEach((queue, range) -> broker.offset(group.name(), topic, queue)
                                    .ifPresent(offset -> broker.commit(
                                            group.name(),
                                            topic,
                                            queue,
                                            Math.max(range.first(), offset - random.nextInt(MOST_SET_BACK)))));
                }
            }
        }
        start(members);
    }

    private List<SimConsumer> members(Scenario.Group group) {
        return applications.consumers().values().stream()
                .filter(consumer -> consumer.group().equals(group.name()))
                .toList();
    }

    private void start(List<SimConsumer> members) {
        members.forEach(member -> applications.replace(member.again()));
    }

    private void stop(Scenario.Group group, long lasting) {
        List<SimConsumer> members = members(group);
        world.history().say("people", "stop " + group.name());
        members.forEach(SimConsumer::shutdown);
        back = world.now() + lasting;
        world.turns().after(lasting, () -> {
            if (!world.isEnded()) {
                world.history().say("people", "start " + group.name());
                // Those that people have restarted in the meantime are there already.
                start(members.stream()
                        .filter(member -> applications.consumers().get(member.id()) == member)
                        .toList());
            }
        });
    }

    /** People wait for a group that is offline. */
    void awaitOffline() {
        if (back > world.now()) {
            world.turns().sleep(back - world.now() + World.MINUTES);
        }
    }
}
