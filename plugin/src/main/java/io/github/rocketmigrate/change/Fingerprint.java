package io.github.rocketmigrate.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.ObjectsToRemove.ObjectToRemove;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan.Defaults;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Hashes what a change set was made from: the selected entries of the plan with their defaults, and the settings of
 * these objects in both clusters. Offsets, clients, other objects and the order of entries in the plan do not count.
 */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Situation situation) {
        Digest digest = new Digest();
        String routing = situation
                .plan()
                .traffic()
                .map(traffic -> traffic.routing().value().word() + traffic.complete())
                .orElse("metadata");
        digest.add("traffic").add(routing);
        for (Side side : Side.values()) {
            digest.add(side.word()).add(situation.at(side).cluster());
            situation.at(side).brokers().keySet().forEach(digest::add);
        }
        situation
                .source()
                .servers()
                .filter(server -> !situation.isJoined(server))
                .forEach(server -> digest.add("not joined").add(server.name()));
        Defaults defaults = situation.plan().defaults();
        situation.scope().topics().stream()
                .sorted(comparing(PlannedTopic::name))
                .forEach(topic -> add(digest, topic, defaults, situation));
        situation.scope().groups().stream()
                .sorted(comparing(PlannedGroup::name))
                .forEach(group -> add(digest, group, defaults, situation));
        add(digest, Subject.Kind.GROUP, situation.toRemove().groups());
        add(digest, Subject.Kind.TOPIC, situation.toRemove().topics());
        return "sha256:" + digest.hex();
    }

    private static void add(Digest digest, PlannedTopic topic, Defaults defaults, Situation situation) {
        digest.add("topic")
                .add(topic.name())
                .add(topic.type().name())
                .add(value(topic.topic().queues().or(defaults::queues)))
                .add(topic.wanted().word())
                .add(value(topic.batch().canary()));
        for (Side side : Side.values()) {
            digest.add(side.word());
            situation.at(side).topic(topic.name()).forEach((broker, settings) -> {
                digest.add(broker)
                        .add(settings.readQueues())
                        .add(settings.writeQueues())
                        .add(settings.access().brief())
                        .add(settings.order() ? 1 : 0)
                        .add(settings.systemFlag());
                settings.attributes().forEach((name, value) -> digest.add(name).add(value));
            });
        }
    }

    private static void add(Digest digest, PlannedGroup group, Defaults defaults, Situation situation) {
        digest.add("group")
                .add(group.name())
                .add(group.order().name())
                .add(value(group.group().retries().or(defaults::retries)));
        for (Side side : Side.values()) {
            digest.add(side.word());
            situation
                    .at(side)
                    .group(group.name())
                    .forEach((broker, settings) -> Differences.words(settings)
                            .forEach((name, value) ->
                                    digest.add(broker).add(name).add(value)));
        }
    }

    private static void add(Digest digest, Subject.Kind kind, SortedMap<String, ObjectToRemove> objects) {
        objects.forEach((name, object) -> {
            digest.add("remove").add(kind.word()).add(name).add(object.hasRetryTopic() ? 1 : 0);
            object.settings()
                    .forEach((broker, settings) -> Differences.words(settings)
                            .forEach((attribute, value) ->
                                    digest.add(broker).add(attribute).add(value)));
        });
    }

    private static String value(Optional<Located<Integer>> located) {
        return located.map(Located::value).map(String::valueOf).orElse("as at the source");
    }

    /** Hashes texts with their lengths, so that "a" and "bc" differ from "ab" and "c". */
    private static final class Digest {
        private static final int ENOUGH = 8_192;

        private final MessageDigest digest = sha256();
        private final StringBuilder text = new StringBuilder(2 * ENOUGH);

        Digest add(String part) {
            text.append(part.length()).append(':').append(part);
            if (text.length() > ENOUGH) {
                flush();
            }
            return this;
        }

        Digest add(int number) {
            return add(Integer.toString(number));
        }

        private void flush() {
            digest.update(text.toString().getBytes(UTF_8));
            text.setLength(0);
        }

        String hex() {
            flush();
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
