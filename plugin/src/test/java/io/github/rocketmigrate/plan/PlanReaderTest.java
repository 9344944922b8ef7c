package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.run.PlanReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads plans for goals that connect, and values at the limits of the rules. */
final class PlanReaderTest {
    private static final String PLAN = """
            version: 1
            name: shop
            source: { nameServers: ["10.0.0.11:9876"] }
            destination: { nameServers: ["10.0.1.11:9876", "${ns2}"], tls: "${tls:-true}" }
            batches:
              - name: orders
                topics: [{ name: order-events, type: NORMAL }]
            """;

    @TempDir
    Path folder;

    @Test
    void placeholdersInListsGetTheirValuesAndTlsBecomesTrueOrFalse() throws IOException {
        PlanReading reading = connecting(PLAN, Map.of("ns2", "10.0.1.12:9876"));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.plan().orElseThrow().destination().nameServers())
                .extracting(Located::value)
                .containsExactly("10.0.1.11:9876", "10.0.1.12:9876");
        assertThat(reading.plan().orElseThrow().destination().tls()).isEqualTo(Tls.VERIFIED);
        assertThat(connecting(PLAN, Map.of("ns2", "10.0.1.12:9876", "tls", "false"))
                        .plan()
                        .orElseThrow()
                        .destination()
                        .tls())
                .isEqualTo(Tls.OFF);
        assertThat(connecting(PLAN, Map.of("ns2", "10.0.1.12:9876", "tls", "insecure"))
                        .plan()
                        .orElseThrow()
                        .destination()
                        .tls())
                .isEqualTo(Tls.INSECURE);
    }

    @Test
    void aGoalThatConnectsNeedsEveryAddress() throws IOException {
        PlanReading offline = offline(PLAN);
        assertThat(offline.plan()).isPresent();
        assertThat(offline.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Severity.NOTE);
            assertThat(problem.what()).startsWith("${ns2} is not set; ");
        });

        PlanReading connecting = connecting(PLAN, Map.of());
        assertThat(connecting.plan()).isEmpty();
        assertThat(connecting.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.rule()).isEqualTo(Rule.PLACEHOLDER_UNSET);
            assertThat(problem.severity()).isEqualTo(Severity.ERROR);
            assertThat(problem.what()).isEqualTo("${ns2} is not set: set -Dns2= or a property of the POM");
        });
    }

    @Test
    void aGoalThatConnectsNeedsADestinationWithTheAdminProtocol() throws IOException {
        String managed = PLAN.replace("\"${ns2}\"]", "\"10.0.1.12:9876\"], profile: tdmq");
        assertThat(offline(managed).problems()).isEmpty();
        PlanReading connecting = connecting(managed, Map.of());
        assertThat(connecting.plan()).isEmpty();
        assertThat(connecting.problems())
                .extracting(PlanReaderTest::words)
                .containsExactly("MIG-227 profile 'tdmq' is a managed destination, but this goal needs brokers with"
                        + " RocketMQ's admin protocol; use migrate:validate or migrate:assess");
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16})
    void theFewestAndTheMostQueuesOfAProfileAreValid(int queues) throws IOException {
        assertThat(offline(tdmq(queues)).problems()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 17})
    void theDefaultNumberOfQueuesIsCheckedAgainstTheProfileToo(int queues) throws IOException {
        assertThat(offline(tdmq(queues)).problems())
                .extracting(PlanReaderTest::words)
                .containsExactly(
                        "MIG-220 topic 'order-events' has " + queues + " queues; TDMQ for RocketMQ 5.x allows 3 to 16");
    }

    private static String tdmq(int queues) {
        return PLAN.replace("\"${ns2}\"]", "\"10.0.1.12:9876\"], profile: tdmq") + "defaults: { topic: { queues: "
                + queues + " } }\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "65535"})
    void theLowestAndTheHighestPortAreValid(String port) throws IOException {
        assertThat(offline(PLAN.replace("${ns2}", "10.0.1.12:" + port)).problems())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536"})
    void otherPortsAreNot(String port) throws IOException {
        assertThat(offline(PLAN.replace("${ns2}", "10.0.1.12:" + port)).problems())
                .extracting(PlanReaderTest::words)
                .containsExactly("MIG-106 destination has the address '10.0.1.12:" + port
                        + "', whose port is out of range (1 to 65535); name servers usually listen on 9876");
    }

    @Test
    void aGateNeedsAName() throws IOException {
        assertThat(offline(waiving("gate:review")).problems())
                .extracting(Problem::rule)
                .containsExactly(Rule.WAIVER_UNKNOWN_CHECK);
        assertThat(offline(waiving("\"gate:\"")).problems())
                .extracting(Problem::rule)
                .containsExactly(Rule.WAIVER_UNKNOWN_CHECK);
    }

    /** The number is reported once, not as a wrong date as well. */
    @Test
    void aNumberInsteadOfADateIsOneProblem() throws IOException {
        assertThat(offline(waiving("source-drained").replace("2026-12-31", "17"))
                        .problems())
                .extracting(Problem::rule)
                .containsExactly(Rule.WRONG_KIND);
    }

    private static String waiving(String check) {
        return PLAN.replace(", \"${ns2}\"", "") + "    waivers:\n      - { check: " + check
                + ", topics: [order-events], reason: known, owner: ann, expires: 2026-12-31 }\n";
    }

    private static String words(Problem problem) {
        return problem.rule().code() + " " + problem.what();
    }

    private PlanReading offline(String plan) throws IOException {
        return PlanReaders.offline(name -> Optional.empty(), Plans.TODAY).read(file(plan));
    }

    private PlanReading connecting(String plan, Map<String, String> properties) throws IOException {
        return PlanReaders.connecting(name -> Optional.ofNullable(properties.get(name)), Plans.TODAY)
                .read(file(plan));
    }

    private Path file(String plan) throws IOException {
        return Files.writeString(folder.resolve("plan.yaml"), plan, UTF_8);
    }
}
