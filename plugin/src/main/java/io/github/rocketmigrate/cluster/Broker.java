package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.ServerVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A master with its topics and groups, and its slaves.
 *
 * @param settings the settings that matter to a migration
 * @param topics all topics, including RocketMQ's own; unsorted, because there are thousands and they are only looked up
 * @param groups all consumer groups, including RocketMQ's own; unsorted too
 * @param staticTopics the topics whose queues are numbered across brokers; 4.x brokers have none
 */
public record Broker(
        String name,
        String address,
        ServerVersion version,
        Map<String, String> settings,
        Map<String, TopicSettings> topics,
        Map<String, GroupSettings> groups,
        List<Replica> replicas,
        Set<String> staticTopics) {
    /** The setting that lists the delay levels of a broker. */
    public static final String DELAY_LEVELS = "messageDelayLevel";

    /** The setting that allows consumers to select messages with an expression of SQL92. */
    public static final String PROPERTY_FILTER = "enablePropertyFilter";
    /** The setting that limits the size of a message, in bytes. */
    public static final String MOST_BYTES = "maxMessageSize";
    /** The setting that limits how long a broker keeps messages, in hours. */
    public static final String RETENTION = "fileReservedTime";
    /** The setting that lets a broker deliver messages at a time; 4.x brokers do not have it. */
    public static final String TIMERS = "timerWheelEnable";

    /** The setting that limits how far ahead the time of a message may be, in seconds. */
    public static final String LONGEST_TIMER = "timerMaxDelaySec";
    /** The setting that lets a slave without a master send what is due to other brokers. */
    public static final String REMOTE_ESCAPE = "enableRemoteEscape";

    /** The setting of 4.x by which clients need an account. */
    public static final String ACL = "aclEnable";
    /** The setting by which clients need an account from 5.3 on. */
    public static final String AUTHENTICATION = "authenticationEnabled";
    /** The setting by which a broker checks the rules of accounts from 5.3 on. */
    public static final String AUTHORIZATION = "authorizationEnabled";

    /** Whether a broker keeps a table of producers that send no transactions; from 5.3.3 on. */
    public static final String REGISTERS_PRODUCERS = "enableRegisterProducer";
    /** Without transactions, the broker has no use of its own for that table. */
    public static final String REJECTS_TRANSACTIONS = "rejectTransactionMessage";

    /** The units of a delay: seconds, minutes, hours and days. */
    private static final String UNITS = "smhd";
    /** More digits than a broker can parse. */
    private static final int MOST_DIGITS = 18;

    public Broker {
        requireNonNull(name, "name is null");
        requireNonNull(address, "address is null");
        requireNonNull(version, "version is null");
        settings = Map.copyOf(settings);
        topics = unmodifiableMap(topics);
        groups = unmodifiableMap(groups);
        replicas = List.copyOf(replicas);
        staticTopics = Set.copyOf(staticTopics);
    }

    /** A master without static topics. */
    public Broker(
            String name,
            String address,
            ServerVersion version,
            Map<String, String> settings,
            Map<String, TopicSettings> topics,
            Map<String, GroupSettings> groups,
            List<Replica> replicas) {
        this(name, address, version, settings, topics, groups, replicas, Set.of());
    }

    /**
     * A slave of the master.
     *
     * @param topics the topics as the slave stores them; their attributes may differ from the master's
     */
    public record Replica(
            long id,
            String address,
            ServerVersion version,
            Map<String, String> settings,
            Map<String, TopicSettings> topics) {
        public Replica {
            requireNonNull(address, "address is null");
            requireNonNull(version, "version is null");
            settings = Map.copyOf(settings);
            topics = unmodifiableMap(topics);
        }
    }

    /** The same master with other topics and groups. */
    public Broker with(Map<String, TopicSettings> otherTopics, Map<String, GroupSettings> otherGroups) {
        return new Broker(name, address, version, settings, otherTopics, otherGroups, replicas, staticTopics);
    }

    /** Whether the broker says yes to a topic that it has already, and does not register it again: from 5.2.0 on. */
    public boolean ignoresSameTopics() {
        return version.isAtLeast(5, 2, 0);
    }

    /** The master and its slaves. */
    public Stream<Server> servers() {
        return Stream.concat(
                Stream.of(new Server(name, 0, address, version, settings)),
                replicas.stream().map(it -> new Server(name, it.id(), it.address(), it.version(), it.settings())));
    }

    /** The access that clients have to the broker as a whole. */
    public Access access() {
        String permission = settings.getOrDefault("brokerPermission", "");
        return permission.matches("\\d{1,3}") ? Access.ofPermission(Integer.parseInt(permission)) : Access.READ_WRITE;
    }

    /** The number of delay levels, as brokers of all versions count them; empty if the setting cannot be parsed. */
    public OptionalInt delayLevels() {
        String levels = settings.getOrDefault(DELAY_LEVELS, "").stripTrailing();
        int count = 0;
        int from = 0;
        while (from <= levels.length()) {
            int space = levels.indexOf(' ', from);
            int end = space < 0 ? levels.length() : space;
            if (!isDelay(levels, from, end)) {
                return OptionalInt.empty();
            }
            count++;
            from = end + 1;
        }
        return OptionalInt.of(count);
    }

    /** Whether a part of the setting is a number of seconds, minutes, hours or days. Every look asks this of every master. */
    private static boolean isDelay(String levels, int from, int end) {
        int digits = end - 1 - from;
        if (digits < 1 || digits > MOST_DIGITS || UNITS.indexOf(levels.charAt(end - 1)) < 0) {
            return false;
        }
        for (int i = from; i < end - 1; i++) {
            if (levels.charAt(i) < '0' || levels.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The delay of a level, as the setting has it; empty if the broker has no such level. */
    public Optional<String> delay(int level) {
        String[] delays = settings.getOrDefault(DELAY_LEVELS, "").strip().split(" +", -1);
        return level >= 1 && level <= delays.length && !delays[level - 1].isEmpty()
                ? Optional.of(delays[level - 1])
                : Optional.empty();
    }

    /** Whether clients need an account; brokers from 5.3.3 on ignore the setting of 4.x. */
    public boolean requiresAccounts() {
        return has(AUTHENTICATION) || (has(ACL) && !version.isAtLeast(5, 3, 3));
    }

    /** Whether it keeps no table of its producers. */
    public boolean ignoresProducers() {
        return "false".equals(settings.get(REGISTERS_PRODUCERS)) && has(REJECTS_TRANSACTIONS);
    }

    /** Whether a setting exists and is {@code true}. */
    public boolean has(String setting) {
        return Boolean.parseBoolean(settings.get(setting));
    }
}
