package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.cluster.ClusterFixture;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.memory.MemoryNetwork;
import io.github.rocketmigrate.memory.MemorySituation;
import io.github.rocketmigrate.memory.VirtualTiming;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.RecordFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The board shows which clients have changed their name servers, and asks no client that nobody needs to know of. */
final class StatusClientsTest {
    private static final String OLD = "10.0.0.11:9876";
    private static final String NEW = "10.0.1.11:9876";

    @TempDir
    private Path folder;

    private final MemoryNetwork network = new MemoryNetwork(new VirtualTiming(1))
            .cluster(Side.SOURCE, "5.1.4", List.of(OLD), "old-a")
            .cluster(Side.DESTINATION, "5.3.2", List.of(NEW), "new-a")
            .topic(Side.SOURCE, "orders", ClusterFixture.topic(4).withType("NORMAL"))
            .topic(Side.SOURCE, "views", ClusterFixture.topic(4).withType("NORMAL"))
            .group(Side.SOURCE, "billing", GroupSettings.DEFAULT)
            .group(Side.SOURCE, "audit", GroupSettings.DEFAULT)
            .group(Side.DESTINATION, "billing", GroupSettings.DEFAULT)
            .group(Side.DESTINATION, "audit", GroupSettings.DEFAULT);

    StatusClientsTest() {
        network.clients
                .consumes(Side.SOURCE, "10.0.0.7@1", "billing", "orders")
                .consumes(Side.SOURCE, "10.0.0.8@1", "billing", "orders")
                .consumes(Side.SOURCE, "10.0.0.8@1", "audit", "views")
                .consumes(Side.SOURCE, "10.0.0.9@1", "audit", "views")
                .uses("10.0.0.7@1", OLD)
                .uses("10.0.0.8@1", NEW);
    }

    @Test
    void beforeTheJoinNobodyIsAsked() {
        assertThat(board("source"))
                .contains("topic orders ■□□□ source ? / – 2 ")
                .contains(
                        "Not joined yet: the destination's name servers list 0 of 1 broker of the source. Applications"
                                + " must keep their name servers until the join is applied.");
        assertThat(network.clients.asked()).isEmpty();
    }

    @Test
    void afterTheJoinEachClientIsAskedOnceForAllItsGroups() {
        network.joined();
        assertThat(board("source"))
                .contains("topic orders ■□□□ source ? / – 1 old, 1 new ")
                .contains("topic views ■□□□ source ? / – 1 new, 1 ? ")
                .contains("group billing defined ? / ? 1 old, 1 new ")
                .contains("group audit defined ? / ? 1 new, 1 ? ")
                .contains("Clients: new use only the destination's servers, old do not; ?: unknown.")
                .doesNotContain("but orders has left stage source");
        assertThat(network.clients.asked()).containsExactly("10.0.0.7@1", "10.0.0.8@1", "10.0.0.9@1");
    }

    @Test
    void whatChecksHaveAskedIsNotAskedAgain() {
        network.joined();
        assertThat(board("read-both")).contains("1 old, 1 new").contains("1 new, 1 ?");
        assertThat(network.clients.asked())
                .describedAs("the check of orders needs its group billing; the other group's clients are asked once")
                .containsExactly("10.0.0.7@1", "10.0.0.8@1", "10.0.0.9@1");
    }

    @Test
    void aClientThatComesBackIsNamedWithItsAddress() {
        network.joined();
        at("orders", Access.NONE, Access.READ_WRITE);
        assertThat(board("destination"))
                .contains("Group billing: 1 of 2 clients uses old name servers, but orders has left stage source:"
                        + " 10.0.0.7@1 (from 10.0.0.7:4711, uses 10.0.0.11:9876). Configure it to use only the"
                        + " destination's name servers (10.0.1.11:9876), and restart it.")
                .doesNotContain("Group audit:");
    }

    @Test
    void oldClientsAreCountedBelowTheTally() {
        network.joined();
        assertThat(board("source")).contains("agree with the plan. Old clients: 1 of 3, 1 unknown.");
    }

    /** Nothing moves, so no check has read what is left at the source. */
    @Test
    void aCleanBoardReadsWhatKeepsATopicFromItsLastStage() {
        network.joined();
        network.group(Side.DESTINATION, "billing", GroupSettings.DEFAULT)
                .group(Side.DESTINATION, "audit", GroupSettings.DEFAULT)
                .clients
                .uses("10.0.0.7@1", NEW);
        at("orders", Access.READ, Access.READ_WRITE);
        network.broker(Side.SOURCE, "old-a").commit("billing", "orders", 0, 0);
        MigrationPlan any = plan("source");
        Situation joined = Situations.withMasters(MemorySituation.of(network, any));
        network.nameServers(Side.DESTINATION)
                .values()
                .forEach(server -> server.remember(RecordFormat.all(any.name().value(), true, joined.recorded())));
        assertThat(board("write-destination"))
                .contains("Next: set stage: destination for topic orders (line 10) now that no unread,")
                .contains("left at the source; set stage: read-both for ");
    }

    /** Without it, the topic looks finished. */
    @Test
    void aTopicWhoseClientsCameBackIsMarked() {
        network.joined();
        at("orders", Access.NONE, Access.READ_WRITE);
        assertThat(board("destination"))
                .containsPattern(
                        "topic orders ■■■■ destination \\? / \\? 1 old, 1 new 1 old client of billing to switch ");
    }

    @Test
    void pipelinesGetTheSameNumbersAndTheNames() throws IOException {
        network.joined();
        board("source");
        JsonNode result =
                new ObjectMapper().readTree(folder.resolve("result-status.json").toFile());
        JsonNode clients = result.path("board").path(0).path("clients");
        assertThat(clients.toString())
                .isEqualTo(
                        "{\"old\":1,\"new\":1,\"unknown\":0,\"oldClients\":[{\"id\":\"10.0.0.7@1\","
                                + "\"address\":\"10.0.0.7:4711\",\"nameServers\":[\"10.0.0.11:9876\"]}],\"unknownClients\":[]}");
        assertThat(result.path("board").path(1).path("clients").path("unknownClients"))
                .singleElement()
                .satisfies(client -> assertThat(client.toString())
                        .isEqualTo("{\"id\":\"10.0.0.9@1\",\"message\":\"it did not answer within 5 s\"}"));
        assertThat(result.path("counts").path("oldClients").asInt()).isEqualTo(1);
        assertThat(result.path("counts").path("newClients").asInt()).isEqualTo(1);
        assertThat(result.path("counts").path("unknownClients").asInt()).isEqualTo(1);
    }

    private void at(String topic, Access source, Access destination) {
        network.topic(
                Side.SOURCE, topic, ClusterFixture.topic(4).withType("NORMAL").withAccess(source));
        network.topic(
                Side.DESTINATION,
                topic,
                ClusterFixture.topic(4).withType("NORMAL").withAccess(destination));
    }

    private MigrationPlan plan(String stage) {
        return MemorySituation.plan(network, """
                traffic: { routing: join }
                batches:
                  - name: all
                    stage: destination
                    topics:
                      - { name: orders, type: NORMAL, stage: %s }
                      - { name: views, type: NORMAL, stage: source }
                    groups:
                      - { name: billing, order: CONCURRENT }
                      - { name: audit, order: CONCURRENT }
                """.formatted(stage));
    }

    /** The board in one line, without runs of spaces. */
    private String board(String stage) {
        PrintedBoards shown = new PrintedBoards();
        new Status(
                        network.timing(),
                        Goals.outputs(folder),
                        FencePolicy.USUAL,
                        opened -> Connections.ofReaders(
                                opened,
                                Map.of(
                                        Side.SOURCE, network.reader(Side.SOURCE),
                                        Side.DESTINATION, network.reader(Side.DESTINATION)),
                                network.timing()))
                .run("migration.yaml", plan(stage), Selection.ALL, shown);
        return shown.text();
    }
}
