package io.github.rocketmigrate.live;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.ServerVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Producers and consumers that never pause, with clients of 4.9.7 and of 5.5.0, each in a JVM of its own that knows
 * one endpoint.
 *
 * <p>Two producers send to every topic; three members, the first with the old client, consume in every group. What
 * became of all the messages, {@link #finish} says.
 */
public final class LiveTraffic implements AutoCloseable {
    private static final ServerVersion OLD = new ServerVersion(4, 9, 7);
    private static final ServerVersion NEW = new ServerVersion(5, 5, 0);
    private static final Map<String, ServerVersion> PRODUCERS = Map.of("producer-old", OLD, "producer-new", NEW);
    private static final List<ServerVersion> MEMBERS = List.of(OLD, NEW, NEW);
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration PATIENCE_WITH_ENDS = Duration.ofSeconds(15);

    private final Path folder;
    private final String nameServers;
    private final List<LiveTopic> topics;
    private final LiveSettings settings;
    private final Ledger ledger = new Ledger();
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, LiveProcess> producers = new LinkedHashMap<>();
    private final Map<String, LiveProcess> members = new LinkedHashMap<>();
    private final Map<String, Long> paces = new HashMap<>();
    private final List<LiveProcess> launched = new ArrayList<>();

    private LiveTraffic(Path folder, String nameServers, List<LiveTopic> topics, LiveSettings settings) {
        this.folder = folder;
        this.nameServers = nameServers;
        this.topics = List.copyOf(topics);
        this.settings = settings;
    }

    /** Starts everything; when this returns, all consumers have started and the producers begin. */
    public static LiveTraffic start(Path folder, String nameServers, List<LiveTopic> topics, LiveSettings settings)
            throws IOException, InterruptedException {
        LiveTraffic traffic = new LiveTraffic(folder.toAbsolutePath(), nameServers, topics, settings);
        try {
            traffic.start();
            return traffic;
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            traffic.close();
            throw e;
        }
    }

    private void start() throws IOException, InterruptedException {
        marks.add(new Mark("start", Moment.now()));
        for (int number = 1; number <= MEMBERS.size(); number++) {
            launchMember(number);
        }
        for (Map.Entry<String, ServerVersion> producer : PRODUCERS.entrySet()) {
            Job job = new Job(producer.getKey(), nameServers, settings, topics);
            producers.put(producer.getKey(), launch(producer.getValue(), ProducerMain.class, job));
        }
        await(
                "every JVM has started its clients",
                settings.patience(),
                () -> launched.stream().allMatch(process -> ledger.hasNotice(process.diary(), Diary.STARTED)));
        producers.values().forEach(producer -> producer.tell(Orders.GO));
    }

    private void launchMember(int number) throws IOException {
        String name = "member-" + number;
        Job job = new Job(name, nameServers, settings, topicsOf(group -> group.members() >= number));
        members.put(name, launch(MEMBERS.get(number - 1), MemberMain.class, job));
    }

    /** The topics with those of their groups that are wanted, at their present pace. */
    private List<LiveTopic> topicsOf(Predicate<LiveGroup> wanted) {
        return topics.stream()
                .map(topic -> topic.with(group ->
                        wanted.test(group) ? group.taking(paces.getOrDefault(group.name(), group.millis())) : null))
                .filter(topic -> !topic.groups().isEmpty())
                .toList();
    }

    private LiveProcess launch(ServerVersion version, Class<?> main, Job job) throws IOException {
        LiveProcess process =
                LiveProcess.launch(folder.resolve(launched.size() + 1 + "-" + job.name()), version, main, job);
        launched.add(process);
        ledger.add(process.diary());
        return process;
    }

    /** Begins a section of this name: what happens from now on is told under it. */
    public Mark mark(String name) {
        Mark mark = new Mark(name, Moment.now());
        marks.add(mark);
        return mark;
    }

    /** Waits until every group has received something of every producer from every one of its topics. */
    public void awaitFlow() throws IOException, InterruptedException {
        awaitFlowSince(marks.get(0));
    }

    /** The same, of messages that were sent after {@code mark}. */
    public void awaitFlowSince(Mark mark) throws IOException, InterruptedException {
        await(
                "every group has received messages of both producers, sent after " + mark.name()
                        + ", from all its topics",
                settings.patience(),
                () -> thirstySince(mark).isEmpty());
    }

    /** Which producers' messages have not reached which groups. */
    private List<String> thirstySince(Mark mark) {
        Set<LiveMessage> fresh = ledger.sent().stream()
                .filter(sent -> !sent.at().isBefore(mark.at()))
                .map(Sent::message)
                .collect(toSet());
        Set<String> wet = ledger.received().stream()
                .filter(received -> fresh.contains(received.message()))
                .map(received ->
                        flow(received.message().producer(), received.message().topic(), received.group()))
                .collect(toSet());
        return topics.stream()
                .flatMap(topic -> topic.groups().stream()
                        .flatMap(group -> PRODUCERS.keySet().stream()
                                .map(producer -> flow(producer, topic.name(), group.name()))))
                .filter(flow -> !wet.contains(flow))
                .toList();
    }

    private static String flow(String producer, String topic, String group) {
        return producer + " by " + topic + " to " + group;
    }

    /** The tally so far: what is called lost may still be on its way. */
    public Tally look() throws IOException {
        ledger.update();
        return tally();
    }

    private Tally tally() {
        return Tally.of(topics, marks, ledger.sent(), ledger.errors(), ledger.received());
    }

    /** The messages sent so far. */
    public List<Sent> sent() throws IOException {
        ledger.update();
        return List.copyOf(ledger.sent());
    }

    /** What has been received so far. */
    public List<Received> received() throws IOException {
        ledger.update();
        return List.copyOf(ledger.received());
    }

    /**
     * Stops sending, waits until nothing is missing any more and nothing more comes, ends all, and counts.
     *
     * @param most how long to wait for messages that are missing while none comes
     */
    public Tally finish(Duration most) throws IOException, InterruptedException {
        producers.values().forEach(producer -> producer.tell(Orders.STOP));
        await(
                "the producers stop",
                settings.patience(),
                () -> producers.values().stream()
                        .allMatch(producer -> ledger.hasNotice(producer.diary(), Diary.STOPPED)));
        awaitStillness(most);
        // Producers to the last: a broker may still ask them whether they commit.
        List<LiveProcess> ending =
                launched.stream().filter(LiveProcess::isAlive).toList();
        ending.forEach(process -> process.tell(Orders.END));
        for (LiveProcess process : ending) {
            process.awaitEnd(PATIENCE_WITH_ENDS);
        }
        return look();
    }

    private void awaitStillness(Duration most) throws IOException, InterruptedException {
        long still = System.nanoTime();
        int seen = -1;
        while (System.nanoTime() - still < (missing() ? most : QUIET).toNanos()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            ledger.update();
            int now = ledger.received().size() + ledger.sent().size();
            if (now != seen) {
                seen = now;
                still = System.nanoTime();
            }
        }
    }

    /** Whether a group lacks a message of one of its topics. */
    private boolean missing() {
        Map<String, Set<LiveMessage>> had =
                ledger.received().stream().collect(groupingBy(Received::group, mapping(Received::message, toSet())));
        Map<String, Set<LiveMessage>> wanted =
                ledger.sent().stream().map(Sent::message).collect(groupingBy(LiveMessage::topic, toSet()));
        return topics.stream()
                .anyMatch(topic -> topic.groups().stream()
                        .anyMatch(group -> !had.getOrDefault(group.name(), Set.of())
                                .containsAll(wanted.getOrDefault(topic.name(), Set.of()))));
    }

    /** A condition that diaries tell. */
    private interface Condition {
        boolean holds() throws IOException;
    }

    private void await(String what, Duration most, Condition condition) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + most.toNanos();
        for (ledger.update(); !condition.holds(); ledger.update()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not within " + most.toSeconds() + " s: " + what + ".\n" + state());
            }
            if (!running().allMatch(LiveProcess::isAlive)) {
                throw new AssertionError("A JVM has ended before " + what + ".\n" + state());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private Stream<LiveProcess> running() {
        return Stream.concat(producers.values().stream(), members.values().stream());
    }

    private String state() {
        List<String> thirsty = thirstySince(marks.get(marks.size() - 1));
        return "since " + marks.get(marks.size() - 1).name() + " nothing of " + String.join(", of ", thirsty) + "\n"
                + tally().words() + "\n"
                + launched.stream().map(LiveProcess::tail).collect(joining("\n"));
    }

    /** Kills whatever still runs. */
    @Override
    public void close() {
        launched.forEach(LiveProcess::kill);
    }
}
