package io.github.rocketmigrate.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.check.Verdict.Waived;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.ConsumerOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Plans;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One client of both clusters: its TLS, its account, and the way from the brokers to the other name servers. */
final class ClientCompatibleTest {
    private final ClusterFixture source = ClusterFixture.cluster("old", "4.9.7", "old-a");
    private final ClusterFixture destination = ClusterFixture.cluster("new", "5.5.0", "new-a");
    private String ofSource = "";
    private String ofDestination = "";
    private String address = "10.0.1.11:9876";
    private String waivers = "";

    private Verdict judge() {
        String plan = """
                version: 1
                name: shop
                source: { nameServers: ["10.0.0.11:9876"]%s }
                destination: { nameServers: ["%s"]%s }
                traffic: { routing: join }
                batches:
                  - name: all
                    topics: [{ name: orders, type: NORMAL }]
                %s""".formatted(ofSource, address, ofDestination, waivers);
        Situation situation = Situations.of(
                Plans.whole(plan),
                Selection.ALL,
                source.build(),
                destination.build(),
                ConsumerOffsets.NONE,
                QueueOffsets.NONE);
        return new Checks(situation)
                .judge(new ClientCompatible(), Optional.empty())
                .verdict();
    }

    @Test
    void clustersWithoutTlsAndAccountsFit() {
        assertThat(judge())
                .isEqualTo(new Passed(
                        "TLS is off for both clusters; neither requires accounts; the first broker that joins"
                                + " shows whether it reaches the name servers"));
    }

    @Test
    void oneTlsSettingServesBoth() {
        ofSource = ", tls: true";
        ofDestination = ", tls: insecure";
        assertThat(judge()).isInstanceOf(Passed.class);
        ofSource = "";
        assertThat(judge()).isInstanceOf(Failed.class);
        assertThat(judge().what())
                .isEqualTo(
                        "the plan connects to the source with tls: false and to the destination with tls: insecure, and"
                                + " a client has one TLS setting for all brokers");
    }

    @Test
    void accountsOfBothClustersAreNotKnownToBeTheSame() {
        source.setting("old-a", "aclEnable", "true");
        assertThat(judge().what()).contains("only the source requires accounts");
        destination.setting("new-a", "authenticationEnabled", "true");
        assertThat(judge()).isInstanceOf(Unknown.class);
        assertThat(judge().fix()).startsWith("Compare the accounts of the applications: ");
        waivers = "    waivers: [{ check: client-compatible, reason: copied, owner: me, expires: 2026-12-31 }]\n";
        assertThat(judge()).isInstanceOf(Waived.class);
    }

    @Test
    void clientsNeedAccountsBeforeTheySwitch() {
        destination.setting("new-a", "authenticationEnabled", "true");
        assertThat(judge().what())
                .contains("only the destination requires accounts, which clients need before they switch");
    }

    /** From 5.3.3 on, the setting of 4.x protects nothing. */
    @Test
    void theSettingOf4xCountsOnlyWhereItIsRead() {
        source.setting("old-a", "aclEnable", "true");
        destination.setting("new-a", "aclEnable", "true");
        assertThat(judge()).isInstanceOf(Passed.class);
        destination.version("new-a", "5.1.4");
        assertThat(judge()).isInstanceOf(Unknown.class);
    }

    @Test
    void aBrokerLooksForALoopbackAddressOnItsOwnMachine() {
        address = "127.0.0.1:9876";
        assertThat(judge().what())
                .isEqualTo("the source's broker old-a cannot reach the loopback address 127.0.0.1:9876");
    }
}
