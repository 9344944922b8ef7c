package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.AssessedRow;
import io.github.rocketmigrate.assess.RowState;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.live.LiveSettings;
import io.github.rocketmigrate.live.ScriptedClients;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.sandbox.RealProxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications with the clients of eight years: the examination names the release of each, and what follows from it. */
@Tag("thorough")
final class OldClientsIT {
    private static final String TOPIC = "clicks";
    private static final int QUEUES = 4;
    private static final int READ_AND_WRITE = 6;
    private static final List<String> RELEASES = List.of("4.4.0", "4.5.0", "4.7.1", "4.9.4", "4.9.7", "5.1.0", "5.5.0");

    private static final List<String> PULLERS = List.of("4.9.7", "5.5.0");

    @TempDir
    private Path folder;

    private final List<ScriptedClients> clients = new ArrayList<>();

    @Test
    void everyApplicationIsNamedWithItsRelease() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("servers"), "4.9.7", "5.5.0", 1, false)) {
            start(sandbox.endpoints());
            Map<String, AssessedRow> rows = awaitRows(sandbox.endpoints(), all(RELEASES));
            assertThat(rows.get("RMA-404").state()).isInstanceOf(RowState.NotFired.class);
            assertThat(rows.get("RMA-401").state()).isInstanceOf(RowState.NotFired.class);
            assertThat(rows.get("RMA-402").objects())
                    .containsExactlyInAnyOrderElementsOf(all(List.of("4.4.0", "4.5.0")));
            assertThat(rows.get("RMA-402").next().orElseThrow()).startsWith("Set vipChannelEnabled to false");
            assertThat(rows.get("RMA-405").objects())
                    .containsExactlyInAnyOrderElementsOf(producers(List.of("4.7.1", "4.9.4", "4.9.7", "5.1.0")));
            assertThat(rows.get("RMA-406").objects())
                    .containsExactlyInAnyOrderElementsOf(all(List.of("4.4.0", "4.5.0")));
            assertThat(rows.get("RMA-408").value().orElseThrow()).startsWith("7 producer groups listed by brokers; ");
            Endpoints.SandboxCluster destination = sandbox.endpoints().cluster(Side.DESTINATION);
            Topics.createGroup(destination, "CID_" + Proxies.TOPIC);
            pull(sandbox.endpoints().cluster(Side.SOURCE));
            try (RealProxy proxy = RealProxy.start(folder.resolve("proxy"), "5.5.0", destination)) {
                Set<String> applications = all(RELEASES);
                PULLERS.forEach(release -> applications.add(pulling(release)));
                Map<String, AssessedRow> beside = awaitRows(sandbox.endpoints(), applications);
                assertThat(beside.get("RMA-403").objects()).containsExactly(pulling("4.9.7"));
                assertThat(beside.get("RMA-404").objects())
                        .describedAs("beside the proxy %s", proxy.address())
                        .containsExactlyInAnyOrderElementsOf(all(List.of("4.4.0", "4.5.0", "4.7.1", "4.9.4")));
            }
        } finally {
            clients.forEach(ScriptedClients::close);
        }
    }

    /** Brokers before 4.9.4 list no producers: the newest messages show their hosts, and people know the rest. */
    @Test
    void ofProducersAtAnOldBrokerTheHostIsKnown() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("servers"), "4.7.1", "5.5.0", 1, false)) {
            start(sandbox.endpoints());
            Map<String, AssessedRow> rows = awaitRows(sandbox.endpoints(), consumers(RELEASES));
            assertThat(rows.get("RMA-402").objects())
                    .containsExactlyInAnyOrderElementsOf(consumers(List.of("4.4.0", "4.5.0")));
            assertThat(rows.get("RMA-408").state()).isInstanceOfSatisfying(RowState.NotMeasurable.class, open -> {
                assertThat(open.why())
                        .isEqualTo("a broker of the source is older than 4.9.4 and lists no producers; 1 host in the"
                                + " newest messages: 127.0.0.1");
                assertThat(open.question())
                        .isEqualTo("Which SDKs, with which releases, do the producers on these hosts have?");
            });
        } finally {
            clients.forEach(ScriptedClients::close);
        }
    }

    private void start(Endpoints endpoints) throws Exception {
        Endpoints.SandboxCluster source = endpoints.cluster(Side.SOURCE);
        Topics.create(source, new TopicConfig(TOPIC, QUEUES, QUEUES, READ_AND_WRITE));
        for (String release : RELEASES) {
            ScriptedClients some = ScriptedClients.start(
                    folder.resolve(release),
                    ServerVersion.of(release).orElseThrow(),
                    LiveSettings.following(Duration.ofSeconds(1)),
                    source.nameServers());
            clients.add(some);
            Topics.createGroup(source, reader(release));
            some.consumer(reader(release), reader(release), false, source.nameServers(), Set.of(TOPIC), Duration.ZERO);
            some.producer(writer(release), source.nameServers(), TOPIC);
        }
    }

    /** Applications that pull, with the newest client of each line. */
    private void pull(Endpoints.SandboxCluster source) throws Exception {
        for (String release : PULLERS) {
            Topics.createGroup(source, puller(release));
            clients.get(RELEASES.indexOf(release)).puller(puller(release), source.nameServers(), TOPIC);
        }
    }

    private static String puller(String release) {
        return "puller-" + release.replace('.', '-');
    }

    private static String pulling(String release) {
        return "consumer " + puller(release) + " on 127.0.0.1, JAVA " + release;
    }

    private Map<String, AssessedRow> awaitRows(Endpoints endpoints, Set<String> applications) throws Exception {
        Goals goals = new Goals(endpoints, folder);
        String plan = goals.head("batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]\n");
        Eventually.holds(
                "all applications are seen",
                () -> goals.assess(plan).rows().stream()
                        .filter(row -> row.id().equals("RMA-401"))
                        .allMatch(row -> Set.copyOf(row.objects()).equals(applications)));
        return goals.assess(plan).rows().stream().collect(toMap(AssessedRow::id, row -> row));
    }

    private static Set<String> all(List<String> releases) {
        Set<String> all = new TreeSet<>(consumers(releases));
        all.addAll(producers(releases));
        return all;
    }

    private static Set<String> consumers(List<String> releases) {
        return words("consumer", releases, OldClientsIT::reader);
    }

    private static Set<String> producers(List<String> releases) {
        return words("producer", releases, OldClientsIT::writer);
    }

    private static Set<String> words(String kind, List<String> releases, UnaryOperator<String> group) {
        Set<String> words = new TreeSet<>();
        releases.forEach(release -> words.add(kind + " " + group.apply(release) + " on 127.0.0.1, JAVA " + release));
        return words;
    }

    private static String reader(String release) {
        return "reader-" + release.replace('.', '-');
    }

    private static String writer(String release) {
        return "writer-" + release.replace('.', '-');
    }
}
