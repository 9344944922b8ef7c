package io.github.rocketmigrate.cluster.remoting;

import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.SandboxExtension;
import io.github.rocketmigrate.sandbox.Shop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the reader sees of real clusters, and what it says of servers that do not answer. */
@ExtendWith(SandboxExtension.class)
final class RemotingReaderIT {
    @Test
    void theShopIsThereAsItWasWritten(Endpoints endpoints) throws Exception {
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Metadata source = Readers.metadata(reader);
            Shop.TOPICS.forEach(topic -> assertThat(source.topic(topic.name()).get("source-a"))
                    .describedAs(topic.name())
                    .satisfies(found -> {
                        assertThat(found.readQueues()).isEqualTo(topic.queues());
                        assertThat(found.writeQueues()).isEqualTo(topic.queues());
                        assertThat(found.access()).isEqualTo(Access.READ_WRITE);
                        assertThat(found.attributes()).isEmpty();
                    }));
            Shop.GROUPS.forEach(group -> assertThat(source.group(group.name()).get("source-a"))
                    .describedAs(group.name())
                    .satisfies(found -> {
                        assertThat(found.retries()).isEqualTo(group.retries());
                        assertThat(found.broadcast()).isEqualTo(group.broadcasting());
                        assertThat(found.order())
                                .describedAs("4.x brokers do not know it")
                                .isEqualTo(CONCURRENT);
                    }));
            assertThat(source.brokers().get("source-a").settings()).containsEntry("autoCreateTopicEnable", "false");
        }
    }

    @Test
    void backlogIsWhatTheShopLeft(Endpoints endpoints) throws Exception {
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Metadata source = Readers.metadata(reader);
            ConsumerOffsets offsets = reader.consumerOffsets(source);
            QueueOffsets queues = reader.queueOffsets(
                    source, Shop.TOPICS.stream().map(Shop.ShopTopic::name).toList());
            for (Shop.ShopGroup group : Shop.GROUPS) {
                if (group.broadcasting()) {
                    continue;
                }
                assertThat(offsets.topicsOf(group.name())).containsExactlyInAnyOrderElementsOf(group.topics());
                for (String topic : group.topics()) {
                    assertThat(offsets.backlog(group.name(), topic, queues))
                            .describedAs("%s on %s", group.name(), topic)
                            .hasValue(group.behind());
                }
            }
        }
    }

    /** The shop's messages are as old as the sandbox; search-indexer has offsets and has read nothing. */
    @Test
    void messagesShowWhenAGroupLastConsumed(Endpoints endpoints) throws Exception {
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Metadata source = Readers.metadata(reader);
            Map<String, LastConsumed> last = reader.lastConsumed(
                    source, reader.consumerOffsets(source), List.of("ledger", "search-indexer", "shop-windows"));
            assertThat(last).containsOnlyKeys("ledger", "search-indexer");
            assertThat(last.get("ledger").unseen()).isEmpty();
            assertThat(last.get("ledger").stored().orElseThrow())
                    .isBetween(Instant.now().minus(Duration.ofHours(3)), Instant.now());
            assertThat(last.get("search-indexer")).isEqualTo(LastConsumed.NOTHING);
        }
    }

    /** Two for a name server, four for a broker, one more for offsets, one for a topic; one for a group that nobody runs; not one for a name. */
    @Test
    void requestsDoNotGrowWithWhatIsThere(Endpoints endpoints) throws Exception {
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Metadata source = Readers.metadata(reader);
            assertThat(reader.requests())
                    .isEqualTo(Map.of(
                            "brokers",
                            1L,
                            "topic_names",
                            1L,
                            "runtime",
                            1L,
                            "settings",
                            1L,
                            "topics",
                            1L,
                            "groups",
                            1L));
            ConsumerOffsets offsets = reader.consumerOffsets(source);
            reader.queueOffsets(source, List.of("user-events", "payments", "not-there"));
            reader.clients(source, List.of("ledger"));
            reader.lastConsumed(source, offsets, List.of("ledger", "search-indexer", "shop-windows", "not-there"));
            assertThat(reader.requests())
                    .containsEntry("offsets", 1L)
                    .containsEntry("topic_offsets", 2L)
                    .containsEntry("consumers", 1L)
                    .containsEntry("producers", 1L)
                    .containsEntry("consume_statistics", 1L)
                    .hasSize(11);
        }
    }

    @Test
    void anOfflineGroupHasNoMembersAndAProducerTableIsTold(Endpoints endpoints) throws Exception {
        try (ClusterReader reader = Readers.of(endpoints, Side.SOURCE)) {
            Metadata source = Readers.metadata(reader);
            assertThat(reader.clients(source, List.of("ledger")).groups())
                    .isEqualTo(Map.of("ledger", Clients.ConsumerGroup.OFFLINE));
            assertThat(reader.clients(source, List.of()).producers()).isPresent();
        }
    }

    @Test
    void aClusterThatIsNotThereIsToldWithThoseThatAre(Endpoints endpoints) {
        try (ClusterReader reader = Readers.of(
                "source", endpoints.cluster(Side.SOURCE).nameServers(), Optional.of("production"), Optional.empty())) {
            assertThatThrownBy(() -> Readers.metadata(reader)).isInstanceOfSatisfying(Fault.class, fault -> {
                assertThat(fault).hasMessageContaining("list no broker of cluster 'production'");
                assertThat(fault.nextStep()).isEqualTo("Set source.cluster to sandbox-source.");
            });
        }
    }

    @Test
    void oneClusterUnderTwoNamesIsFoundByTheAddressesOfItsBrokers(Endpoints endpoints) throws Exception {
        try (ClusterReader source = Readers.of(endpoints, Side.SOURCE);
                ClusterReader same = Readers.of(
                        "destination",
                        endpoints.cluster(Side.SOURCE).nameServers().replace("127.0.0.1", "localhost"),
                        Optional.empty(),
                        Optional.empty())) {
            Metadata metadata = Readers.metadata(source);
            Set<String> addresses = Set.of(metadata.brokers().get("source-a").address());
            assertThatThrownBy(() -> same.metadata(same.nameServers(), addresses))
                    .hasMessageContaining("list only brokers of the other cluster");
        }
    }

    @Test
    void nobodyListens() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(fault("127.0.0.1:" + port))
                .hasMessage("The source's name server 127.0.0.1:" + port + " refuses connections: no process"
                        + " listens at this address.");
    }

    @Test
    void anUnknownHost() {
        assertThat(fault("nowhere.invalid:9876"))
                .hasMessage(
                        "The source's name server nowhere.invalid:9876: host 'nowhere.invalid' cannot be resolved.");
    }

    @Test
    void aListenerThatNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            assertThat(Readers.fault(address, false, Duration.ofSeconds(1)))
                    .hasMessage("The source's name server " + address + " accepts connections, but did not answer"
                            + " within 1 s when asked for its brokers.");
        }
    }

    /** A 4.x broker and a 5.x broker. */
    @ParameterizedTest
    @EnumSource
    void aBrokerInThePlaceOfANameServer(Side side, Endpoints endpoints) {
        Endpoints.SandboxCluster cluster = endpoints.cluster(side);
        String broker = cluster.brokers().values().iterator().next();
        Fault fault = fault(broker);
        assertThat(fault).hasMessage(broker + " is a broker, not a name server; name servers usually listen on 9876.");
        assertThat(fault.nextStep())
                .isEqualTo("Set source.nameServers to the name servers of this broker: " + cluster.nameServers() + ".");
    }

    @Test
    void aServerWithoutTlsThatIsAskedWithIt(Endpoints endpoints) {
        String address = endpoints.cluster(Side.SOURCE).nameServers();
        Fault fault = Readers.fault(address, true, Readers.PATIENCE);
        assertThat(fault).hasMessage("The source's name server " + address + " does not speak TLS.");
        assertThat(fault.nextStep()).isEqualTo("Set source.tls: false.");
    }

    private static Fault fault(String nameServer) {
        return Readers.fault(nameServer, false, Readers.PATIENCE);
    }
}
