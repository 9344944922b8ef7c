package io.github.rocketmigrate.wire;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;

/** RocketMQ's client with an encryption of its own, in place of the one that all clients of a JVM share. */
final class EncryptedClient extends NettyRemotingClient {
    EncryptedClient(
            NettyClientConfig config, EventLoopGroup network, EventExecutorGroup executors, Encryption encryption) {
        super(config, null, network, executors);
        encryption.context().ifPresent(context -> sslContext = context);
    }
}
