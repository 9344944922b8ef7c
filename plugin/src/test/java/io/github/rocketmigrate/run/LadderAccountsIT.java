package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;

import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints.SandboxCluster;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.AdminConnection;
import io.github.rocketmigrate.wire.Credentials;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link LadderIT} between clusters that require accounts: ACL 1.0 at the source, ACL 2.0 at the destination. The goals
 * sign in with another account on each side, the applications with one that may only send and receive.
 */
@Tag("thorough")
final class LadderAccountsIT {
    private static final Credentials APPLICATION = new Credentials("shop-application", "shop-application-secret");
    private static final Credentials MIGRATION = new Credentials("shop-migration", "shop-migration-secret");

    @TempDir
    Path folder;

    @Test
    void everyKindOfTopicGoesUpAndBack() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.startJoinedWithAccounts(folder.resolve("sandbox"), "4.9.7", "5.5.0")) {
            atTheSource(sandbox);
            atTheDestination(sandbox);
            List<LiveTopic> topics = LadderIT.everyKind("-accounts");
            try (Climb climb = Climb.joined(
                    sandbox,
                    folder,
                    topics,
                    Climb.QUICK.withAccount(APPLICATION),
                    new Entrance(
                            Map.of(Side.SOURCE, sandbox.endpoints().admin().orElseThrow(), Side.DESTINATION, MIGRATION),
                            Optional.empty()))) {
                LadderIT.go(climb, topics, "ladder-accounts", KilledLadderIT.UP_AND_BACK);
            }
        }
    }

    /** Brokers read this file again when it has changed; clients try until then. */
    private static void atTheSource(OwnSandbox sandbox) throws Exception {
        for (String broker : sandbox.endpoints().cluster(Side.SOURCE).brokers().keySet()) {
            Files.writeString(
                    sandbox.sandbox().folder().resolve(broker + "/conf/plain_acl.yml"),
                    """
                      - accessKey: %s
                        secretKey: %s
                        admin: false
                        defaultTopicPerm: PUB|SUB
                        defaultGroupPerm: SUB
                    """.formatted(APPLICATION.accessKey(), APPLICATION.secretKey()),
                    UTF_8,
                    APPEND);
        }
    }

    private static void atTheDestination(OwnSandbox sandbox) throws Exception {
        SandboxCluster cluster = sandbox.endpoints().cluster(Side.DESTINATION);
        try (AdminConnection connection =
                AdminConnection.open(cluster.nameServers(), sandbox.endpoints().admin())) {
            for (String address : cluster.brokers().values()) {
                connection.admin().createUser(address, MIGRATION.accessKey(), MIGRATION.secretKey(), "Super");
                connection.admin().createUser(address, APPLICATION.accessKey(), APPLICATION.secretKey(), "Normal");
                connection
                        .admin()
                        .createAcl(
                                address,
                                "User:" + APPLICATION.accessKey(),
                                List.of("Topic:*", "Group:*"),
                                List.of("Pub", "Sub"),
                                List.of(),
                                "Allow");
            }
        }
    }
}
