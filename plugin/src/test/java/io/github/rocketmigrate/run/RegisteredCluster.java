package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.TopicConfig;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.ResponseCode;
import org.apache.rocketmq.remoting.protocol.body.RegisterBrokerBody;
import org.apache.rocketmq.remoting.protocol.body.TopicConfigAndMappingSerializeWrapper;
import org.apache.rocketmq.remoting.protocol.header.namesrv.RegisterBrokerRequestHeader;

/**
 * Another cluster, as far as a name server can tell: its masters have registered, and are forgotten when their connections
 * end.
 */
final class RegisteredCluster implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 20_000;

    private final String name;
    private final String nameServer;
    private final List<NettyRemotingClient> connections = new ArrayList<>();

    RegisteredCluster(String name, String nameServer) {
        this.name = name;
        this.nameServer = nameServer;
    }

    /** A name server from 5.0 on refuses a single topic of a broker that it does not know. */
    void register(String broker, String address, String... topics) throws Exception {
        NettyRemotingClient connection = new NettyRemotingClient(new NettyClientConfig());
        connection.start();
        connections.add(connection);
        RegisterBrokerRequestHeader header = new RegisterBrokerRequestHeader();
        header.setClusterName(name);
        header.setBrokerName(broker);
        header.setBrokerAddr(address);
        header.setHaServerAddr(address);
        header.setBrokerId(0L);
        header.setCompressed(false);
        RemotingCommand command = RemotingCommand.createRequestCommand(RequestCode.REGISTER_BROKER, header);
        command.setVersion(MQVersion.CURRENT_VERSION);
        command.setBody(body(topics));
        RemotingCommand answer = connection.invokeSync(nameServer, command, PATIENCE_MILLIS);
        assertThat(answer.getCode()).as(answer.getRemark()).isEqualTo(ResponseCode.SUCCESS);
    }

    private static byte[] body(String... topics) {
        TopicConfigAndMappingSerializeWrapper table = new TopicConfigAndMappingSerializeWrapper();
        table.setTopicConfigTable(new ConcurrentHashMap<>());
        Arrays.stream(topics).forEach(topic -> table.getTopicConfigTable().put(topic, new TopicConfig(topic, 1, 1, 6)));
        RegisterBrokerBody body = new RegisterBrokerBody();
        body.setTopicConfigSerializeWrapper(table);
        return body.encode(false);
    }

    @Override
    public void close() {
        connections.forEach(NettyRemotingClient::shutdown);
    }
}
