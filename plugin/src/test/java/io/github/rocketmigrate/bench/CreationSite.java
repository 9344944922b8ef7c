package io.github.rocketmigrate.bench;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.apply.MetadataExecutor;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterReader;
import io.github.rocketmigrate.cluster.remoting.RemotingClusterWriter;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Mqadmin;
import io.github.rocketmigrate.wire.AdminConnection;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.WritingConnection;
import io.github.rocketmigrate.write.AppliedChanges;
import io.github.rocketmigrate.write.Controls;
import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.Lease;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.LeaseNotes;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.RunControl;
import io.github.rocketmigrate.write.Timeouts;
import io.github.rocketmigrate.write.WriteGuard;
import io.github.rocketmigrate.write.WriteOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.common.TopicConfig;

/** One broker at which the same topics can be created in several ways, each with its clients open and warm. */
final class CreationSite implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int QUEUES = 4;
    private static final String TYPE = "NORMAL";

    private final Endpoints.SandboxCluster cluster;
    private final String address;
    private final Path folder;
    private final ClusterWriter writer;
    private final Metadata metadata;
    private final Lease lease;
    private final Journal journal;
    private final AdminConnection admin;

    private final RunControl control = Controls.real(Timeouts.USUAL);

    private CreationSite(Endpoints.SandboxCluster cluster, Path folder) throws InterruptedException {
        this.cluster = cluster;
        this.address = cluster.brokers().values().iterator().next();
        this.folder = folder;
        writer = new RemotingClusterWriter(
                new RemotingClusterReader.Target("destination", List.of(cluster.nameServers()), Optional.empty()),
                WritingConnection.open(Encryption.NONE, Optional.empty(), PATIENCE, PATIENCE));
        metadata = Reading.configuration(writer.reader());
        Origin origin = Origin.ofThisMachine();
        LeaseNote note = LeaseNote.of(origin, Instant.now(), new Random());
        lease = Lease.take(new LeaseNotes(writer, cluster.name()), note, Lease.Terms.USUAL, Duration.ZERO, control);
        // Two files, as the goal keeps.
        journal = Journal.open(
                List.of(folder.resolve(Journal.NAME), folder.resolve("run").resolve(Journal.NAME)),
                note.id(),
                origin,
                Clock.systemUTC());
        admin = AdminConnection.open(cluster.nameServers(), Optional.empty());
    }

    /** The only broker of a side. */
    static CreationSite of(Endpoints endpoints, Side side, Path folder) throws InterruptedException {
        return new CreationSite(endpoints.cluster(side), folder.resolve("apply-" + side.word()));
    }

    /** Creates them as the goal {@code apply} does, from its first reading to its last; all must come to a good end. */
    void apply(List<String> topics) throws InterruptedException {
        List<Change.AlignObject> changes = topics.stream().map(this::creation).toList();
        AppliedChanges application = new MetadataExecutor(
                        writer, new WriteGuard(List.of(lease), journal, control.stopping()), control)
                .apply(metadata, changes);
        if (application.count(WriteOutcome.CONFIRMED) != topics.size()) {
            throw new IllegalStateException("only " + application.count(WriteOutcome.CONFIRMED) + " of " + topics.size()
                    + " are confirmed: " + application.stopped());
        }
    }

    private Change.AlignObject creation(String topic) {
        SortedMap<String, TopicSettings> after = new TreeMap<>();
        TopicSettings settings =
                new TopicSettings(QUEUES, QUEUES, Access.READ_WRITE, false, 0, Collections.emptySortedMap());
        metadata.brokers().keySet().forEach(broker -> after.put(broker, settings.withType(TYPE)));
        Subject subject =
                new Subject(Subject.Kind.TOPIC, topic, Side.DESTINATION, Optional.of("all"), Optional.empty());
        return Change.AlignObject.create(subject, after, Collections.emptySortedSet());
    }

    /** Creates them with one call of RocketMQ's own client after the other, and believes the answers. */
    void callByCall(List<String> topics) throws Exception {
        for (String topic : topics) {
            TopicConfig config = new TopicConfig(topic, QUEUES, QUEUES);
            config.setAttributes(Map.of("+message.type", TYPE));
            admin.admin().createAndUpdateTopicConfig(address, config);
        }
    }

    /** Creates them with one process of RocketMQ's own tool after the other. */
    void processByProcess(List<String> topics) throws IOException, InterruptedException {
        for (String topic : topics) {
            String queues = Integer.toString(QUEUES);
            String printed = Mqadmin.measured(
                            cluster.version(),
                            folder.resolve("mqadmin"),
                            cluster,
                            "updateTopic",
                            "-b",
                            address,
                            "-t",
                            topic,
                            "-r",
                            queues,
                            "-w",
                            queues,
                            "-a",
                            "+message.type=" + TYPE)
                    .printed();
            if (!printed.contains("success")) {
                throw new IllegalStateException("mqadmin: " + printed);
            }
        }
    }

    /** Makes sure that they are there, all alike. */
    void requireAll(List<String> topics) throws InterruptedException {
        Map<String, TopicSettings> found = found();
        for (String topic : topics) {
            Change.AlignObject wanted = creation(topic);
            if (!wanted.after().containsValue(found.get(topic))) {
                throw new IllegalStateException(topic + " is " + found.get(topic));
            }
        }
    }

    /** Takes away what was created, so that the next topics come to an empty broker again. */
    void clear() throws Exception {
        for (String topic : created()) {
            try {
                admin.admin().deleteTopicInBroker(Set.of(address), topic);
            } catch (MQClientException e) {
                // Without timers, as in sandboxes, 5.5.0 deletes it and then fails; the reading below knows.
            }
            admin.admin().deleteTopicInNameServer(Set.of(cluster.nameServers()), topic);
        }
        if (!created().isEmpty()) {
            throw new IllegalStateException(created() + " cannot be deleted");
        }
    }

    private Set<String> created() throws InterruptedException {
        Set<String> created = new TreeSet<>(found().keySet());
        created.removeAll(metadata.masters().findFirst().orElseThrow().topics().keySet());
        return created;
    }

    private Map<String, TopicSettings> found() throws InterruptedException {
        return writer.topics(metadata.masters().findFirst().orElseThrow());
    }

    /** How many requests of each kind our way has sent so far. */
    SortedMap<String, Long> requests() {
        SortedMap<String, Long> requests = new TreeMap<>(writer.reader().requests());
        requests.putAll(prefixed(writer.writes()));
        return requests;
    }

    private static Map<String, Long> prefixed(Map<String, Long> writes) {
        Map<String, Long> prefixed = new TreeMap<>();
        writes.forEach((request, count) -> prefixed.put("write " + request, count));
        return prefixed;
    }

    /** What was sent between two countings, in words. */
    static String between(SortedMap<String, Long> before, SortedMap<String, Long> after) {
        return after.entrySet().stream()
                .map(count -> Map.entry(count.getKey(), count.getValue() - before.getOrDefault(count.getKey(), 0L)))
                .filter(count -> count.getValue() > 0)
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(joining(", "));
    }

    @Override
    public void close() {
        admin.close();
        journal.close();
        lease.close();
        writer.close();
    }
}
