package io.github.rocketmigrate.cluster.remoting;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static java.util.Objects.requireNonNull;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ProxiedClients;
import io.github.rocketmigrate.cluster.ProxiedClients.ProxiedClient;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.QueueOffsets.QueueRange;
import io.github.rocketmigrate.cluster.remoting.RecentMessages.Extent;
import io.github.rocketmigrate.cluster.remoting.RecentMessages.ReadMessages;
import io.github.rocketmigrate.wire.ReadingConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.rocketmq.common.message.MessageExt;

/**
 * Reads the consumers behind the proxies of a cluster from the topic in which proxies tell each other about them. From 5.1
 * on, a proxy writes there each registration and each heartbeat of its own consumers, as JSON.
 */
final class ProxiedClientsReading {
    /** A proxy forgets a consumer that has sent no heartbeat for so long. */
    private static final Duration EXPIRES = Duration.ofMinutes(2);

    private static final Extent EXTENT = new Extent(Scan.MOST, Long.MAX_VALUE);
    private static final String REGISTERED = "REGISTER";
    private static final String GRPC = "GRPC";

    private static final String TYPE = "heartbeatType";
    private static final String CLIENT = "clientId";
    private static final String GROUP = "group";
    private static final String PROXY = "localProxyId";
    private static final String CHANNEL = "channelData";
    private static final List<String> REQUIRED = List.of(TYPE, CLIENT, GROUP, PROXY, CHANNEL);

    private final Supplier<RequestGroup> requests;
    private final ReadingConnection connection;

    ProxiedClientsReading(Supplier<RequestGroup> requests, ReadingConnection connection) {
        this.requests = requireNonNull(requests, "requests is null");
        this.connection = requireNonNull(connection, "connection is null");
    }

    /** What a proxy has written about a consumer. */
    private record Notice(Instant at, boolean isRegistered, ProxiedClient client) {
        String key() {
            return client.group() + " " + client.client().id() + " " + client.proxy();
        }
    }

    ProxiedClients read(Metadata metadata, Instant now) throws InterruptedException {
        SortedSet<String> topics = Proxies.topics(metadata);
        if (topics.isEmpty()) {
            return ProxiedClients.NONE;
        }
        QueueOffsets offsets = new OffsetsReading(requests).queueOffsets(metadata, topics);
        RecentMessages recent = new RecentMessages(connection, metadata, offsets);
        Instant since = now.minus(EXPIRES);
        List<Notice> notices = new ArrayList<>();
        Optional<String> unseen = Optional.empty();
        for (String topic : topics) {
            ReadMessages<Optional<Notice>> found =
                    recent.ask(topic, EXTENT, ProxiedClientsReading::notice).await();
            found.messages().forEach(one -> one.ifPresent(notices::add));
            unseen = unseen.or(found::unseen)
                    .or(() -> found.messages().contains(Optional.<Notice>empty())
                            ? Optional.of("a message of topic " + topic + " is not of a known format")
                            : Optional.empty())
                    .or(() -> isCut(recent.queues(topic), found.messages(), since)
                            ? Optional.of("the last " + EXTENT.messages() + " messages of topic " + topic
                                    + " do not go back " + EXPIRES.toMinutes() + " min")
                            : Optional.empty());
        }
        return new ProxiedClients(registered(notices, since), unseen);
    }

    /** Whether older messages were left out that may be of consumers that are still registered. */
    private static boolean isCut(Map<QueueKey, QueueRange> queues, List<Optional<Notice>> read, Instant since) {
        return queues.values().stream().anyMatch(range -> range.held() > EXTENT.messages())
                && read.stream()
                        .flatMap(Optional::stream)
                        .allMatch(notice -> notice.at().isAfter(since));
    }

    /** The last message about a consumer of a proxy counts. */
    private static List<ProxiedClient> registered(List<Notice> notices, Instant since) {
        Map<String, Notice> last = new LinkedHashMap<>();
        notices.stream()
                .filter(notice -> notice.at().isAfter(since))
                .sorted(comparing(Notice::at))
                .forEach(notice -> last.put(notice.key(), notice));
        return last.values().stream()
                .filter(Notice::isRegistered)
                .map(Notice::client)
                .toList();
    }

    /** Empty if the message has another format than those of 5.1.0 to 5.5.0. */
    private static Optional<Notice> notice(MessageExt message) {
        try {
            JSONObject notice = JSON.parseObject(new String(message.getBody(), UTF_8));
            if (notice == null || REQUIRED.stream().anyMatch(field -> notice.getString(field) == null)) {
                return Optional.empty();
            }
            JSONObject channel = JSON.parseObject(notice.getString(CHANNEL));
            return Optional.of(new Notice(
                    // The clock of the broker: that of a proxy may be wrong.
                    Instant.ofEpochMilli(message.getStoreTimestamp()),
                    notice.getString(TYPE).equals(REGISTERED),
                    new ProxiedClient(
                            ClientDecoder.client(
                                    notice.getString(CLIENT),
                                    String.valueOf(channel.getString("remoteAddress")),
                                    notice.getString("language"),
                                    notice.getIntValue("version")),
                            notice.getString(GROUP),
                            topics(notice),
                            String.valueOf(channel.getString("type")).startsWith(GRPC),
                            proxy(notice.getString(PROXY)))));
        } catch (JSONException unknown) {
            return Optional.empty();
        }
    }

    /** A message about a consumer that has gone has no subscriptions. */
    private static SortedSet<String> topics(JSONObject notice) {
        SortedSet<String> topics = new TreeSet<>();
        JSONArray subscriptions = notice.getJSONArray("subscriptionDataSet");
        for (int i = 0; subscriptions != null && i < subscriptions.size(); i++) {
            topics.add(subscriptions.getJSONObject(i).getString("topic"));
        }
        return topics;
    }

    /** The address with which a proxy begins its id; ports follow. */
    private static String proxy(String id) {
        int ports = id.indexOf('%');
        return ports < 0 ? id : id.substring(0, ports);
    }
}
