package io.github.rocketmigrate.run;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.wire.AdminConnection;
import io.netty.channel.ChannelHandlerContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.rocketmq.client.ClientConfig;
import org.apache.rocketmq.client.consumer.DefaultLitePullConsumer;
import org.apache.rocketmq.client.consumer.DefaultMQPushConsumer;
import org.apache.rocketmq.client.consumer.MessageSelector;
import org.apache.rocketmq.client.consumer.listener.ConsumeConcurrentlyStatus;
import org.apache.rocketmq.client.consumer.listener.ConsumeOrderlyStatus;
import org.apache.rocketmq.client.consumer.listener.MessageListener;
import org.apache.rocketmq.client.consumer.listener.MessageListenerConcurrently;
import org.apache.rocketmq.client.consumer.listener.MessageListenerOrderly;
import org.apache.rocketmq.client.consumer.rebalance.AllocateMessageQueueAveragely;
import org.apache.rocketmq.client.producer.DefaultMQProducer;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.message.MessageRequestMode;
import org.apache.rocketmq.remoting.netty.NettyClientConfig;
import org.apache.rocketmq.remoting.netty.NettyRemotingClient;
import org.apache.rocketmq.remoting.netty.NettyRequestProcessor;
import org.apache.rocketmq.remoting.protocol.LanguageCode;
import org.apache.rocketmq.remoting.protocol.RemotingCommand;
import org.apache.rocketmq.remoting.protocol.RequestCode;
import org.apache.rocketmq.remoting.protocol.heartbeat.ConsumeType;
import org.apache.rocketmq.remoting.protocol.heartbeat.ConsumerData;
import org.apache.rocketmq.remoting.protocol.heartbeat.HeartbeatData;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;

/** Clients of a test in its own JVM, which end with it. */
final class RealClients implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONGEST_DELAY = 18;
    private static final int INTERVAL_MILLIS = 1_000;
    private static final MessageListenerOrderly IN_ORDER = (messages, context) -> ConsumeOrderlyStatus.SUCCESS;
    private static final MessageListenerConcurrently AT_ONCE =
            (messages, context) -> ConsumeConcurrentlyStatus.CONSUME_SUCCESS;

    static {
        // Clients read it once: they divide queues again every 20 s by default.
        System.setProperty("rocketmq.client.rebalance.waitInterval", Integer.toString(INTERVAL_MILLIS));
        // Where clients of broadcasting groups keep their offsets; by default in the home of the user.
        System.setProperty(
                "rocketmq.client.localOffsetStoreDir",
                Path.of("target", "client-offsets").toAbsolutePath().toString());
    }

    private final Endpoints endpoints;
    private final List<AutoCloseable> clients = new ArrayList<>();

    RealClients(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    void add(AutoCloseable client) {
        clients.add(client);
    }

    String member(String group, String name, Side side, boolean orderly, boolean broadcasting, String... topics)
            throws Exception {
        return member(group, name, endpoints.cluster(side).nameServers(), orderly, broadcasting, topics);
    }

    /** Starts a member of a group, and returns its id. */
    String member(
            String group, String name, String nameServers, boolean orderly, boolean broadcasting, String... topics)
            throws Exception {
        DefaultMQPushConsumer member = consumer(group, name, nameServers, topics);
        if (broadcasting) {
            member.setMessageModel(MessageModel.BROADCASTING);
        }
        return start(member, orderly ? IN_ORDER : AT_ONCE);
    }

    /** Starts a member that does with messages what a test wants. */
    String member(String group, Side side, MessageListener listener, String... topics) throws Exception {
        return start(consumer(group, "own", endpoints.cluster(side).nameServers(), topics), listener);
    }

    /** Starts a member that selects messages with SQL92. */
    void filtering(String group, String topic, String expression) throws Exception {
        DefaultMQPushConsumer member =
                consumer(group, "sql", endpoints.cluster(Side.SOURCE).nameServers());
        member.subscribe(topic, MessageSelector.bySql(expression));
        start(member, AT_ONCE);
    }

    /** Starts a member whose application pulls messages, and never commits. */
    void pulling(String group, String topic) throws Exception {
        DefaultLitePullConsumer member = new DefaultLitePullConsumer(group);
        member.setAllocateMessageQueueStrategy(new InTurn());
        configure(member, group, "own", endpoints.cluster(Side.SOURCE).nameServers());
        member.setAutoCommit(false);
        member.subscribe(topic, "*");
        member.start();
        clients.add(member::shutdown);
    }

    /** Starts a member that receives messages by POP, of which brokers are told first. */
    void popping(String group, String topic) throws Exception {
        Endpoints.SandboxCluster source = endpoints.cluster(Side.SOURCE);
        try (AdminConnection connection = AdminConnection.open(source.nameServers(), Optional.empty())) {
            for (String broker : source.brokers().values()) {
                connection
                        .admin()
                        .setMessageRequestMode(
                                broker,
                                topic,
                                group,
                                MessageRequestMode.POP,
                                0,
                                Duration.ofSeconds(3).toMillis());
            }
        }
        DefaultMQPushConsumer member = consumer(group, "own", source.nameServers(), topic);
        member.setClientRebalance(false);
        // Brokers divide the queues, and know the strategies of RocketMQ only.
        member.setAllocateMessageQueueStrategy(new AllocateMessageQueueAveragely());
        start(member, AT_ONCE);
    }

    /**
     * Starts a producer.
     *
     * @param program the name of the consumer with which it shares a client, or a name of its own
     */
    DefaultMQProducer producer(String group, String program) throws Exception {
        DefaultMQProducer producer = new DefaultMQProducer(group);
        configure(producer, program, "own", endpoints.cluster(Side.SOURCE).nameServers());
        producer.start();
        clients.add(producer::shutdown);
        return producer;
    }

    /** Starts a member that sends back whatever it gets. */
    void failing(String topic, String group) throws Exception {
        member(
                group,
                Side.SOURCE,
                (MessageListenerConcurrently) (messages, context) -> {
                    context.setDelayLevelWhenNextConsume(LONGEST_DELAY);
                    return ConsumeConcurrentlyStatus.RECONSUME_LATER;
                },
                topic);
    }

    private String start(DefaultMQPushConsumer member, MessageListener listener) throws Exception {
        if (listener instanceof MessageListenerOrderly orderly) {
            member.registerMessageListener(orderly);
        } else {
            member.registerMessageListener((MessageListenerConcurrently) listener);
        }
        member.start();
        clients.add(member::shutdown);
        return member.buildMQClientId();
    }

    DefaultMQPushConsumer consumer(String group, String name, String nameServers, String... topics) throws Exception {
        DefaultMQPushConsumer member = new DefaultMQPushConsumer(group);
        member.setAllocateMessageQueueStrategy(new InTurn());
        configure(member, group, name, nameServers);
        member.setConsumeThreadMin(1);
        member.setConsumeThreadMax(1);
        member.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET);
        for (String topic : topics) {
            member.subscribe(topic, "*");
        }
        return member;
    }

    private static void configure(ClientConfig client, String group, String name, String nameServers) {
        client.setNamesrvAddr(nameServers);
        client.setInstanceName(group + "-" + name);
        client.setVipChannelEnabled(false);
        client.setPollNameServerInterval(INTERVAL_MILLIS);
        client.setHeartbeatBrokerInterval(INTERVAL_MILLIS);
    }

    /** Connects a member with an id of its own choice to the first broker of the source; it never answers. */
    void silent(String topic, String group, String id) throws Exception {
        silent(topic, group, id, LanguageCode.JAVA);
    }

    /** The same with an SDK in another language. */
    void silent(String topic, String group, String id, LanguageCode language) throws Exception {
        NettyRemotingClient client = new NettyRemotingClient(new NettyClientConfig());
        client.registerProcessor(
                RequestCode.GET_CONSUMER_RUNNING_INFO,
                new NettyRequestProcessor() {
                    @Override
                    public RemotingCommand processRequest(ChannelHandlerContext context, RemotingCommand request) {
                        return null;
                    }

                    @Override
                    public boolean rejectRequest() {
                        return false;
                    }
                },
                null);
        client.start();
        clients.add(client::shutdown);
        ConsumerData consumer = new ConsumerData();
        consumer.setGroupName(group);
        consumer.setConsumeType(ConsumeType.CONSUME_PASSIVELY);
        consumer.setMessageModel(MessageModel.CLUSTERING);
        consumer.setConsumeFromWhere(ConsumeFromWhere.CONSUME_FROM_LAST_OFFSET);
        consumer.setSubscriptionDataSet(Set.of(new SubscriptionData(topic, "*")));
        HeartbeatData heartbeat = new HeartbeatData();
        heartbeat.setClientID(id);
        heartbeat.setConsumerDataSet(Set.of(consumer));
        RemotingCommand command = RemotingCommand.createRequestCommand(RequestCode.HEART_BEAT, null);
        command.setLanguage(language);
        command.setBody(heartbeat.encode());
        String broker =
                endpoints.cluster(Side.SOURCE).brokers().values().iterator().next();
        client.invokeSync(broker, command, PATIENCE.toMillis());
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
    }
}
