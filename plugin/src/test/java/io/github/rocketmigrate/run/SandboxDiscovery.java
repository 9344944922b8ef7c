package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.Plans;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The goal {@code discover} with the clusters of a sandbox, and the plan that it writes into a folder. */
record SandboxDiscovery(Path folder) {
    static final ClusterAccess ACCESS = new ClusterAccess(
            id -> {
                throw new AssertionError("the sandbox has no accounts");
            },
            OptionalInt.empty());

    private static final String NAME = "migration.yaml";
    private static final Pattern TODO = Pattern.compile("- name: (\\S+)\\n +(type|order): TODO");
    private static final Pattern VALUE = Pattern.compile("- name: (\\S+)\\n +(?:type|order): (.*)");
    private static final Pattern TIME = Pattern.compile("20\\d\\d-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC");

    Path file() {
        return folder.resolve(NAME);
    }

    String text() throws IOException {
        return Files.readString(file(), UTF_8);
    }

    /** The type or order of each topic and group, with its comment. */
    Map<String, String> values() throws IOException {
        Map<String, String> values = new TreeMap<>();
        VALUE.matcher(text())
                .results()
                .forEach(value ->
                        values.put(value.group(1), TIME.matcher(value.group(2)).replaceAll("(time)")));
        return values;
    }

    /** Writes a plan, in place of the one that exists. */
    DiscoveryReport discover(Endpoints endpoints) {
        return goal().run(newPlan(endpoints), Selection.ALL);
    }

    /** Writes a plan from a metadata file, as somebody does who has no access to the source. */
    DiscoveryReport discoverFrom(Path metadata, Endpoints endpoints) {
        return Discover.ofFiles(
                        stored(metadata),
                        List.of("-Dmigrate.from=" + metadata),
                        DiscoveredShop.NO_PROPERTIES,
                        Plans.TODAY,
                        Goals.outputs(folder))
                .run(newPlan(endpoints), Selection.ALL);
    }

    static StoredCluster stored(Path metadata) {
        return StoredCluster.read(Map.of(metadata.toString(), metadata), OptionalInt.empty());
    }

    /** Adds to the plan that exists what is new at the source that it names. */
    DiscoveryReport merge() {
        return goal().merge(
                        new Discover.ExistingPlan(
                                NAME,
                                PlanReaders.extending(DiscoveredShop.NO_PROPERTIES, Plans.TODAY)
                                        .readText(file()),
                                Map.of()),
                        Selection.ALL);
    }

    /** The same plan with what the owner of the shop knows in place of each TODO. */
    static String answered(String text) {
        Matcher open = TODO.matcher(text);
        StringBuilder answered = new StringBuilder();
        while (open.find()) {
            String name = open.group(1);
            String answer = open.group(2).equals("type")
                    ? Shop.TOPICS.stream()
                            .filter(topic -> topic.name().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .type()
                            .name()
                    : Shop.GROUPS.stream()
                            .filter(group -> group.name().equals(name))
                            .findFirst()
                            .orElseThrow()
                            .order()
                            .name();
            open.appendReplacement(answered, open.group().replace("TODO", answer));
        }
        return open.appendTail(answered).toString();
    }

    private Discover goal() {
        return Discover.of(
                ACCESS, DiscoveredShop.NO_PROPERTIES, Clock.systemUTC(), Goals.outputs(folder), reading -> {});
    }

    private Discover.NewPlan newPlan(Endpoints endpoints) {
        return new Discover.NewPlan(
                NAME, file(), true, address(endpoints, Side.SOURCE), address(endpoints, Side.DESTINATION));
    }

    private static ClusterAddress address(Endpoints endpoints, Side side) {
        return new ClusterAddress(
                List.of(endpoints.cluster(side).nameServers()),
                "of the sandbox",
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
