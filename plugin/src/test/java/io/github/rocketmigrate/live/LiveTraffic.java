package io.github.rocketmigrate.live;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.ServerVersion;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Producers and consumers that never pause, with clients of 4.9.7 and of 5.5.0, each in a JVM of its own that knows
 * one endpoint, or connects to several of them.
 *
 * <p>Two producers send to every topic; three members, the first with the old client, consume in every group. What
 * became of all the messages, {@link #finish} says.
 *
 * <p>Longer than 300 lines: it starts, moves and stops the same clients, and each of these needs all of their state.
 */
public final class LiveTraffic implements AutoCloseable {
    private static final ServerVersion OLD = new ServerVersion(4, 9, 7);
    private static final ServerVersion NEW = new ServerVersion(5, 5, 0);
    private static final Map<String, ServerVersion> PRODUCERS = Map.of("producer-old", OLD, "producer-new", NEW);
    private static final List<ServerVersion> MEMBERS = List.of(OLD, NEW, NEW);
    private static final long LOOK_EVERY_MILLIS = 200;
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration PATIENCE_WITH_ENDS = Duration.ofSeconds(15);

    private final Path folder;
    private final List<String> endpoints;
    private final List<LiveTopic> topics;
    private final LiveSettings settings;
    private final Ledger ledger = new Ledger();
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, LiveProcess> producers = new LinkedHashMap<>();
    private final Map<String, LiveProcess> members = new LinkedHashMap<>();
    private final Map<String, LiveProcess> strays = new LinkedHashMap<>();
    private final Map<String, Long> paces = new HashMap<>();
    private final List<LiveProcess> launched = new ArrayList<>();

    private LiveTraffic(Path folder, List<String> endpoints, List<LiveTopic> topics, LiveSettings settings) {
        this.folder = folder;
        this.endpoints = List.copyOf(endpoints);
        this.topics = List.copyOf(topics);
        this.settings = settings;
    }

    /** Starts everything; when this returns, every group is complete and the producers begin. */
    public static LiveTraffic start(Path folder, String nameServers, List<LiveTopic> topics, LiveSettings settings)
            throws IOException, InterruptedException {
        return start(folder, List.of(nameServers), topics, settings);
    }

    /** The same with a client for each endpoint in every JVM. */
    public static LiveTraffic start(Path folder, List<String> endpoints, List<LiveTopic> topics, LiveSettings settings)
            throws IOException, InterruptedException {
        LiveTraffic traffic = new LiveTraffic(folder.toAbsolutePath(), endpoints, topics, settings);
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
            Job job = new Job(producer.getKey(), endpoints, settings, topics);
            producers.put(producer.getKey(), launch(producer.getValue(), ProducerMain.class, job));
            // Clients poll from their start on: two that start together would follow every change together.
            TimeUnit.MILLISECONDS.sleep(settings.routePoll().dividedBy(2).toMillis());
        }
        awaitNotice(Diary.STARTED, launched);
        // A queue that changes hands in the middle of a message hands it over too.
        awaitDivision();
        producers.values().forEach(producer -> producer.tell(Orders.GO));
    }

    /** Waits until every member divides the queues of its topics among all members there are. */
    private void awaitDivision() throws IOException, InterruptedException {
        await(
                "divided among all members",
                () -> numbers()
                        .flatMap(number -> ledger
                                .undivided(
                                        members.get(member(number)).diary(),
                                        topicsOf(group -> group.members() >= number),
                                        group -> numbers()
                                                .filter(other -> other <= group.members())
                                                .count())
                                .stream()
                                .map(lacking -> lacking + " by " + member(number)))
                        .toList());
    }

    /** The numbers of the members there are. */
    private Stream<Integer> numbers() {
        return IntStream.rangeClosed(1, MEMBERS.size()).boxed().filter(number -> members.containsKey(member(number)));
    }

    private void launchMember(int number) throws IOException {
        String name = member(number);
        Job job = new Job(name, endpoints, settings, topicsOf(group -> group.members() >= number));
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

    /** Begins a section of this name: later events are reported under it. */
    public Mark mark(String name) {
        return mark(name, Moment.now());
    }

    /** The same of a section that is known only now. */
    public Mark mark(String name, Instant at) {
        Mark mark = new Mark(name, at);
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
                "received by every group, from all its topics, of both producers, sent after " + mark.name(),
                () -> ledger.lackingSince(mark, topics, PRODUCERS.keySet()));
    }

    /** The names of those who send. */
    public static Set<String> producers() {
        return PRODUCERS.keySet();
    }

    /** Lets every member of a group take {@code millis} per message from now on, also those that start later. */
    public void slow(String group, long millis) {
        paces.put(group, millis);
        Stream.concat(members.values().stream(), strays.values().stream())
                .forEach(member -> member.tell(Orders.SLOW + " " + group + " " + millis));
    }

    /** Ends a member of all groups as an application that is shut down. */
    public void endMember(int number) throws InterruptedException {
        end(members.remove(member(number)));
    }

    /** Starts a member again that was ended; when this returns, all members know of it. */
    public void startMember(int number) throws IOException, InterruptedException {
        if (members.containsKey(member(number))) {
            throw new IllegalStateException(member(number) + " runs");
        }
        launchMember(number);
        awaitNotice(Diary.STARTED, List.of(members.get(member(number))));
        if (strays.isEmpty()) {
            awaitDivision();
        }
    }

    /**
     * Adds a member to one group, with the new client, that has been given another endpoint; when this returns, it
     * has started.
     */
    public Stray stray(String group, String otherNameServers) throws IOException, InterruptedException {
        String name = "stray-" + (launched.size() + 1);
        List<LiveTopic> itsTopics = topicsOf(one -> one.name().equals(group));
        strays.put(name, launch(NEW, MemberMain.class, new Job(name, List.of(otherNameServers), settings, itsTopics)));
        awaitNotice(Diary.STARTED, List.of(strays.get(name)));
        return new Stray(name);
    }

    /** A member that was added. */
    public final class Stray implements AutoCloseable {
        private final String name;

        private Stray(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }

        /** Ends it as an application that is shut down. */
        @Override
        public void close() throws InterruptedException {
            if (strays.containsKey(name)) {
                end(strays.remove(name));
            }
        }
    }

    private static void end(LiveProcess process) throws InterruptedException {
        process.tell(Orders.END);
        process.awaitEnd(PATIENCE_WITH_ENDS);
    }

    private static String member(int number) {
        return "member-" + number;
    }

    /** The tally so far: what is called lost may still be on its way. */
    public Tally look() throws IOException {
        ledger.update();
        return tally();
    }

    private Tally tally() {
        return Tally.of(topics, marks, ledger.sent(), ledger.errors(), ledger.received());
    }

    /** The most changes of its share of a topic that a member made between two moments. */
    public long mostChangesOfShare(String topic, Instant from, Instant to) throws IOException {
        ledger.update();
        return members.values().stream()
                .mapToLong(member -> ledger.changesOfShare(member.diary(), topic, from, to))
                .max()
                .orElse(0);
    }

    /** The most lines that the client of a member has logged. */
    public long mostLogged() throws IOException {
        long most = 0;
        for (LiveProcess member : members.values()) {
            most = Math.max(most, member.logged());
        }
        return most;
    }

    /** The messages sent so far. */
    public List<Sent> sent() throws IOException {
        ledger.update();
        return List.copyOf(ledger.sent());
    }

    /** The sends that have failed so far. */
    public List<SendError> errors() throws IOException {
        ledger.update();
        return List.copyOf(ledger.errors());
    }

    /** What has been received so far. */
    public List<Received> received() throws IOException {
        ledger.update();
        return List.copyOf(ledger.received());
    }

    /**
     * Stops sending, waits until nothing is missing any more and nothing comes again, ends all, and counts.
     *
     * @param most how long to wait for missing messages while none of them comes
     */
    public Tally finish(Duration most) throws IOException, InterruptedException {
        producers.values().forEach(producer -> producer.tell(Orders.STOP));
        awaitNotice(Diary.STOPPED, producers.values());
        awaitNothingMissing(most);
        awaitQuiet();
        // Producers so late, because a broker may still ask them whether they commit.
        List<LiveProcess> ending = running().toList();
        ending.forEach(process -> process.tell(Orders.END));
        for (LiveProcess process : ending) {
            process.awaitEnd(PATIENCE_WITH_ENDS);
        }
        return look();
    }

    private void awaitNothingMissing(Duration most) throws IOException, InterruptedException {
        long fewest = Long.MAX_VALUE;
        long since = System.nanoTime();
        for (long missing = missing(); missing > 0; missing = missing()) {
            if (missing < fewest) {
                fewest = missing;
                since = System.nanoTime();
            } else if (System.nanoTime() - since > most.toNanos()) {
                return;
            }
            pause();
        }
    }

    private long missing() throws IOException {
        ledger.update();
        return ledger.missing(topics);
    }

    /** What was received once may be on its way again. */
    private void awaitQuiet() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + settings.patience().toNanos();
        int before = -1;
        for (long since = System.nanoTime(); System.nanoTime() - since < QUIET.toNanos(); pause()) {
            ledger.update();
            if (ledger.received().size() != before) {
                before = ledger.received().size();
                since = System.nanoTime();
            }
            if (System.nanoTime() > deadline) {
                throw failure("Messages come again and again, though none is sent.");
            }
        }
    }

    /** What is still to come, as the diaries tell. */
    private interface Lack {
        List<String> names();
    }

    private void awaitNotice(String notice, Collection<LiveProcess> processes)
            throws IOException, InterruptedException {
        await(
                notice,
                () -> processes.stream()
                        .filter(process -> !ledger.hasNotice(process.diary(), notice))
                        .map(LiveProcess::name)
                        .toList());
    }

    private void await(String what, Lack lack) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + settings.patience().toNanos();
        for (ledger.update(); !lack.names().isEmpty(); ledger.update()) {
            if (System.nanoTime() > deadline) {
                throw failure("Not within " + settings.patience().toSeconds() + " s " + what + ": "
                        + String.join(", ", lack.names()));
            }
            pause();
        }
    }

    /** A little time for the JVMs, all of which must be alive. */
    private void pause() throws InterruptedException {
        if (!running().allMatch(LiveProcess::isAlive)) {
            throw failure("A JVM has ended that was not told to.");
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
    }

    private AssertionError failure(String what) {
        return new AssertionError(what + "\n" + tally().words() + "\n"
                + launched.stream().map(LiveProcess::tail).collect(joining("\n")));
    }

    private Stream<LiveProcess> running() {
        return Stream.of(producers, members, strays).flatMap(processes -> processes.values().stream());
    }

    /** Kills whatever still runs. */
    @Override
    public void close() {
        launched.forEach(LiveProcess::kill);
    }
}
