package io.github.rocketmigrate.cluster.remoting;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.NameServerLookup;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Decodes the settings of brokers, which they send as a file of properties. */
final class BrokerSettingsDecoder {
    /** The settings that a migration uses; the others, some of them secret, are dropped. */
    private static final Set<String> SETTINGS = Stream.concat(
                    NameServerLookup.SETTINGS.stream(),
                    Stream.of(
                            "brokerPermission",
                            "autoCreateTopicEnable",
                            "autoCreateSubscriptionGroup",
                            "enableMixedMessageType",
                            BrokerHeldMessages.TIMER_WHEEL,
                            BrokerHeldMessages.TIMERS_IN_ROCKSDB,
                            BrokerHeldMessages.HALF_IN_ROCKSDB,
                            Broker.DELAY_LEVELS,
                            Broker.PROPERTY_FILTER,
                            Broker.ACL,
                            Broker.AUTHENTICATION,
                            Broker.AUTHORIZATION,
                            Broker.MOST_BYTES,
                            Broker.RETENTION,
                            Broker.LONGEST_TIMER,
                            Broker.REMOTE_ESCAPE,
                            Broker.REGISTERS_PRODUCERS,
                            Broker.REJECTS_TRANSACTIONS))
            .collect(Collectors.toUnmodifiableSet());

    private BrokerSettingsDecoder() {}

    static Map<String, String> settings(byte[] body) {
        Properties all = new Properties();
        try {
            all.load(new StringReader(new String(body, StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all.stringPropertyNames().stream()
                .filter(SETTINGS::contains)
                .collect(Collectors.toMap(Function.identity(), all::getProperty));
    }
}
