package io.github.rocketmigrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Mistakes that users make in a plan, and the one problem that names the cause of each.
 *
 * <p>Longer than 300 lines: each mistake is made in the same plan.
 */
final class PlanProblemsTest {
    private static final String WHOLE = """
            version: 1
            name: shop
            source: { nameServers: ["10.0.0.11:9876"], cluster: c, credentials: s, tls: false }
            destination:
              nameServers: ["10.0.1.11:9876"]
              cluster: c5
              credentials: d
              tls: false
              profile: apache
              clientAddresses: ["mq:9876"]
              maintenance: { window: "02:00-06:00", zone: UTC }
            traffic: { routing: join, complete: false, soak: 30m, freeze: [{ from: "2026-12-20", to: "2026-12-31", zone: Asia/Tokyo }, { weekly: "Fri 18:00-Mon 08:00", zone: Europe/Berlin }] }
            defaults: { topic: { queues: 8 }, group: { retries: 16 } }
            batches:
              - name: a
                stage: write-both
                canary: 10%
                owner: team-a
                topics:
                  - { name: user-events, type: NORMAL, queues: 4, stage: source }
                groups:
                  - { name: audit, order: CONCURRENT, retries: 3 }
                waivers:
                  - check: consumers-switched
                    topics: [user-events]
                    groups: [audit]
                    reason: weekly
                    owner: team-a
                    expires: "2026-12-31"
            ignoredGroups:
              - { name: old, reason: gone }
            """;

    @Test
    void findsNothingInTheWholePlan() {
        assertThat(problems(WHOLE)).isEmpty();
    }

    /** Values that are empty in one of the ways of YAML, at every key that has a text. */
    @ParameterizedTest
    @CsvSource({
        "name: shop, name",
        "cluster: c5, cluster",
        "credentials: d, credentials",
        "profile: apache, profile",
        "routing: join, routing",
        "stage: write-both, stage",
        "canary: 10%, canary",
        "owner: team-a, owner",
        "name: user-events, name",
        "type: NORMAL, type",
        "name: audit, name",
        "order: CONCURRENT, order",
        "check: consumers-switched, check",
        "reason: weekly, reason",
        "'expires: \"2026-12-31\"', expires",
        "'window: \"02:00-06:00\"', window",
        "zone: UTC, zone",
        "'from: \"2026-12-20\"', from",
        "'to: \"2026-12-31\"', to",
        "zone: Asia/Tokyo, zone",
        "soak: 30m, soak",
        "'weekly: \"Fri 18:00-Mon 08:00\"', weekly",
        "name: old, name",
        "reason: gone, reason",
        "queues: 4, queues",
        "retries: 3, retries",
        "complete: false, complete",
        "'[\"10.0.0.11:9876\"]', ''",
        "'[\"mq:9876\"]', ''",
        "'\"10.0.1.11:9876\"', ''",
        "'[user-events]', ''",
        "'[audit]', ''",
    })
    void reportsAnEmptyValueOnce(String written, String key) {
        for (String empty : List.of("\"\"", "\"  \"", "~")) {
            String text = WHOLE.replaceFirst(Pattern.quote(written), (key.isEmpty() ? "" : key + ": ") + empty);
            assertThat(text).isNotEqualTo(WHOLE);
            assertThat(problems(text))
                    .describedAs("%s instead of %s", empty, written)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[user-events]", "[audit]", "[\"mq:9876\"]", "[\"10.0.1.11:9876\"]"})
    void reportsAnEmptyEntryOnce(String written) {
        for (String empty : List.of("[]", "[\"\"]", "[~]", "[{}]")) {
            int expected = written.contains("mq") && empty.equals("[]") ? 0 : 1;
            assertThat(problems(WHOLE.replace(written, empty)))
                    .describedAs(empty)
                    .hasSize(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "reason: weekly",
                "owner: team-a\n        expires",
                "check: consumers-switched",
                "order: CONCURRENT",
                "type: NORMAL",
            })
    void reportsAMissingKeyOnce(String written) {
        String key = written.substring(0, written.indexOf(':'));
        String text = WHOLE.replace(written, written.replaceFirst(key, key + "x"));
        assertThat(text).isNotEqualTo(WHOLE);
        assertThat(problems(text)).singleElement().asString().contains("MIG-101", "did you mean " + key + "?");
    }

    @Test
    void suggestsRetriesForRetry() {
        assertThat(problems(WHOLE.replace("retries: 3", "retry: 3")))
                .containsExactly("22:43 MIG-101 group 'audit' has the unknown key 'retry'; did you mean retries?");
    }

    /** A key that stands at the wrong place is no misspelling of another one there. */
    @ParameterizedTest
    @CsvSource({
        "ignoredGroups:, waivers: []\\nignoredGroups:, the plan has the unknown key 'waivers'; it belongs in a batch",
        "ignoredGroups:, topics: []\\nignoredGroups:, the plan has the unknown key 'topics'; it belongs in a batch",
        "retries: 3, 'retries: 3, queues: 4', group 'audit' has the unknown key 'queues'; it belongs in a topic",
        "retries: 3, 'retries: 3, soak: 1m', group 'audit' has the unknown key 'soak'; it belongs in traffic or a batch",
        "credentials: s, 'credentials: s, routing: join', source has the unknown key 'routing'; it belongs in traffic",
    })
    void saysWhereAKeyBelongs(String written, String instead, String problem) {
        assertThat(problems(WHOLE.replaceFirst(written, instead.replace("\\n", "\n"))))
                .singleElement()
                .asString()
                .endsWith("MIG-101 " + problem);
    }

    @Test
    void suggestsNoKeyThatIsThereAlready() {
        assertThat(problems(WHOLE.replace("retries: 3", "retries: 3, retry: 3")))
                .containsExactly("22:55 MIG-101 group 'audit' has the unknown key 'retry'; remove it, because"
                        + " 'retries' is there already");
    }

    @ParameterizedTest
    @CsvSource({
        "98760, 'MIG-106 source has the address ''10.0.0.11:98760'', whose port is out of range (1 to 65535); name servers"
                + " usually listen on 9876'",
        "0, 'MIG-106 source has the address ''10.0.0.11:0'', whose port is out of range (1 to 65535); name servers usually"
                + " listen on 9876'",
        "123456789012, 'MIG-106 source has the address ''10.0.0.11:123456789012'', whose port is out of range (1 to"
                + " 65535); name servers usually listen on 9876'",
    })
    void saysThatAPortIsOutOfRange(String port, String problem) {
        assertThat(problems(WHOLE.replace("10.0.0.11:9876", "10.0.0.11:" + port)))
                .containsExactly("3:25 " + problem);
    }

    /** The address of a broker was valid, and the first goal that connects failed. */
    @ParameterizedTest
    @ValueSource(strings = {"10909", "10911", "10912"})
    void saysThatBrokersUsuallyListenOnAPort(String port) {
        assertThat(problems(WHOLE.replace("10.0.0.11:9876", "10.0.0.11:" + port)))
                .containsExactly("3:25 MIG-238 source has the address '10.0.0.11:" + port
                        + "', on whose port brokers usually listen; write the address of a name server, which usually"
                        + " listens on 9876");
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.11:9876/, write 10.0.0.11:9876",
        "10.0.0.11, 'add the port, for example 10.0.0.11:9876'",
        "'10.0.0.11:9876 10.0.0.12:9876', 'write one address host:port, or several separated by ; or ,'",
        "$MQ_SOURCE, write ${env.MQ_SOURCE} for an environment variable",
        "$(MQ_SOURCE), write ${env.MQ_SOURCE} for an environment variable",
        "%MQ_SOURCE%, write ${env.MQ_SOURCE} for an environment variable",
        "{{ MQ_SOURCE }}, write ${env.MQ_SOURCE} for an environment variable",
        "mq:port, 'write host:port, for example 10.0.0.11:9876'",
    })
    void saysHowToWriteAnAddress(String written, String correction) {
        assertThat(problems(WHOLE.replace("10.0.0.11:9876", written)))
                .containsExactly("3:25 MIG-105 source has the address '" + written + "'; " + correction);
    }

    @ParameterizedTest
    @CsvSource({
        "MQ_SOURCE, env.MQ_SOURCE, env.MQ_SOURCE",
        "mq_source, env.mq_source, env.mq_source",
        "mq.source, env.MQ_SOURCE, env.MQ_SOURCE",
        "env.mq_source, env.MQ_SOURCE, env.MQ_SOURCE",
        "env.mq.source, mq.source, mq.source",
        // With a typing error.
        "mq.soruce, mq.source, mq.source",
        "env.MQ_SORCE, env.MQ_SOURCE, env.MQ_SOURCE",
        "MQ_SORCE, env.MQ_SOURCE, env.MQ_SOURCE",
        // A sandbox sets these names, whether one runs or not.
        "migrate.sandbox.source.nameServer, migrate.sandbox.source.nameServers, migrate.sandbox.source.nameServers",
        "migrate.sandbox.source.nameserver, other, migrate.sandbox.source.nameServers",
        "migrate.sandbox.destinaton.cluster, other, migrate.sandbox.destination.cluster",
    })
    void suggestsThePlaceholderThatWasMeant(String written, String set, String meant) {
        String text = WHOLE.replace("10.0.0.11:9876", "${" + written + "}");
        assertThat(problems(text, Map.of(set, "10.0.0.11:9876")))
                .containsExactly("3:25 MIG-223 ${" + written + "} is not set; did you mean ${" + meant + "}?");
    }

    /** A pipeline without the property only notes it; a similar name that is set is a typing error. */
    @Test
    void aMisspelledPlaceholderIsAWarning() {
        String text = WHOLE.replace("10.0.0.11:9876", "${mq.soruce}");
        assertThat(severity(text, Map.of("mq.source", "10.0.0.11:9876"))).isEqualTo(Severity.WARNING);
        assertThat(severity(text, Map.of())).isEqualTo(Severity.NOTE);
    }

    private static Severity severity(String text, Map<String, String> values) {
        return Plans.read(text, values).problems().get(0).severity();
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrate.sandbox.source.nameServers", "migrate.sandbox.source.broker.source-a"})
    void saysToStartASandboxForItsNames(String written) {
        assertThat(problems(WHOLE.replace("10.0.0.11:9876", "${" + written + "}")))
                .containsExactly(
                        "3:25 MIG-223 ${" + written + "} is not set; start a sandbox with mvn migrate:sandbox-start");
    }

    @ParameterizedTest
    @CsvSource({
        // Another number or a short name is not a typing error.
        "mq.source.2, mq.source.1",
        "env.MQ, env.MC",
    })
    void suggestsNoOtherName(String written, String set) {
        assertThat(problems(WHOLE.replace("10.0.0.11:9876", "${" + written + "}"), Map.of(set, "10.0.0.11:9876")))
                .singleElement()
                .asString()
                .contains("goals that connect need it, so set ");
    }

    /** "did you mean ${env.MQ_SOURCE}?" was said where that variable had no value either. */
    @Test
    void aNameInUpperCaseMayBeAnEnvironmentVariable() {
        assertThat(problems(WHOLE.replace("10.0.0.11:9876", "${MQ_SOURCE}")))
                .containsExactly("3:25 MIG-223 ${MQ_SOURCE} is not set; for an environment variable, write"
                        + " ${env.MQ_SOURCE} and set it; for a property, set -DMQ_SOURCE=");
    }

    @ParameterizedTest
    @CsvSource({
        "mq.source, -Dmq.source= or a property of the POM",
        "env.MQ_SOURCE, the environment variable MQ_SOURCE",
    })
    void saysHowToSetAPlaceholder(String written, String how) {
        assertThat(problems(WHOLE.replace("10.0.0.11:9876", "${" + written + "}")))
                .containsExactly(
                        "3:25 MIG-223 ${" + written + "} is not set; goals that connect need it, so set " + how);
    }

    @Test
    void reportsUnknownNamesOfAWaiverTogetherWithOtherProblems() {
        String text = WHOLE.replace("groups: [audit]", "groups: [ledger]")
                .replace("topics: [user-events]", "topics: [page-views]")
                .replace("type: NORMAL", "type: NORMALE");
        assertThat(problems(text))
                .containsExactly(
                        "20:36 MIG-104 topic 'user-events' has type 'NORMALE'; did you mean NORMAL?",
                        "25:18 MIG-214 the waiver names topic 'page-views', which is not in the plan; remove the name",
                        "26:18 MIG-214 the waiver names group 'ledger', which is not in the plan; remove the name");
    }

    /** A waiver is for topics of its batch; elsewhere it had no effect, and nothing said so. */
    /** Words of YAML 1.1 that many people write for true and false. */
    @ParameterizedTest
    @CsvSource({"yes, true", "Off, false"})
    void saysWhichBooleanAWordStandsFor(String word, String meant) {
        assertThat(problems(WHOLE.replace("complete: false", "complete: " + word)))
                .singleElement()
                .asString()
                .endsWith("is text ('" + word + "'), but must be true or false; write " + meant);
    }

    /** The join and the clients have one TLS setting for both clusters. */
    @Test
    void warnsOfAJoinThatTlsWillBlock() {
        String tls =
                "source: { nameServers: [10.0.0.11:9876], tls: true }\ndestination: { nameServers: [10.0.1.11:9876] }\n";
        String plan = "version: 1\nname: shop\n" + tls + "traffic: { routing: join }\n"
                + "batches: [{ name: a, topics: [{ name: x, type: NORMAL }] }]\n";
        assertThat(problems(plan))
                .singleElement()
                .asString()
                .startsWith("5:21 MIG-237 routing: join needs one TLS setting for both clusters");
        assertThat(problems(plan.replace("join", "client"))).isEmpty();
        assertThat(problems(plan.replace("11:9876] }", "11:9876], tls: insecure }")))
                .isEmpty();
        assertThat(problems(plan.replace(
                        "NORMAL }] }]",
                        "NORMAL }], waivers: [{ check: client-compatible, reason: clients have TLS only,"
                                + " owner: o, expires: 2026-12-01 }] }]")))
                .isEmpty();
    }

    @Test
    void reportsATopicOfAnotherBatchInAWaiver() {
        String text = WHOLE.replace(
                "ignoredGroups:",
                "  - { name: other, stage: source, topics: [{ name: clicks, type: NORMAL }] }\nignoredGroups:");
        assertThat(problems(text.replace("topics: [user-events]", "topics: [clicks]")))
                .containsExactly("25:18 MIG-214 the waiver names topic 'clicks', which is in batch 'other';"
                        + " move the waiver there");
    }

    /** The waiver's names may be those that could not be read. */
    @ParameterizedTest
    @CsvSource({"groups:, group:", "groups:, grups:", "name: audit, nam: audit", "topics:, topic:"})
    void reportsNoUnknownNamesWhereNamesCannotBeRead(String written, String instead) {
        assertThat(problems(WHOLE.replaceFirst(written, instead)))
                .singleElement()
                .asString()
                .contains("MIG-101");
    }

    @Test
    void reportsAnEmptyBatchTogetherWithOtherProblems() {
        assertThat(problems(
                        WHOLE.replace("ignoredGroups:", "  - name: b\nignored:").replace("order: C", "order: X")))
                .extracting(problem -> problem.substring(problem.indexOf("MIG"), problem.indexOf("MIG") + 7))
                .containsExactly("MIG-104", "MIG-226", "MIG-101");
    }

    @Test
    void blamesNoTopicForAStageOfItsBatchThatCannotBeRead() {
        assertThat(problems(WHOLE.replace("stage: write-both", "stage: write-boht")))
                .containsExactly("16:12 MIG-104 batch 'a' has stage 'write-boht'; did you mean write-both?");
        assertThat(problems(WHOLE.replace("stage: write-both", "stages: write-both")
                        .replace("stage: source", "stage: read-both")))
                .containsExactly("16:5 MIG-101 batch 'a' has the unknown key 'stages'; did you mean stage?");
    }

    private static List<String> problems(String text) {
        return problems(text, Map.of());
    }

    private static List<String> problems(String text, Map<String, String> values) {
        return Plans.read(text, values).problems().stream()
                .map(problem -> problem.at() + " " + problem.rule().code() + " " + problem.what())
                .toList();
    }
}
