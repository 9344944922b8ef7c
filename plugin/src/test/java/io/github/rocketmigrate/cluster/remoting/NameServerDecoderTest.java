package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.NameServer;
import org.junit.jupiter.api.Test;

/** What name servers answer when they are asked for their brokers. */
final class NameServerDecoderTest {
    /** A 5.5.0 name server writes ids of brokers without quotes, and an empty zone for none. */
    @Test
    void aNameServerKnowsTheZonesOfBrokers() {
        NameServer nameServer = NameServerDecoder.nameServer(
                "10.0.1.11:9876", """
                {"brokerAddrTable":{
                "new-a":{"brokerAddrs":{0:"10.0.1.21:10911"},"brokerName":"new-a","cluster":"new",
                "enableActingMaster":false,"zoneName":"east"},
                "new-b":{"brokerAddrs":{0:"10.0.1.22:10911"},"brokerName":"new-b","cluster":"new","zoneName":""},
                "old-a":{"brokerAddrs":{0:"10.0.0.21:10911"},"brokerName":"old-a","cluster":"old"}},
                "clusterAddrTable":{"new":["new-a","new-b"],"old":["old-a"]}}""".getBytes(UTF_8), "{\"topicList\":[]}".getBytes(UTF_8));
        assertThat(nameServer.zone("new-a")).contains("east");
        assertThat(nameServer.zone("new-b")).isEmpty();
        assertThat(nameServer.zone("old-a")).isEmpty();
        assertThat(nameServer.brokers()).containsOnlyKeys("new-a", "new-b", "old-a");
    }
}
