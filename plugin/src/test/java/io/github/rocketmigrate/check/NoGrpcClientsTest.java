package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.cluster.ClusterFixture.cluster;
import static io.github.rocketmigrate.cluster.ClusterFixture.topic;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import org.junit.jupiter.api.Test;

/** gRPC clients of a topic that a 4.x broker has. */
final class NoGrpcClientsTest extends StepStory {
    NoGrpcClientsTest() {
        super(new NoGrpcClients());
    }

    @Test
    void gRpcClientsAndProxiesThatMayHideThemAreNamed() {
        traffic.consumes(SOURCE, "audit", TOPIC, "10.1.1.1@7#1234567");
        assertThat(judge(LEAVE).word()).isEqualTo("passed");
        traffic.consumes(DESTINATION, "CID_DefaultHeartBeatSyncerTopic", "DefaultHeartBeatSyncerTopic", "10.1.9.9@3#1");
        assertThat(judge(LEAVE))
                .isEqualTo(new Unknown(
                        "the destination has 1 proxy, whose clients are not visible to brokers: 10.1.9.9@3#1"));
        traffic.consumes(DESTINATION, "audit", TOPIC, "web-1@321@0@x2lqkfwd9")
                .produces(DESTINATION, TOPIC, "web-2@321@1@x2lqkfwda")
                .produces(DESTINATION, "others", "web-3@321@1@x2lqkfwdb");
        fails(
                judge(LEAVE),
                "1 failed: 2 clients of the topic use gRPC: web-1@321@0@x2lqkfwd9, web-2@321@1@x2lqkfwda;"
                        + " 1 unknown: the destination has 1 proxy, whose clients are not visible to brokers:"
                        + " 10.1.9.9@3#1");
    }

    @Test
    void gRpcClientsBehindAProxyAreNamed() {
        traffic.subscribes(SOURCE, "audit", TOPIC)
                .isBehindProxy(DESTINATION, "audit", TOPIC, "web-1@321@0@x2lqkfwd9", "10.0.1.30")
                .isBehindProxy(DESTINATION, "other", "others", "web-2@321@0@x2lqkfwd9", "10.0.1.30");
        fails(judge(LEAVE), "1 client of the topic uses gRPC: web-1@321@0@x2lqkfwd9");
    }

    @Test
    void withoutA4xBrokerGRpcClientsPass() {
        ClusterFixture five = cluster("old", "5.1.4", "old-a").with(TOPIC, topic(2));
        traffic.consumes(SOURCE, "audit", TOPIC, "web-1@321@0@x2lqkfwd9");
        Situation situation = Situations.of(plan(), five, destination).withTraffic(traffic.build());
        passes(judge(situation, LEAVE), "no 4.x broker has the topic");
    }
}
