package io.github.rocketmigrate.cluster.remoting;

import io.github.rocketmigrate.cluster.ClientReports.ClientReport;
import io.github.rocketmigrate.cluster.ClientReports.QueuePosition;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.model.ConsumeOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.rocketmq.common.MQVersion;
import org.apache.rocketmq.common.consumer.ConsumeFromWhere;
import org.apache.rocketmq.common.filter.ExpressionType;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.RemotingSerializable;
import org.apache.rocketmq.remoting.protocol.body.ConsumerConnection;
import org.apache.rocketmq.remoting.protocol.body.ConsumerRunningInfo;
import org.apache.rocketmq.remoting.protocol.body.ProducerConnection;
import org.apache.rocketmq.remoting.protocol.body.ProducerTableInfo;
import org.apache.rocketmq.remoting.protocol.heartbeat.ConsumeType;
import org.apache.rocketmq.remoting.protocol.heartbeat.MessageModel;
import org.apache.rocketmq.remoting.protocol.heartbeat.SubscriptionData;

/** Decodes what clients of all versions report: in heartbeats, which brokers pass on, and when asked. */
final class ClientDecoder {
    private ClientDecoder() {}

    /** The members of a consumer group that are connected to {@code broker}. */
    static ConsumerGroup group(String broker, byte[] body) {
        ConsumerConnection group = RemotingSerializable.decode(body, ConsumerConnection.class);
        SortedMap<String, GroupMember> members = new TreeMap<>();
        group.getConnectionSet()
                .forEach(it -> members.put(
                        it.getClientId(),
                        new GroupMember(
                                client(it.getClientId(), it.getClientAddr(), it.getLanguage(), it.getVersion()),
                                new TreeSet<>(Set.of(broker)))));
        return new ConsumerGroup(
                group.getMessageModel() == MessageModel.BROADCASTING,
                group.getConsumeFromWhere() == ConsumeFromWhere.CONSUME_FROM_FIRST_OFFSET,
                Optional.ofNullable(group.getConsumeType()).map(ClientDecoder::mode),
                new TreeSet<>(group.getSubscriptionTable().keySet()),
                group.getSubscriptionTable().values().stream()
                        .filter(subscription -> ExpressionType.SQL92.equals(subscription.getExpressionType()))
                        .map(SubscriptionData::getTopic)
                        .collect(Collectors.toCollection(TreeSet::new)),
                members);
    }

    private static ConsumeMode mode(ConsumeType type) {
        return switch (type) {
            case CONSUME_ACTIVELY -> ConsumeMode.PULL;
            case CONSUME_PASSIVELY -> ConsumeMode.PUSH;
            case CONSUME_POP -> ConsumeMode.POP;
        };
    }

    /** The producers that are connected to a broker, by group. */
    static Map<String, Set<Client>> producers(byte[] body) {
        Map<String, Set<Client>> producers = new HashMap<>();
        RemotingSerializable.decode(body, ProducerTableInfo.class).getData().forEach((group, clients) -> {
            Set<Client> members = new HashSet<>();
            clients.forEach(
                    it -> members.add(client(it.getClientId(), it.getRemoteIP(), it.getLanguage(), it.getVersion())));
            producers.put(group, members);
        });
        return producers;
    }

    /** The members of one producer group that are connected to a broker. */
    static Set<Client> producerGroup(byte[] body) {
        return RemotingSerializable.decode(body, ProducerConnection.class).getConnectionSet().stream()
                .map(it -> client(it.getClientId(), it.getClientAddr(), it.getLanguage(), it.getVersion()))
                .collect(Collectors.toSet());
    }

    /** An address without what Java writes before and around it, so that addresses from different answers are equal. */
    static String address(String written) {
        return written.replaceFirst("^.*/", "").replaceAll("[\\[\\]]", "");
    }

    static Client client(String id, String address, Object language, int version) {
        String described = MQVersion.getVersionDesc(version);
        return new Client(
                id,
                address(address),
                String.valueOf(language),
                described.replaceFirst("^V", "").replace('_', '.'));
    }

    /** The report of one member of a consumer group. */
    static ClientReport report(byte[] body) {
        ConsumerRunningInfo info = RemotingSerializable.decode(body, ConsumerRunningInfo.class);
        Properties properties = info.getProperties();
        Map<String, Map<QueueKey, QueuePosition>> queues = new HashMap<>();
        info.getMqTable()
                .forEach((queue, position) -> put(
                        queues, queue, new QueuePosition(position.getCommitOffset(), position.getCachedMsgCount())));
        if (info.getMqPopTable() != null) {
            info.getMqPopTable().forEach((queue, position) -> put(queues, queue, QueuePosition.ofPop()));
        }
        return new ClientReport(
                Arrays.stream(text(properties, ConsumerRunningInfo.PROP_NAMESERVER_ADDR)
                                .split("[;,]", -1))
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new)),
                order(text(properties, ConsumerRunningInfo.PROP_CONSUME_ORDERLY)),
                queues,
                subscriptions(info));
    }

    /** The kind and text of each expression. The topic of retries is everybody's own business. */
    private static Map<String, String> subscriptions(ConsumerRunningInfo info) {
        Map<String, String> subscriptions = new HashMap<>();
        if (info.getSubscriptionSet() != null) {
            info.getSubscriptionSet().stream()
                    .filter(it -> it.getTopic() != null && !SystemNames.isTopic(it.getTopic()))
                    .forEach(it -> subscriptions.put(it.getTopic(), it.getExpressionType() + " " + it.getSubString()));
        }
        return subscriptions;
    }

    private static Optional<ConsumeOrder> order(String isOrderly) {
        return switch (isOrderly) {
            case "true" -> Optional.of(ConsumeOrder.ORDERLY);
            case "false" -> Optional.of(ConsumeOrder.CONCURRENT);
            default -> Optional.empty();
        };
    }

    /** Clients in other languages send values that are not strings. */
    private static String text(Properties properties, String name) {
        return Objects.toString(properties.get(name), "");
    }

    private static void put(
            Map<String, Map<QueueKey, QueuePosition>> queues, MessageQueue queue, QueuePosition position) {
        queues.computeIfAbsent(queue.getTopic(), key -> new HashMap<>())
                .put(new QueueKey(queue.getBrokerName(), queue.getQueueId()), position);
    }
}
