package io.github.rocketmigrate.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.wire.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.rocketmq.acl.common.AclClientRPCHook;
import org.apache.rocketmq.acl.common.SessionCredentials;
import org.apache.rocketmq.remoting.RPCHook;

/**
 * What one JVM of the live traffic has to do.
 *
 * @param name of the producer or member
 * @param endpoints name servers of a cluster each; with several, it has a client for each of them
 * @param topics those that it sends to, or receives from in these groups
 */
record Job(String name, List<String> endpoints, LiveSettings settings, List<LiveTopic> topics) {
    static final String DIARY = "diary";

    private static final String FILE = "job";
    private static final int LINES_BEFORE_TOPICS = 3;

    Job {
        endpoints = List.copyOf(endpoints);
        topics = List.copyOf(topics);
    }

    /** The topics of each group. */
    Map<LiveGroup, List<String>> groups() {
        Map<LiveGroup, List<String>> groups = new LinkedHashMap<>();
        for (LiveTopic topic : topics) {
            for (LiveGroup group : topic.groups()) {
                groups.computeIfAbsent(group, key -> new ArrayList<>()).add(topic.name());
            }
        }
        return groups;
    }

    void write(Path folder) throws IOException {
        List<String> lines = new ArrayList<>(List.of(name, String.join(Diary.SEPARATOR, endpoints), text(settings)));
        topics.forEach(topic -> lines.add(String.join(Diary.SEPARATOR, topic.fields())));
        Files.write(folder.resolve(FILE), lines, UTF_8);
    }

    static Job read(Path folder) throws IOException {
        List<String> lines = Files.readAllLines(folder.resolve(FILE), UTF_8);
        List<LiveTopic> topics = lines.stream()
                .skip(LINES_BEFORE_TOPICS)
                .map(line -> LiveTopic.of(Arrays.asList(line.split(Diary.SEPARATOR, -1))))
                .toList();
        return new Job(
                lines.get(0), Arrays.asList(lines.get(1).split(Diary.SEPARATOR, -1)), settings(lines.get(2)), topics);
    }

    private static String text(LiveSettings settings) {
        return Stream.of(
                        settings.routePoll(),
                        settings.heartbeat(),
                        settings.rebalance(),
                        settings.takeUp(),
                        settings.sendTimeout(),
                        settings.perSecond(),
                        settings.keys(),
                        settings.undecidedEvery(),
                        settings.patience(),
                        settings.account().map(Credentials::accessKey).orElse(""),
                        settings.account().map(Credentials::secretKey).orElse(""),
                        settings.tls())
                .map(Object::toString)
                .reduce((left, right) -> left + Diary.SEPARATOR + right)
                .orElseThrow();
    }

    private static LiveSettings settings(String line) {
        String[] fields = line.split(Diary.SEPARATOR, -1);
        return new LiveSettings(
                Duration.parse(fields[0]),
                Duration.parse(fields[1]),
                Duration.parse(fields[2]),
                Duration.parse(fields[3]),
                Duration.parse(fields[4]),
                Integer.parseInt(fields[5]),
                Integer.parseInt(fields[6]),
                Integer.parseInt(fields[7]),
                Duration.parse(fields[8]),
                fields[9].isEmpty() ? Optional.empty() : Optional.of(new Credentials(fields[9], fields[10])),
                Boolean.parseBoolean(fields[11]));
    }

    /** What signs the requests of a client; null as clients take it that do not sign in. */
    RPCHook signer() {
        return settings.account()
                .map(pair -> new AclClientRPCHook(new SessionCredentials(pair.accessKey(), pair.secretKey())))
                .orElse(null);
    }
}
