package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.HeldMessages;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.TimedTraffic;
import io.github.rocketmigrate.cluster.TopicSenders;
import io.github.rocketmigrate.cluster.TrafficQuestion;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads the traffic of topics in an order in which no message is missed.
 *
 * <p>Messages move while the cluster is read. Each place is therefore read before the places to which its messages can
 * move: a message that moves meanwhile is counted twice, which delays a step, and never not at all, which would lose it.
 *
 * <ol>
 *   <li>Consumer offsets, which the question carries: a message that is consumed meanwhile counts as unread.
 *   <li>Numbers of delayed, timed and half messages: brokers deliver them to retry topics and to topics.
 *   <li>Offsets of retry topics: the retries that are unread are looked at, to learn from which topics they come.
 *   <li>Offsets of the topics themselves, in which every message arrives.
 * </ol>
 *
 * <p>A message that moves is in the log of its broker before it is in its queue. Brokers are therefore asked whether they
 * have dispatched their logs before the second and before the third place is read.
 *
 * <p>The clients are in no such order; the last messages are read once the ends of the queues are known. A new reading is one more class beside this one, called here in its place.
 */
final class TrafficReading {
    private final Supplier<RequestGroup> requests;
    private final ReadingConnection connection;

    TrafficReading(Supplier<RequestGroup> requests, ReadingConnection connection) {
        this.requests = requireNonNull(requests, "requests is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    TimedTraffic read(Metadata metadata, TrafficQuestion question, InstantSource clock) throws InterruptedException {
        OffsetsReading offsets = new OffsetsReading(requests);
        ConsumerOffsets consumed = question.consumers().offsets();
        Clients clients = clients(metadata, question)
                .behindProxies(new ProxiedClientsReading(requests, connection).read(metadata, clock.instant()));
        DispatchReading dispatch = new DispatchReading(metadata, requests);
        dispatch.catchUp();
        HeldMessagesReading holding = HeldMessagesReading.count(metadata, requests, connection);
        dispatch.catchUp();
        QueueOffsets retries = offsets.queueOffsets(metadata, question.retryTopics());
        HeldMessages held =
                holding.examine(consumed, retries, question.allGroups()).with(dispatch.failures());
        Instant asked = clock.instant();
        QueueOffsets topics = offsets.queueOffsets(metadata, question.topics());
        Instant answered = clock.instant();
        return new TimedTraffic(
                new ClusterTraffic(
                        consumed,
                        retries.and(topics),
                        clients.and(producers(metadata, question, topics)),
                        question.consumers().subscribers(),
                        held),
                asked,
                answered);
    }

    private Clients clients(Metadata metadata, TrafficQuestion question) throws InterruptedException {
        ClientsReading reading = new ClientsReading(requests);
        return reading.members(metadata, question.allGroups()).and(reading.proxies(metadata));
    }

    /** Producers after the messages: a sender that has just connected is found. */
    private Clients producers(Metadata metadata, TrafficQuestion question, QueueOffsets topics)
            throws InterruptedException {
        Map<String, TopicSenders> senders = new SendersReading(connection).read(metadata, topics, question.sent());
        return new Clients(
                Map.of(),
                question.producers() ? Optional.of(new ClientsReading(requests).producers(metadata)) : Optional.empty(),
                senders);
    }
}
