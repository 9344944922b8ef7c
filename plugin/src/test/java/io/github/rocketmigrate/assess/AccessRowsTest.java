package io.github.rocketmigrate.assess;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.assess.RowState.NotFired;
import io.github.rocketmigrate.assess.RowState.NotMeasurable;
import io.github.rocketmigrate.cluster.AclAccount;
import io.github.rocketmigrate.cluster.AclRule;
import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.Side;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Accounts of the source at the destination, and what of ACL 1.0 has no equal in ACL 2.0. */
final class AccessRowsTest {
    private static final AclRule ORDERS = AclRule.allow("Topic:orders", Set.of("Pub", "Sub"));
    private static final String TARGET = " -n 10.0.1.11:9876 -c rocketmq5 ";

    private static AclAccount plain(Map<String, SortedSet<String>> defaults, AclRule... rules) {
        return new AclAccount(true, false, true, List.of(rules), new TreeMap<>(defaults), Optional.of("10.1.*.*"));
    }

    private static SortedSet<String> actions(String... actions) {
        return new TreeSet<>(List.of(actions));
    }

    /** An account of ACL 1.0, and a destination that has ACL 2.0 with one other user. */
    static ExaminedClusters accounts(ExaminedClusters clusters) {
        AclAccount alice = plain(Map.of(AclRule.GROUP, actions("Sub")), ORDERS);
        return clusters.acl(Side.SOURCE, AclTable.plain(Map.of("alice", alice), new TreeSet<>(Set.of("10.0.0.*"))))
                .acl(Side.DESTINATION, AclTable.ofUsers(Map.of("admin", AclAccount.user(true))));
    }

    static ExaminedClusters different(ExaminedClusters clusters) {
        accounts(clusters).acl(Side.SOURCE, "old-b", AclTable.plain(Map.of("alice", plain(Map.of())), new TreeSet<>()));
        return clusters;
    }

    private static ExaminedClusters users(AclTable source, AclTable destination) {
        return new ExaminedClusters().acl(Side.SOURCE, source).acl(Side.DESTINATION, destination);
    }

    private static AssessedRow row(ExaminedClusters clusters, String id) {
        return Rows.of(clusters.seen()).stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatIsMissingIsWrittenAsCommandsWithoutASecret() {
        ExaminedClusters clusters = accounts(new ExaminedClusters());
        assertThat(row(clusters, "RMA-501").commands())
                .containsExactly("mqadmin createUser" + TARGET + "-u alice -p '<secret of alice>' -t Normal");
        assertThat(row(clusters, "RMA-502").commands())
                .containsExactly(
                        "mqadmin createAcl" + TARGET + "-s User:alice -r Topic:orders -a Pub,Sub -d Allow",
                        "mqadmin createAcl" + TARGET + "-s User:alice -r 'Group:*' -a Sub -d Allow");
        assertThat(row(clusters, "RMA-505").commands())
                .containsExactly(
                        "mqadmin createAcl" + TARGET + "-s User:alice -r Topic:RMQ_SYS_TRACE_TOPIC -a Pub -d Allow");
    }

    /** A name comes from a cluster, and the command goes to a shell. */
    @Test
    void namesAreProtectedFromTheShell() {
        AclTable source = AclTable.ofUsers(Map.of("a'; rm -rf ~", AclAccount.user(true)));
        assertThat(row(users(source, AclTable.ofUsers(Map.of())), "RMA-501").commands())
                .containsExactly("mqadmin createUser" + TARGET
                        + "-u 'a'\\''; rm -rf ~' -p '<secret of a'\\''; rm -rf ~>' -t Super");
    }

    @Test
    void equalUsersHaveNothingMissing() {
        AclTable users = AclTable.ofUsers(Map.of("alice", AclAccount.user(false, ORDERS)));
        ExaminedClusters clusters = users(users, users);
        for (String id : List.of("RMA-501", "RMA-502", "RMA-503", "RMA-504", "RMA-505", "RMA-506")) {
            assertThat(row(clusters, id).state()).describedAs(id).isInstanceOf(NotFired.class);
        }
    }

    @Test
    void aRuleForMoreTopicsIsEnough() {
        AclTable source = AclTable.ofUsers(Map.of("alice", AclAccount.user(false, ORDERS)));
        for (String resource : List.of("*", "Topic:*", "Topic:ord*")) {
            AclAccount there = AclAccount.user(
                    false, AclRule.allow(resource, Set.of("Pub")), AclRule.allow("Topic:*", Set.of("Sub", "Get")));
            assertThat(row(users(source, AclTable.ofUsers(Map.of("alice", there))), "RMA-502")
                            .state())
                    .describedAs(resource)
                    .isInstanceOf(NotFired.class);
        }
        AclAccount elsewhere = AclAccount.user(
                false, new AclRule("Topic:*", actions("All"), true, new TreeSet<>(Set.of("192.168.0.0/16"))));
        assertThat(row(users(source, AclTable.ofUsers(Map.of("alice", elsewhere))), "RMA-502")
                        .value())
                .hasValueSatisfying(value -> assertThat(value).startsWith("1 rule of 1 account is missing"));
    }

    /** In ACL 1.0, a rule of a topic replaces the default; in ACL 2.0, both count. */
    @Test
    void aRuleThatNarrowsADefaultBecomesADenial() {
        AclAccount alice = plain(
                Map.of(AclRule.TOPIC, actions("Pub", "Sub")),
                AclRule.allow("Topic:audit", Set.of("Sub")),
                AclRule.deny("Topic:audit", Set.of("Pub")));
        AclTable source = AclTable.plain(Map.of("alice", alice), new TreeSet<>());
        assertThat(row(users(source, AclTable.ofUsers(Map.of())), "RMA-502").commands())
                .containsExactly(
                        "mqadmin createAcl" + TARGET + "-s User:alice -r Topic:audit -a Sub -d Allow",
                        "mqadmin createAcl" + TARGET + "-s User:alice -r Topic:audit -a Pub -d Deny",
                        "mqadmin createAcl" + TARGET + "-s User:alice -r 'Topic:*' -a Pub,Sub -d Allow");
        AclAccount bob = new AclAccount(
                true,
                false,
                true,
                List.of(AclRule.deny("Topic:audit", Set.of("Pub"))),
                new TreeMap<>(),
                Optional.empty());
        AclTable other = AclTable.plain(Map.of("bob", bob), new TreeSet<>());
        assertThat(row(users(other, AclTable.ofUsers(Map.of())), "RMA-502").state())
                .describedAs("denied anyway")
                .isInstanceOf(NotFired.class);
    }

    @Test
    void aDisabledUserIsMissing() {
        AclAccount disabled = new AclAccount(false, false, false, List.of(), new TreeMap<>(), Optional.empty());
        AssessedRow row = row(
                users(
                        AclTable.ofUsers(Map.of("alice", AclAccount.user(false))),
                        AclTable.ofUsers(Map.of("alice", disabled))),
                "RMA-501");
        assertThat(row.value().orElseThrow()).endsWith("alice (disabled)");
        assertThat(row.commands()).containsExactly("mqadmin updateUser" + TARGET + "-u alice -s enable");
    }

    @Test
    void aDestinationWithoutAccountsLetsEverybodyIn() {
        ExaminedClusters clusters =
                new ExaminedClusters().acl(Side.SOURCE, AclTable.ofUsers(Map.of("alice", AclAccount.user(false))));
        assertThat(row(clusters, "RMA-501").state().severity()).contains(RowSeverity.RISK);
        assertThat(row(clusters, "RMA-502").state()).isInstanceOf(NotFired.class);
    }

    @Test
    void accountsThatCannotBeReadHavePassedNothing() {
        ExaminedClusters clusters =
                new ExaminedClusters().acl(Side.SOURCE, AclTable.unread(true, "broker old-a refuses to list them"));
        assertThat(row(clusters, "RMA-501").state())
                .isInstanceOfSatisfying(
                        NotMeasurable.class,
                        open -> assertThat(open.why())
                                .isEqualTo(
                                        "the accounts of the source were not read: broker old-a refuses to list them"));
    }

    @Test
    void usersOfABrokerWithoutAuthorizationNeedNoRules() {
        ExaminedClusters clusters =
                accounts(new ExaminedClusters()).setting(Side.DESTINATION, Broker.AUTHORIZATION, "false");
        assertThat(row(clusters, "RMA-502").value().orElseThrow()).endsWith("the destination checks no rules");
        assertThat(row(clusters, "RMA-505").state()).isInstanceOf(NotFired.class);
    }

    @Test
    void aManagedDestinationIsAskedAbout() {
        ExaminedClusters clusters = accounts(new ExaminedClusters()).managed("apsaramq-standard");
        assertThat(row(clusters, "RMA-501").state())
                .isInstanceOfSatisfying(
                        NotMeasurable.class,
                        open -> assertThat(open.why()).startsWith("the source has 1 account; a managed destination"));
    }
}
