package io.github.rocketmigrate.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;

/**
 * Shortens names and settings of objects to a few characters, because thousands of them have to fit into entries of
 * name servers.
 */
public final class SettingsHash {
    private static final int BYTES_OF_KEY = 6;
    private static final int BYTES_OF_SETTINGS = 6;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private SettingsHash() {}

    /** The hash of a topic's name. */
    public static String topicKey(String name) {
        return of("topic " + name, BYTES_OF_KEY);
    }

    /** The hash of a group's name. */
    public static String groupKey(String name) {
        return of("group " + name, BYTES_OF_KEY);
    }

    /** The hash of a topic's settings on all masters that have it. */
    public static String topic(SortedMap<String, TopicSettings> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((broker, topic) -> text.append(List.of(
                broker,
                topic.readQueues(),
                topic.writeQueues(),
                topic.access().brief(),
                topic.order(),
                topic.systemFlag(),
                topic.attributes())));
        return of(text.toString(), BYTES_OF_SETTINGS);
    }

    /** The hash of a group's settings on all masters that have it. */
    public static String group(SortedMap<String, GroupSettings> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((broker, group) -> text.append(List.of(
                broker,
                group.enabled(),
                group.fromFirst(),
                group.broadcast(),
                group.order(),
                group.retryQueues(),
                group.retries(),
                group.broker(),
                group.slowBroker(),
                group.notified(),
                group.systemFlag(),
                group.timeoutMinutes(),
                group.retryPolicy(),
                group.attributes())));
        return of(text.toString(), BYTES_OF_SETTINGS);
    }

    private static String of(String text, int bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return TEXT.encodeToString(Arrays.copyOf(digest, bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
