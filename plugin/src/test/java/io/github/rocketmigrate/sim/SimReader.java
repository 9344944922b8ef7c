package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.ClusterMembers;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.TimedTraffic;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.cluster.TrafficQuestion;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads a simulated cluster with the requests, and in the order, of the reader of real clusters.
 *
 * <p>Longer than 300 lines: it has a method for each thing that is read.
 */
final class SimReader implements ClusterReader {
    private static final int MOST_OF_QUEUE = 32;
    private static final int MOST_SAMPLED = 64;
    private static final int MESSAGE_BYTES = 300;
    private static final Duration LONG_UPTIME = Duration.ofDays(400);

    private final World world;
    private final Requests requests;
    private final Side side;

    SimReader(World world, Requests requests, Side side) {
        this.world = world;
        this.requests = requests;
        this.side = side;
    }

    @Override
    public List<NameServer> nameServers() {
        return world.nameServers(side).stream()
                .map(it -> requests.ask(it.address(), "brokers", () -> it.seen(world.now())))
                .toList();
    }

    @Override
    public Metadata metadata(List<NameServer> nameServers, Set<String> foreign) {
        ClusterMembers members = ClusterMembers.of(side.word(), wanted(), nameServers, foreign, PlanPositions.NONE);
        SortedMap<String, Broker> brokers = new TreeMap<>();
        members.brokers().forEach((name, addresses) -> {
            Broker seen = at(name, "topics and groups", world.broker(name)::seen);
            brokers.put(
                    name,
                    new Broker(
                            seen.name(),
                            seen.address(),
                            seen.version(),
                            seen.settings(),
                            seen.topics(),
                            seen.groups(),
                            seen.replicas().stream()
                                    .filter(replica -> addresses.containsValue(replica.address()))
                                    .toList()));
        });
        return new Metadata(members.cluster(), nameServers, brokers);
    }

    /** The name of the cluster, which a plan has to give if name servers list several. */
    private Optional<String> wanted() {
        return world.hasOthers() ? Optional.of(world.brokers(side).get(0).cluster()) : Optional.empty();
    }

    private <T> T at(String broker, String what, java.util.function.Supplier<T> answer) {
        return requests.ask(world.broker(broker).master().address(), what, answer);
    }

    @Override
    public ConsumerOffsets consumerOffsets(Metadata metadata) {
        Map<String, Map<String, Map<QueueKey, Long>>> all = new HashMap<>();
        for (String name : metadata.brokers().keySet()) {
            at(name, "offsets", world.broker(name)::copyOfOffsets)
                    .forEach((group, topics) -> topics.forEach((topic, queues) ->
                            queues.forEach((queue, next) -> all.computeIfAbsent(group, key -> new HashMap<>())
                                    .computeIfAbsent(topic, key -> new HashMap<>())
                                    .put(new QueueKey(name, queue), next))));
        }
        return new ConsumerOffsets(all);
    }

    /** The simulated world discovers nothing. */
    @Override
    public Map<String, LastConsumed> lastConsumed(
            Metadata metadata, ConsumerOffsets offsets, Collection<String> groups) {
        return Map.of();
    }

    @Override
    public QueueOffsets queueOffsets(Metadata metadata, Collection<String> topics) {
        Map<String, Map<QueueKey, QueueRange>> ranges = new HashMap<>();
        for (String topic : new TreeSet<>(topics)) {
            for (String name : metadata.topic(topic).keySet()) {
                SortedMap<Integer, QueueRange> found =
                        at(name, "queues of " + topic, () -> world.broker(name).ranges(topic));
                Map<QueueKey, QueueRange> ofTopic = ranges.computeIfAbsent(topic, key -> new HashMap<>());
                found.forEach((queue, range) -> ofTopic.put(new QueueKey(name, queue), range));
            }
        }
        return new QueueOffsets(ranges);
    }

    @Override
    public Clients clients(Metadata metadata, Collection<String> groups) {
        Clients members = members(metadata, groups);
        return new Clients(members.groups(), Optional.of(producers(metadata)));
    }

    private Map<String, Set<Client>> producers(Metadata metadata) {
        Map<String, Set<Client>> all = new HashMap<>();
        for (String name : metadata.brokers().keySet()) {
            at(name, "producers", () -> world.producers(name))
                    .forEach(producer -> all.computeIfAbsent(producer.topic() + "-producers", key -> new HashSet<>())
                            .add(new Client(
                                    producer.clientId(), SimProducer.address(producer.clientId()), "JAVA", "V5_3_2")));
        }
        return all;
    }

    /** The last messages of all queues of a broker at once: how many requests they take does not matter here. */
    private Map<String, TopicSenders> senders(Metadata metadata, QueueOffsets queues, Collection<String> topics) {
        Map<String, TopicSenders> senders = new HashMap<>();
        for (String topic : new TreeSet<>(topics)) {
            senders.put(topic, TopicSenders.NONE);
            for (String name : metadata.topic(topic).keySet()) {
                SortedMap<String, Instant> last =
                        at(name, "last messages of " + topic, () -> last(world.broker(name), topic, queues));
                senders.merge(topic, new TopicSenders(last, Optional.empty()), TopicSenders::and);
            }
        }
        return senders;
    }

    @Override
    public Map<String, TopicSenders> senders(Metadata metadata, QueueOffsets queues, Map<String, Long> newest) {
        return senders(metadata, queues, newest.keySet());
    }

    /** The newest messages of all queues of a broker at once, as their producers send them. */
    @Override
    public Map<String, MessageSample> samples(Metadata metadata, QueueOffsets queues, Collection<String> topics) {
        Map<String, MessageSample> samples = new HashMap<>();
        for (String topic : new TreeSet<>(topics)) {
            samples.put(topic, MessageSample.NONE);
            for (String name : metadata.topic(topic).keySet()) {
                MessageSample ofBroker =
                        at(name, "a sample of " + topic, () -> sample(world.broker(name), topic, queues));
                samples.merge(topic, ofBroker, MessageSample::and);
            }
        }
        return samples;
    }

    /** Clients of remoting leave no mark of an order. */
    private MessageSample sample(SimBroker broker, String topic, QueueOffsets queues) {
        MessageType type = world.sent(topic);
        MessageSample one = switch (type) {
            case DELAY -> MessageSample.delayed(1, MESSAGE_BYTES);
            case FIFO -> MessageSample.of(MessageType.NORMAL, MESSAGE_BYTES);
            default -> MessageSample.of(type, MESSAGE_BYTES);
        };
        MessageSample all = MessageSample.NONE;
        for (Map.Entry<QueueKey, QueueRange> queue :
                queues.topics().getOrDefault(topic, Map.of()).entrySet()) {
            if (queue.getKey().broker().equals(broker.name())) {
                long held = Math.min(MOST_SAMPLED, queue.getValue().held());
                for (int i = 0; i < held; i++) {
                    all = all.and(one);
                }
            }
        }
        return all;
    }

    private SortedMap<String, Instant> last(SimBroker broker, String topic, QueueOffsets queues) {
        SortedMap<String, Instant> last = new TreeMap<>();
        queues.topics().getOrDefault(topic, Map.of()).forEach((queue, range) -> {
            if (queue.broker().equals(broker.name())) {
                String before = "";
                for (SimMessage message : broker.queue(topic, queue.queue())
                        .from(Math.max(range.first(), range.next() - MOST_OF_QUEUE), MOST_OF_QUEUE)) {
                    if (!message.producer().equals(before)) {
                        before = message.producer();
                        // No migration takes so long that a message is too old to tell.
                        last.put(SimProducer.address(before), Instant.MAX);
                    }
                }
            }
        });
        return last;
    }

    private Clients members(Metadata metadata, Collection<String> groups) {
        Map<String, ConsumerGroup> online = new HashMap<>();
        for (String group : new TreeSet<>(groups)) {
            ConsumerGroup all = ConsumerGroup.OFFLINE;
            for (String name : metadata.brokers().keySet()) {
                all = all.and(at(name, "members of " + group, () -> members(world.broker(name), group)));
            }
            online.put(group, all);
        }
        return new Clients(online, Optional.empty());
    }

    private ConsumerGroup members(SimBroker broker, String group) {
        SortedMap<String, GroupMember> members = new TreeMap<>();
        SortedSet<String> topics = new TreeSet<>();
        broker.members(group, world.now()).forEach((id, member) -> {
            members.put(
                    id,
                    new GroupMember(
                            new Client(id, member.client().address(), "JAVA", "V5_3_2"),
                            new TreeSet<>(Set.of(broker.name()))));
            topics.addAll(member.client().topics());
        });
        boolean broadcasting = broker.members(group, world.now()).values().stream()
                .anyMatch(member -> member.client().local().isPresent());
        return members.isEmpty()
                ? ConsumerGroup.OFFLINE
                : new ConsumerGroup(broadcasting, Optional.of(ConsumeMode.PUSH), topics, members);
    }

    @Override
    public ClientReports clientReports(
            Metadata metadata, Clients clients, Map<String, ? extends Collection<String>> members) {
        Map<String, Map<String, ClientReport>> reports = new HashMap<>();
        Map<String, Map<String, String>> silent = new HashMap<>();
        new TreeMap<>(members).forEach((group, ids) -> {
            Map<String, ClientReport> found = new HashMap<>();
            Map<String, String> reasons = new HashMap<>();
            for (String id : new TreeSet<>(ids)) {
                Optional<ClientReport> report =
                        report(group, id, clients.group(group).members().get(id).masters());
                report.ifPresentOrElse(it -> found.put(id, it), () -> reasons.put(id, "it did not answer within 5 s"));
            }
            reports.put(group, found);
            silent.put(group, reasons);
        });
        return new ClientReports(reports, silent);
    }

    /** Asks a member through the masters that list it, one after the other. */
    private Optional<ClientReport> report(String group, String id, SortedSet<String> masters) {
        for (String name : masters) {
            SimBroker broker = world.broker(name);
            Optional<ClientReport> report = at(
                    name,
                    "a report of " + id,
                    () -> Optional.ofNullable(broker.members(group, world.now()).get(id))
                            .map(SimBroker.Member::client)
                            .filter(client -> !client.isStopped()
                                    && world.reaches(id, broker.master().address()))
                            .map(SimConsumer::report));
            if (report.isPresent()) {
                return report;
            }
        }
        return Optional.empty();
    }

    @Override
    public Subscribers subscribers(Metadata metadata, Collection<String> topics) {
        Map<String, SortedSet<String>> found = new HashMap<>();
        for (String topic : new TreeSet<>(topics)) {
            for (String name : metadata.topic(topic).keySet()) {
                found.computeIfAbsent(topic, key -> new TreeSet<>())
                        .addAll(at(
                                name,
                                "groups of " + topic,
                                () -> world.broker(name).groupsOf(topic, world.now())));
            }
        }
        return new Subscribers(found);
    }

    @Override
    public TimedTraffic traffic(Metadata metadata, TrafficQuestion question, InstantSource clock) {
        Clients clients = members(metadata, question.allGroups()).and(members(metadata, Proxies.groups(metadata)));
        SimHeldMessages holding = new SimHeldMessages(world, requests);
        Map<HeldKind, Amount> kinds = holding.kinds(metadata);
        QueueOffsets retries = queueOffsets(metadata, question.retryTopics());
        HeldMessages held = new HeldMessages(kinds, holding.retries(question, retries));
        Instant asked = clock.instant();
        QueueOffsets topics = queueOffsets(metadata, question.topics());
        Instant answered = clock.instant();
        Map<String, TopicSenders> senders = senders(metadata, topics, question.sent());
        Clients producers = new Clients(
                Map.of(), question.producers() ? Optional.of(producers(metadata)) : Optional.empty(), senders);
        return new TimedTraffic(
                new ClusterTraffic(
                        question.consumers().offsets(),
                        retries.and(topics),
                        clients.and(producers),
                        question.consumers().subscribers(),
                        held),
                asked,
                answered);
    }

    @Override
    public Map<String, Map<String, Map<String, RouteEntry>>> routes(Collection<String> topics) {
        Map<String, Map<String, Map<String, RouteEntry>>> routes = new LinkedHashMap<>();
        for (SimNameServer nameServer : world.nameServers(side)) {
            routes.put(nameServer.address(), routes(nameServer.address(), topics));
        }
        return routes;
    }

    @Override
    public Map<String, Map<String, RouteEntry>> routes(String nameServer, Collection<String> topics) {
        SortedSet<String> asked = new TreeSet<>(topics);
        // All requests are on their way at the same time.
        return requests.ask(nameServer, "the route of " + String.join(", ", asked), () -> {
            Map<String, Map<String, RouteEntry>> routes = new TreeMap<>();
            asked.forEach(
                    topic -> routes.put(topic, world.nameServer(nameServer).entries(topic, world.now())));
            return routes;
        });
    }

    /** No name server publishes an order. */
    @Override
    public Map<String, SortedSet<String>> orderedTopics() {
        return new TreeMap<>();
    }

    @Override
    public Map<String, Map<String, String>> notes() {
        Map<String, Map<String, String>> notes = new LinkedHashMap<>();
        for (SimNameServer nameServer : world.nameServers(side)) {
            notes.put(
                    nameServer.address(),
                    requests.ask(nameServer.address(), "notes", () -> new TreeMap<>(nameServer.notes())));
        }
        return notes;
    }

    @Override
    public Map<String, String> note(String key) {
        Map<String, String> found = new LinkedHashMap<>();
        for (SimNameServer nameServer : world.nameServers(side)) {
            Optional.ofNullable(requests.ask(
                            nameServer.address(),
                            "note " + key,
                            () -> nameServer.notes().get(key)))
                    .ifPresent(value -> found.put(nameServer.address(), value));
        }
        return found;
    }

    @Override
    public ProxiedClients proxied(Metadata of, InstantSource clock) {
        return ProxiedClients.NONE;
    }

    @Override
    public Map<String, AclTable> acls(Metadata of) {
        return Map.of();
    }

    /** This request takes no time: it follows others to the same brokers, and nothing happens in between. */
    @Override
    public Map<String, Map<String, String>> runtime(Metadata of) {
        Map<String, Map<String, String>> states = new HashMap<>();
        for (String name : of.brokers().keySet()) {
            Duration uptime = world.broker(name).master().whenRestarted().stream()
                    .mapToObj(at -> Duration.ofNanos((world.now() - at) * 1_000))
                    .findFirst()
                    .orElse(LONG_UPTIME);
            states.put(
                    name,
                    Map.of(
                            "runtime",
                            "[ " + uptime.toDays() + " days, " + uptime.toHoursPart() + " hours, "
                                    + uptime.toMinutesPart() + " minutes, " + uptime.toSecondsPart() + " seconds ]"));
        }
        return states;
    }

    @Override
    public Map<String, Long> requests() {
        return Map.of();
    }

    @Override
    public void close() {
        // Nothing was opened.
    }

    /** The masters of this side, for the writer. */
    List<String> addresses() {
        return new ArrayList<>(world.addresses(side));
    }
}
