package io.github.rocketmigrate.wire;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.client.exception.MQClientException;
import org.apache.rocketmq.remoting.RPCHook;
import org.apache.rocketmq.tools.admin.DefaultMQAdminExt;

/** RocketMQ's admin client for one cluster, with a client id of its own, so that two clusters never share one. */
public final class AdminConnection implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final DefaultMQAdminExt admin;

    private AdminConnection(DefaultMQAdminExt admin) {
        this.admin = requireNonNull(admin, "admin is null");
    }

    /** Opens a client for the cluster of {@code nameServers}: {@code host:port}, joined by semicolons. */
    public static AdminConnection open(String nameServers, Optional<Credentials> credentials) {
        return open(nameServers, credentials, TIMEOUT);
    }

    /** The same, for servers that may need longer than usual to answer a request. */
    public static AdminConnection open(String nameServers, Optional<Credentials> credentials, Duration timeout) {
        RPCHook signer = credentials
                .map(pair -> new AclClientRPCHook(new SessionCredentials(pair.accessKey(), pair.secretKey())))
                .orElse(null);
        DefaultMQAdminExt admin = new DefaultMQAdminExt(signer, timeout.toMillis());
        // Clients of one JVM with the same instance name share a connection and its name servers.
        String identity = "migrate-" + UUID.randomUUID();
        admin.setInstanceName(identity);
        admin.setAdminExtGroup(identity);
        admin.setNamesrvAddr(nameServers);
        admin.setVipChannelEnabled(false);
        admin.setUseTLS(false);
        try {
            admin.start();
        } catch (MQClientException e) {
            throw new Fault(
                    "The admin client for " + nameServers + " does not start: " + e.getMessage(),
                    "Check the name server addresses: host:port, several joined by semicolons.",
                    e);
        }
        return new AdminConnection(admin);
    }

    public DefaultMQAdminExt admin() {
        return admin;
    }

    @Override
    public void close() {
        Closing.hurried(admin::shutdown);
    }
}
