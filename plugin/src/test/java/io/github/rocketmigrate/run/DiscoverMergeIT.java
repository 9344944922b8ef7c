package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.common.message.MessageQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A plan that was discovered and then edited by hand, while the source lived on. */
@Tag("thorough")
final class DiscoverMergeIT {
    @TempDir
    private Path servers;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"4.9.7", "5.3.3"})
    void aMergeOnlyAddsLinesAndListsWhatIsGone(String version) throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(servers, version, "5.5.0", 1, true)) {
            if (version.startsWith("5")) {
                sandbox.startTimers("source-a");
            }
            SandboxDiscovery discovery = new SandboxDiscovery(folder);
            discovery.discover(sandbox.endpoints());
            String mine = editedByHand(discovery.text());
            Files.writeString(discovery.file(), mine, UTF_8);
            change(sandbox.endpoints().cluster(Side.SOURCE));

            DiscoveryReport report = discovery.merge();
            DiscoveryReport.Merged merged = report.merged().orElseThrow();
            assertThat(report.outcome()).isEqualTo(Outcome.PENDING);
            assertThat(merged.topics())
                    .extracting(Located::value)
                    .containsExactly("topic 'coupons' in batch 'independent-2'");
            assertThat(merged.groups())
                    .extracting(Located::value)
                    .containsExactly("group 'coupon-readers' in batch 'audience'");
            assertThat(merged.vanishedTopics())
                    .extracting(Located::value)
                    .containsExactly("topic 'search-index' in batch 'independent'");
            assertThat(merged.vanishedGroups())
                    .extracting(Located::value)
                    .containsExactly(
                            "group 'invoice-mailer' in batch 'independent'",
                            "group 'shop-windows' in batch 'groups-without-topics'");
            assertThat(added(mine, discovery.text()))
                    .anyMatch(line -> line.contains("name: coupons"))
                    .anyMatch(line -> line.contains("name: coupon-readers"))
                    .noneMatch(line -> line.contains("search-index") || line.contains("shop-windows"));

            String once = discovery.text();
            DiscoveryReport again = discovery.merge();
            assertThat(discovery.text()).isEqualTo(once);
            assertThat(again.merged().orElseThrow().topics()).isEmpty();
            assertThat(again.merged().orElseThrow().vanishedTopics()).hasSize(1);
        }
    }

    /** A comment, an owner, a batch with a name of its own, a topic in braces, blank lines, and the line ends of Windows. */
    private static String editedByHand(String text) {
        String edited = text.replaceFirst("\nbatches:\n", "\n\n# Reviewed by Ann.\nbatches:\n")
                .replaceFirst(
                        "  - name: page-views\n", "  - name: audience   # with the web team\n    owner: team-web\n")
                .replaceFirst(
                        "- name: user-events\n +type: .*\n", "- { name: user-events,  type: NORMAL }   # decided\n\n");
        assertThat(edited).contains("# Reviewed by Ann.", "team-web", "# decided");
        return edited.replace("\n", "\r\n");
    }

    /** A topic and a group come, and others go. */
    private static void change(Endpoints.SandboxCluster source) throws Exception {
        Topics.create(source, new TopicConfig("coupons", 4, 4, 6));
        Topics.createGroup(source, "coupon-readers");
        Topics.consumed(source, "coupon-readers", new MessageQueue("user-events", "source-a", 0), 1);
        Topics.delete(source, "search-index");
        try (AdminConnection connection = AdminConnection.open(source.nameServers(), Optional.empty())) {
            for (String broker : source.brokers().values()) {
                connection.admin().deleteSubscriptionGroup(broker, "shop-windows", true);
                // Its offsets stay.
                connection.admin().deleteSubscriptionGroup(broker, "invoice-mailer", false);
            }
        }
    }

    /** The lines of the second text that are not of the first, whose lines all stand in it, with their ends. */
    private static List<String> added(String before, String after) {
        assertThat(after.replace("\r\n", "")).doesNotContain("\n", "\r");
        List<String> mine = Arrays.asList(before.split("\r\n", -1));
        List<String> all = Arrays.asList(after.split("\r\n", -1));
        assertThat(all).containsSubsequence(mine);
        List<String> added = new ArrayList<>();
        int next = 0;
        for (String line : all) {
            if (next < mine.size() && line.equals(mine.get(next))) {
                next++;
            } else {
                added.add(line);
            }
        }
        assertThat(next).isEqualTo(mine.size());
        return added;
    }
}
