package io.github.rocketmigrate.run;

import static io.github.rocketmigrate.model.Purpose.JOIN;
import static io.github.rocketmigrate.model.Purpose.LEAVE_JOIN;
import static io.github.rocketmigrate.model.Purpose.WRITE_OBJECTS;
import static io.github.rocketmigrate.run.CheckedTopics.await;
import static io.github.rocketmigrate.run.CheckedTopics.in;
import static io.github.rocketmigrate.run.CheckedTopics.ofClusters;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.PlanReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What the checks of whole clusters say on servers that have joined. */
@Tag("thorough")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class ClusterChecksIT extends JoinedScenes {
    private static final int READ_AND_WRITE = 6;
    private static final String DESTINATION = "destination-a";

    private static void create(String topic) throws Exception {
        Topics.create(cluster(Side.SOURCE), new TopicConfig(topic, 1, 1, READ_AND_WRITE));
    }

    private void applied(String text) {
        ApplyReport report = topics().goals().applySteadily(text);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
    }

    private static void set(Side side, String broker, String setting, String value) throws Exception {
        Properties settings = new Properties();
        settings.setProperty(setting, value);
        try (AdminConnection connection = AdminConnection.open(cluster(side).nameServers(), Optional.empty())) {
            connection.admin().updateBrokerConfig(cluster(side).brokers().get(broker), settings);
        }
    }

    private static String withDestination(String text, String more) {
        return text.replaceFirst("(destination: \\{.*) \\}", "$1, " + more + " }");
    }

    @Test
    void clustersThatFitPass() throws Exception {
        create("fits");
        PlanReport report = topics().plan(topics().text("", Stage.READ_BOTH, "fits", "NORMAL"));
        ofClusters(WRITE_OBJECTS, report).passes("destination-stable");
        ofClusters(JOIN, report)
                .passes(
                        "broker-names-distinct",
                        "cluster-names-distinct",
                        "zones-match",
                        "destination-clean",
                        "client-compatible",
                        "no-auto-create",
                        "name-servers-planned",
                        "record-of-this-plan");
    }

    @Test
    void settingsOfTheClustersFail() throws Exception {
        create("settings");
        String text = topics().text("", Stage.READ_BOTH, "settings", "NORMAL");
        set(Side.DESTINATION, DESTINATION, "autoCreateTopicEnable", "true");
        set(Side.DESTINATION, DESTINATION, "brokerPermission", "4");
        try {
            PlanReport report = topics().plan(text);
            ofClusters(JOIN, report)
                    .fails("no-auto-create", "the destination's broker destination-a has autoCreateTopicEnable=true");
            ofClusters(WRITE_OBJECTS, report)
                    .fails(
                            "destination-stable",
                            "1 broker of the destination is not open for reading and writing: destination-a");
        } finally {
            set(Side.DESTINATION, DESTINATION, "autoCreateTopicEnable", "false");
            set(Side.DESTINATION, DESTINATION, "brokerPermission", "6");
        }
        ofClusters(
                        WRITE_OBJECTS,
                        topics().plan(withDestination(text, "maintenance: { window: \"00:00-00:00\", zone: UTC }")))
                .fails("destination-stable", "inside the destination's maintenance window 00:00-00:00");
    }

    /** Names are equal where somebody copied a configuration; the zone and TLS come with the machines. */
    @Test
    void aDestinationOfTheSameNameInAZoneWithTlsFails() throws Exception {
        create("names");
        String name = cluster(Side.DESTINATION).name();
        String other = cluster(Side.SOURCE).name();
        String tls = "-Dtls.server.mode=permissive\n-Dtls.test.mode.enable=true\n";
        List<String> servers = List.of("destination-nameserver", DESTINATION);
        List<String> usual = new ArrayList<>();
        for (String server : servers) {
            usual.add(Files.readString(arguments(server), ISO_8859_1));
            String rest = usual.get(usual.size() - 1).replaceAll("(?m)^.*-Dtls\\..*\\R", "");
            Files.writeString(arguments(server), tls + "-Drocketmq.zone=east\n" + rest, ISO_8859_1);
        }
        restart(servers, other);
        try {
            String text = topics().text("", Stage.READ_BOTH, "names", "NORMAL")
                    .replace("cluster: " + name, "cluster: " + other);
            ofClusters(JOIN, topics().plan(withDestination(text, "tls: insecure")))
                    .fails("cluster-names-distinct", "both clusters are named " + other)
                    .fails("zones-match", "in zone east")
                    .fails("client-compatible", "the destination with tls: insecure");
        } finally {
            for (int i = 0; i < servers.size(); i++) {
                Files.writeString(arguments(servers.get(i)), usual.get(i), ISO_8859_1);
            }
            restart(servers, name);
        }
    }

    private static Path arguments(String server) {
        return sandbox.sandbox().folder().resolve(server).resolve("java.args");
    }

    private static void restart(List<String> servers, String cluster) throws Exception {
        for (String server : servers) {
            sandbox.kill(server);
        }
        sandbox.configure(DESTINATION, "brokerClusterName", cluster);
        sandbox.restart(servers.toArray(String[]::new));
        try (AdminConnection connection =
                AdminConnection.open(cluster(Side.DESTINATION).nameServers(), Optional.empty())) {
            Eventually.holds(
                    "the source's broker has registered again",
                    () -> connection
                            .admin()
                            .examineBrokerClusterInfo()
                            .getBrokerAddrTable()
                            .containsKey("source-a"));
        }
    }

    @Test
    void theRecordOfAnotherPlanOfTheSameNameIsNamed() throws Exception {
        create("invoices");
        String text = topics().text("", Stage.READ_BOTH, "invoices", "NORMAL");
        applied(text);
        ofClusters(
                        JOIN,
                        topics().plan(text.replace("- name: all", "- name: ours")
                                .replace("{ name: invoices,", "{ name: receipts,")))
                .fails("record-of-this-plan", "batch all with 1 object");
    }

    @Test
    void aTopicBeyondTheSourceProvesThatARecordIsLost() throws Exception {
        create("moved");
        String text = topics().text("", Stage.READ_BOTH, "moved", "NORMAL");
        applied(text);
        in(topics().plan(text.replace("name: moved\nsource", "name: other\nsource")))
                .isUnknown("brokers-present", "the record of earlier runs is lost");
    }

    /** The first scene, because the plans of the others still need the join. */
    @Test
    @Order(1)
    void clientsOfTheJoinBlockItsEnd() throws Exception {
        create("planned");
        create("forgotten");
        Topics.createGroup(cluster(Side.SOURCE), "forgotten-readers");
        applied(topics().text("", Stage.DESTINATION, "planned", "NORMAL"));
        String complete = topics().text(", complete: true", Stage.DESTINATION, "planned", "NORMAL");
        ofClusters(LEAVE_JOIN, topics().plan(complete))
                .passes("nothing-left-behind", "source-closed", "brokers-present");
        Topics.consumed(cluster(Side.SOURCE), "forgotten-readers", new MessageQueue("forgotten", "source-a", 0), 0);
        clients.silent("forgotten", "forgotten-readers", "never@1");
        await(
                "nothing-left-behind",
                "1 of 1 client of forgotten-readers did not report name servers",
                () -> ofClusters(LEAVE_JOIN, topics().plan(complete)));
        clients.member("forgotten-readers", "one", Side.DESTINATION, false, false, "forgotten");
        await(
                "nothing-left-behind",
                "1 of 2 clients of forgotten-readers consumes forgotten (outside the plan) through the join",
                () -> ofClusters(LEAVE_JOIN, topics().plan(complete)));
    }
}
