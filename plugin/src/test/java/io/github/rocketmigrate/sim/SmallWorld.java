package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sim.Scenario.Group;
import io.github.rocketmigrate.sim.Scenario.Topic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Servers and clients that do nothing by themselves: the exploration chooses what happens next. Time passes only
 * while a run pauses. A client may put off everything that it does, but not for longer than its period; how long it has is
 * counted in pauses.
 *
 * <p>Longer than 300 lines: the steps of servers and clients, and how long each can be put off, are one list.
 */
final class SmallWorld {
    /** Pauses of a run last at least so long: looking more often would show the same. */
    static final long PAUSE = 12 * World.SECONDS;

    private static final long LONG = World.SECONDS;
    /** Brokers register sooner than that after a change. */
    private static final long REGISTRATION = 8 * World.MILLIS;

    private final Scenario scenario;
    private final State state = new State();
    private final Choices turns = new Choices();
    private final History history = new History(turns::now);
    private final Ledger ledger = new Ledger();
    private final World world = new World(turns, new SplittableRandom(0), history, ledger, SimClientSettings.USUAL);
    private final List<SimProducer> producers = new ArrayList<>();
    private final List<SimConsumer> consumers = new ArrayList<>();

    /** What else is part of the world's state. */
    static final class State {
        private long now;
        /** How many messages each producer has sent. */
        private final SortedMap<String, Integer> sent = new TreeMap<>();
        /** How many pauses each possible step has been put off. */
        private final SortedMap<String, Integer> delays = new TreeMap<>();
    }

    /** Time that events do not wait for: what is planned for later is left to {@link #steps()}. */
    private final class Choices extends Turns {
        private final List<Runnable> planned = new ArrayList<>();

        @Override
        long now() {
            return state.now;
        }

        @Override
        void after(long micros, Runnable what) {
            planned.add(what);
        }
    }

    /** Sets up the servers of a scenario with one topic and one group. */
    SmallWorld(Scenario scenario) {
        this.scenario = scenario;
        new WorldBuilder(world, scenario).build();
    }

    World world() {
        return world;
    }

    Ledger ledger() {
        return ledger;
    }

    History history() {
        return history;
    }

    /** The objects whose contents are the state of this world. */
    List<Object> roots() {
        List<Object> roots = new ArrayList<>();
        roots.add(state);
        for (Side side : Side.values()) {
            roots.addAll(world.nameServers(side));
            world.brokers(side).forEach(broker -> {
                roots.add(broker);
                roots.addAll(broker.servers());
            });
        }
        roots.addAll(producers);
        roots.addAll(consumers);
        roots.add(ledger);
        return roots;
    }

    /** Starts the clients with the destination's name servers. */
    void startClients() {
        Topic topic = scenario.topics().get(0);
        Group group = scenario.groups().get(0);
        List<String> nameServers = scenario.nameServers(Side.DESTINATION);
        for (int i = 1; i <= group.members(); i++) {
            consumers.add(new SimConsumer(
                    world,
                    Step.CONSUMER + i,
                    nameServers,
                    new SimConsumer.Behavior(
                            group.name(), new TreeSet<>(group.topics()), group.orderly(), World.MILLIS, 0)));
        }
        for (int i = 1; i <= topic.producers(); i++) {
            producers.add(producer(i, topic, nameServers));
        }
        consumers.forEach(SimConsumer::start);
        producers.forEach(SimProducer::start);
    }

    /** Each producer has one key and numbers of its own; the keys of two producers go to different queues. */
    private SimProducer producer(int number, Topic topic, List<String> nameServers) {
        String id = Step.PRODUCER + number;
        state.sent.put(id, 0);
        String key = topic.type() == MessageType.FIFO ? Character.toString('a' + number) : "any-" + number;
        return new SimProducer(
                world,
                id,
                nameServers,
                topic.name(),
                topic.type(),
                List.of(key),
                World.MINUTES,
                new SimProducer.Manner(
                        world.clients().poll(), topic.type() == MessageType.FIFO, false, false, () -> false),
                () -> 10 * number + state.sent.get(id));
    }

    /** All that may happen next, apart from what the run does. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (SimBroker broker : world.brokers()) {
            broker.master().registers().stream()
                    .map(world::nameServer)
                    .filter(nameServer -> !nameServer.knows(broker))
                    .forEach(nameServer -> steps.add(register(broker, nameServer)));
        }
        producers.forEach(producer -> addSteps(producer, steps));
        consumers.forEach(consumer -> addSteps(consumer, steps));
        return steps;
    }

    private Step register(SimBroker broker, SimNameServer nameServer) {
        return new Step(Step.Kind.REGISTER, broker.name(), "registers with " + nameServer.address(), () -> {
            nameServer.register(broker, 0, broker.master().address(), state.now);
            history.say(broker.name(), "registers with " + nameServer.address());
        });
    }

    /**
     * A producer sends at any time. Of the messages that it sends with one route, the first and the last are enough: the
     * others lie between them in the same queue, so they are lost or late only if one of the two is. And the last message
     * is worst when it is sent just before the next poll, the first one just after.
     */
    private void addSteps(SimProducer producer, List<Step> steps) {
        Set<String> topics = Set.of(producer.topic());
        if (isBehind(producer, topics)) {
            steps.add(new Step(Step.Kind.POLL, producer.id(), "polls its routes between two messages", () -> {
                send(producer);
                poll(producer, topics, "polls its routes");
                send(producer);
            }));
        }
    }

    private void send(SimProducer producer) {
        int refused = ledger.refusals().size();
        turns.planned.clear();
        producer.next();
        if (ledger.refusals().size() == refused) {
            // What it has planned is that the message arrives.
            turns.planned.get(0).run();
            state.sent.merge(producer.id(), 1, Integer::sum);
        }
    }

    private void poll(SimClient client, Set<String> topics, String words) {
        topics.forEach(client::poll);
        history.say(client.id(), words);
    }

    /** Whether a poll would bring it another route. */
    private boolean isBehind(SimClient client, Set<String> topics) {
        SimNameServer nameServer = world.nameServer(client.nameServers().get(0));
        return topics.stream().anyMatch(topic -> {
            Optional<SimRoute> there = nameServer.route(topic, state.now);
            return there.isPresent() && !there.equals(client.route(topic));
        });
    }

    private void addSteps(SimConsumer consumer, List<Step> steps) {
        boolean polls =
                isBehind(consumer, consumer.topics()) || !consumer.strangers().isEmpty();
        for (String broker : askable(consumer)) {
            Function<List<String>, String> asking = all -> all.contains(broker) ? broker : all.get(0);
            if (polls) {
                String words = "polls its routes and rebalances as " + broker + " says";
                steps.add(new Step(Step.Kind.POLL, consumer.id(), words, () -> {
                    poll(consumer, consumer.topics(), words);
                    consumer.heartbeat();
                    consumer.relock();
                    boolean unusedBalanced = consumer.rebalance(asking);
                }));
            } else if (consumer.isUnbalanced(asking)) {
                String words = "rebalances as " + broker + " says";
                steps.add(new Step(Step.Kind.REBALANCE, consumer.id(), words, () -> {
                    history.say(consumer.id(), words);
                    consumer.relock();
                    boolean unusedBalanced = consumer.rebalance(asking);
                }));
            }
        }
        if (consumer.queues().stream().anyMatch(queue -> queue.isConsuming() || queue.isUncommitted())) {
            steps.add(new Step(Step.Kind.COMMIT, consumer.id(), "consumes and commits", () -> commit(consumer)));
        }
    }

    private void commit(SimConsumer consumer) {
        for (AssignedQueue queue : consumer.queues()) {
            int messages = queue.position().cached();
            for (int i = 0; i < messages && queue.isConsuming(); i++) {
                queue.consumed();
            }
        }
        consumer.commit();
        history.say(consumer.id(), "commits");
    }

    /** Whether a broker does not list a consumer. */
    boolean isMissing(String consumer, String address) {
        SimBroker broker = world.brokers().stream()
                .filter(it -> it.master().address().equals(address))
                .findFirst()
                .orElseThrow();
        String group = scenario.groups().get(0).name();
        return !broker.members(group, state.now).containsKey(consumer);
    }

    /** The brokers that list different members of its group; one of them if they agree. */
    private List<String> askable(SimConsumer consumer) {
        List<String> names = new ArrayList<>();
        Set<Set<String>> lists = new TreeSet<>((one, other) -> one.toString().compareTo(other.toString()));
        for (SimBroker broker : world.brokers()) {
            if (lists.add(broker.members(consumer.group(), state.now).keySet())) {
                names.add(broker.name());
            }
        }
        return names;
    }

    void make(Step step) {
        turns.planned.clear();
        step.action().run();
        state.delays.remove(step.name());
        settle();
    }

    /** Consumers pull at once, as brokers answer pulls that wait. What cannot happen any more is put off no longer. */
    void settle() {
        consumers.forEach(consumer ->
                consumer.queues().stream().filter(AssignedQueue::hasMore).forEach(AssignedQueue::pull));
        if (!state.delays.isEmpty()) {
            state.delays.keySet().retainAll(steps().stream().map(Step::name).toList());
        }
    }

    /** Answers a request of a run after all that is due. */
    Object answer(EngineRequest request) {
        if (!request.is(EngineRequest.Kind.PAUSE)) {
            Object answer = request.effect().get();
            settle();
            return answer;
        }
        List<Step> due = due(request.micros());
        while (!due.isEmpty()) {
            make(due.get(0));
            due = due(request.micros());
        }
        return pass(request.micros());
    }

    /** The steps that nobody can put off until a pause of this length is over. */
    List<Step> due(long micros) {
        if (micros < REGISTRATION) {
            return List.of();
        }
        Set<Step.Kind> kinds = micros < LONG ? EnumSet.of(Step.Kind.REGISTER) : EnumSet.allOf(Step.Kind.class);
        return steps().stream()
                .filter(step -> kinds.contains(step.kind()) && isOverdue(step))
                .toList();
    }

    private boolean isOverdue(Step step) {
        return state.delays.getOrDefault(step.name(), 0) >= step.kind().pauses();
    }

    /** Whether a step, if it is possible, cannot be put off until a pause of this length is over. */
    boolean isDue(Step step, long micros) {
        return due(micros).stream().anyMatch(it -> it.name().equals(step.name()));
    }

    /** Lets time pass when nothing is due; a short pause takes no time. Returns how much has passed. */
    long pass(long micros) {
        long passed = micros < LONG ? 0 : Math.max(micros, PAUSE);
        state.now += passed;
        if (passed >= LONG) {
            steps().forEach(step -> state.delays.merge(step.name(), 1, Integer::sum));
            stayAlive();
        }
        return passed;
    }

    /** Makes all steps until none is possible; as long as brokers list different members, nobody is content. */
    void makeAll() {
        for (List<Step> steps = steps(); !steps.isEmpty(); steps = steps()) {
            make(steps.stream().min(Comparator.comparing(Step::kind)).get());
        }
    }

    /** Lets time pass until a multiple of this length, when nothing is left to do. */
    void passUntilNext(long micros) {
        long until = (state.now / micros + 1) * micros;
        while (until - state.now > 2 * PAUSE) {
            long unusedPassed = pass(PAUSE);
        }
        long unusedPassed = pass(until - state.now);
    }

    /** What servers and clients repeat so often that nobody forgets them. */
    private void stayAlive() {
        for (SimBroker broker : world.brokers()) {
            broker.master().registers().stream()
                    .map(world::nameServer)
                    .filter(nameServer -> nameServer.knows(broker))
                    .forEach(nameServer ->
                            nameServer.register(broker, 0, broker.master().address(), state.now));
        }
        for (SimConsumer consumer : consumers) {
            world.brokers().stream()
                    .filter(broker ->
                            broker.members(consumer.group(), state.now).containsKey(consumer.id()))
                    .forEach(broker -> broker.heartbeat(consumer, state.now));
            consumer.relock();
            consumer.queues().forEach(AssignedQueue::stayAlive);
        }
    }

    /** Brokers read the name servers of their settings every two minutes. */
    void readSettings() {
        world.brokers().forEach(broker -> {
            Set<String> unusedLeft = broker.master().readNameServers();
        });
    }

    /** The clients with the newest routes, as bits. */
    int upToDate() {
        int bits = 0;
        List<SimClient> clients = clients();
        for (int i = 0; i < clients.size(); i++) {
            SimClient client = clients.get(i);
            Set<String> topics =
                    client instanceof SimConsumer consumer ? consumer.topics() : Set.of(((SimProducer) client).topic());
            if (!isBehind(client, topics)) {
                bits |= 1 << i;
            }
        }
        return bits;
    }

    List<SimClient> clients() {
        List<SimClient> clients = new ArrayList<>(producers);
        clients.addAll(consumers);
        return clients;
    }
}
