package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.AclAccount;
import io.github.rocketmigrate.cluster.AclRule;
import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.PlanPositions;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.Encryption;
import io.github.rocketmigrate.wire.ReadRequest;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.junit.jupiter.api.Test;

/** One broker that lists its accounts as brokers of its release do, with their secrets. */
final class AclReadingTest {
    private static final String SECRET = "never-print-this";
    private static final String PLAIN = """
            {"globalWhiteAddrs":["10.0.0.*"],"plainAccessConfigs":[
             {"accessKey":"operator","secretKey":"%1$s","admin":true},
             {"accessKey":"orders","secretKey":"%1$s","admin":false,"whiteRemoteAddress":"10.1.*.*",
              "defaultTopicPerm":"DENY","defaultGroupPerm":"SUB","topicPerms":["orders=PUB|SUB","audit=SUB","secrets=DENY"],
              "groupPerms":["ledger=SUB"]}]}
            """.formatted(SECRET);

    private final List<Integer> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<Integer, String> answers = new TreeMap<>();

    @Test
    void theFilesOfAclOneAreRulesWithoutSecrets() throws Exception {
        answers.put(ReadRequest.PLAIN_ACL.code(), PLAIN);
        AclTable table = read("4.9.7", Map.of("aclEnable", "true"));
        assertThat(table.whiteAddresses()).containsExactly("10.0.0.*");
        assertThat(table.accounts()).containsOnlyKeys("operator", "orders");
        assertThat(table.accounts().get("operator").isAdmin()).isTrue();
        AclAccount orders = table.accounts().get("orders");
        assertThat(orders.whiteAddress()).hasValue("10.1.*.*");
        assertThat(orders.defaults()).isEqualTo(Map.of("Group", Set.of("Sub")));
        assertThat(orders.rules().stream().map(AclRule::words))
                .containsExactly(
                        "Topic:orders Pub,Sub",
                        "Topic:audit Sub",
                        "Topic:audit not Pub",
                        "Topic:secrets not Pub,Sub",
                        "Group:ledger Sub");
        assertThat(table.toString()).doesNotContain(SECRET);
    }

    @Test
    void usersOfAclTwoHaveTheirPolicies() throws Exception {
        answers.put(ReadRequest.USERS.code(), """
                [{"username":"alice","password":"%1$s","userType":"Normal","userStatus":"enable"},
                 {"username":"root","password":"%1$s","userType":"Super","userStatus":"disable"}]
                """.formatted(SECRET));
        answers.put(ReadRequest.POLICIES.code(), """
                [{"subject":"User:alice","policies":[{"policyType":"Custom","entries":[
                  {"resource":"Topic:*","actions":["Pub","Sub"],"sourceIps":["10.0.0.0/8"],"decision":"Allow"},
                  {"resource":"Topic:audit","actions":["All"],"decision":"Deny"}]}]}]
                """);
        AclTable table = read("5.5.0", Map.of("authenticationEnabled", "true"));
        assertThat(table.accounts().get("alice").rules())
                .containsExactly(
                        new AclRule(
                                "Topic:*",
                                new TreeSet<>(Set.of("Pub", "Sub")),
                                true,
                                new TreeSet<>(Set.of("10.0.0.0/8"))),
                        AclRule.deny("Topic:audit", Set.of("All")));
        assertThat(table.accounts().get("root").isAdmin()).isTrue();
        assertThat(table.accounts().get("root").isEnabled()).isFalse();
        assertThat(table.toString()).doesNotContain(SECRET);
    }

    /** A broker without users answers with an empty body. */
    @Test
    void noUsersAreNoFailure() throws Exception {
        answers.put(ReadRequest.USERS.code(), "");
        answers.put(ReadRequest.POLICIES.code(), "");
        assertThat(read("5.5.0", Map.of("authenticationEnabled", "true"))).isEqualTo(AclTable.ofUsers(Map.of()));
    }

    /** A 4.x broker without accounts would never answer; some releases do not know the request any more. */
    @Test
    void onlyBrokersThatHaveAccountsAreAsked() throws Exception {
        assertThat(tables("4.9.7", Map.of("aclEnable", "false"))).isEmpty();
        for (String version : List.of("4.6.0", "4.9.8", "5.2.0")) {
            assertThat(read(version, Map.of("aclEnable", "true")).unread())
                    .hasValue("broker source-a of " + version + " has no request that lists them");
        }
        assertThat(asked).isEmpty();
    }

    /** The parser quotes what it cannot read, and a broker may quote anything. */
    @Test
    void aFailureNeverQuotesTheAnswer() throws Exception {
        answers.put(ReadRequest.PLAIN_ACL.code(), "{\"plainAccessConfigs\":[{\"secretKey\":\"" + SECRET);
        assertThat(read("4.9.7", Map.of("aclEnable", "true")).unread())
                .hasValue("broker source-a lists them in an unknown format");
        answers.clear();
        assertThat(read("4.9.7", Map.of("aclEnable", "true")).unread())
                .hasValue("broker source-a refuses to list them");
    }

    private AclTable read(String version, Map<String, String> settings) throws Exception {
        return tables(version, settings).get("source-a");
    }

    private Map<String, AclTable> tables(String version, Map<String, String> settings) throws Exception {
        try (ScriptedServer server = ScriptedServer.start(this::answer);
                ReadingConnection connection =
                        ReadingConnection.open(Encryption.NONE, Optional.empty(), Duration.ofSeconds(10))) {
            Broker broker = new Broker(
                    "source-a",
                    server.address(),
                    ServerVersion.of(version).orElseThrow(),
                    settings,
                    Map.of(),
                    Map.of(),
                    List.of());
            Metadata metadata = new Metadata("source", List.of(), new TreeMap<>(Map.of("source-a", broker)));
            return new AclReading(() -> new RequestGroup("source", PlanPositions.NONE, connection)).read(metadata);
        }
    }

    private RemotingCommand answer(RemotingCommand request) {
        asked.add(request.getCode());
        String body = answers.get(request.getCode());
        if (body == null) {
            return RemotingCommand.createResponseCommand(ResponseCode.SYSTEM_ERROR, "secretKey=" + SECRET);
        }
        RemotingCommand answer = RemotingCommand.createResponseCommand(ResponseCode.SUCCESS, null);
        answer.setBody(body.getBytes(UTF_8));
        return answer;
    }
}
