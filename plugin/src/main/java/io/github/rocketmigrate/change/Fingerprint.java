package io.github.rocketmigrate.change;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.PlannedGroup;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan.Defaults;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a change set was made from, in 64 digits: the selected entries of the plan with their defaults filled in, and
 * how both clusters keep these objects. Not in it: offsets, clients, the order and place of entries in the file, and
 * whatever else stands in the plan or the clusters.
 */
final class Fingerprint {
    private Fingerprint() {}

    static String of(Situation situation) {
        Defaults defaults = situation.plan().defaults();
        String routing = situation
                .plan()
                .traffic()
                .map(traffic -> traffic.routing().value().word() + traffic.complete())
                .orElse("metadata");
        Stream<String> clusters = Stream.of(Side.values())
                .map(side -> line(
                        side.word(),
                        situation.at(side).cluster(),
                        situation.at(side).brokers().keySet()));
        Stream<String> joins = situation.notJoined().stream().map(broker -> line("not joined", broker.name()));
        Stream<String> topics = situation.scope().topics().stream()
                .map(topic -> topic(topic, defaults, situation))
                .sorted();
        Stream<String> groups = situation.scope().groups().stream()
                .map(group -> group(group, defaults, situation))
                .sorted();
        MessageDigest digest = sha256();
        Stream.of(Stream.of(line("traffic", routing)), clusters, joins, topics, groups)
                .flatMap(lines -> lines)
                .forEach(line -> digest.update(line.getBytes(UTF_8)));
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    private static String topic(PlannedTopic topic, Defaults defaults, Situation situation) {
        String name = topic.name();
        return line(
                "topic",
                name,
                topic.type(),
                value(topic.topic().queues().or(defaults::queues)),
                topic.wanted(),
                value(topic.batch().canary()),
                situation.source().topic(name),
                situation.destination().topic(name));
    }

    private static String group(PlannedGroup group, Defaults defaults, Situation situation) {
        String name = group.name();
        return line(
                "group",
                name,
                group.order(),
                value(group.group().retries().or(defaults::retries)),
                situation.source().group(name),
                situation.destination().group(name));
    }

    private static Object value(Optional<Located<Integer>> located) {
        return located.<Object>map(Located::value).orElse("as at the source");
    }

    private static String line(Object... parts) {
        StringBuilder line = new StringBuilder();
        for (Object part : parts) {
            String text = part instanceof Map<?, ?> map ? map.entrySet().toString() : part.toString();
            // Lengths keep "a" and "bc" apart from "ab" and "c".
            line.append(text.length()).append(':').append(text);
        }
        return line.append('\n').toString();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
