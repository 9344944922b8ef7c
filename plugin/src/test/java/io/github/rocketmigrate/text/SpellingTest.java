package io.github.rocketmigrate.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words that users write instead of those of the plan, and the suggestions that they get. */
final class SpellingTest {
    private static final List<String> PLAN =
            List.of("version", "name", "source", "destination", "traffic", "defaults", "batches", "ignoredGroups");
    private static final List<String> CLUSTER =
            List.of("nameServers", "cluster", "credentials", "tls", "profile", "clientAddresses", "maintenance");
    private static final List<String> BATCH =
            List.of("name", "stage", "canary", "owner", "topics", "groups", "waivers");
    private static final List<String> TOPIC = List.of("name", "type", "queues", "stage");
    private static final List<String> GROUP = List.of("name", "order", "retries");
    private static final List<String> WAIVER = List.of("check", "topics", "groups", "reason", "owner", "expires");

    @ParameterizedTest
    @CsvSource({
        "src, source",
        "dest, destination",
        "dst, destination",
        "default, defaults",
        "batch, batches",
        "ignored, ignoredGroups",
        "ignoreGroup, ignoredGroups",
    })
    void suggestsAKeyOfThePlan(String word, String meant) {
        assertThat(Spelling.nearest(word, PLAN)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "nameserver, nameServers",
        "name_servers, nameServers",
        "namesrvAddr, nameServers",
        "namesrv, nameServers",
        "clusterName, cluster",
        "cred, credentials",
        "clients, clientAddresses",
        "addresses, clientAddresses",
        "maint, maintenance",
    })
    void suggestsAKeyOfACluster(String word, String meant) {
        assertThat(Spelling.nearest(word, CLUSTER)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"topic, topics", "group, groups", "consumerGroups, groups", "waiver, waivers", "waive, waivers"})
    void suggestsAKeyOfABatch(String word, String meant) {
        assertThat(Spelling.nearest(word, BATCH)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"queue, queues", "readQueueNums, queues", "messageType, type", "message.type, type", "topicName, name"})
    void suggestsAKeyOfATopic(String word, String meant) {
        assertThat(Spelling.nearest(word, TOPIC)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({
        "retry, retries",
        "retried, retries",
        "retryMaxTimes, retries",
        "maxRetries, retries",
        "orderly, order",
        "ordered, order",
        "consumeOrder, order",
    })
    void suggestsAKeyOfAGroup(String word, String meant) {
        assertThat(Spelling.nearest(word, GROUP)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"expire, expires", "expiry, expires", "expiration, expires", "checks, check", "why, "})
    void suggestsAKeyOfAWaiver(String word, String meant) {
        assertThat(Spelling.nearest(word, WAIVER).orElse(null)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"TRANS, TRANSACTION", "ORDERED, ", "DELAYED, DELAY", "FIF0, FIFO"})
    void suggestsAMessageType(String word, String meant) {
        assertThat(Spelling.nearest(word, List.of("NORMAL", "FIFO", "DELAY", "TRANSACTION", "MIXED"))
                        .orElse(null))
                .isEqualTo(meant);
    }

    @Test
    void suggestsNothingIfSeveralWordsFit() {
        assertThat(Spelling.nearest("order", List.of("order-events", "order-fulfilment")))
                .isEmpty();
        assertThat(Spelling.nearest("both", List.of("read-both", "write-both"))).isEmpty();
        assertThat(Spelling.nearest("Berlin", List.of("Europe/Berlin", "Europe/Paris")))
                .contains("Europe/Berlin");
    }

    @Test
    void suggestsNothingForOtherWords() {
        assertThat(Spelling.nearest("colour", GROUP)).isEmpty();
        assertThat(Spelling.nearest("", GROUP)).isEmpty();
        assertThat(Spelling.nearest("é", GROUP)).isEmpty();
    }
}
