package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.FencePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The migration that a seed stands for: clusters, topics, groups, and the stages that people ask for, one commit after the
 * other.
 *
 * <p>Longer than 300 lines: it is one description, with the smaller ones that are made from it.
 *
 * @param clusters the servers of each side
 * @param path the stages that the batches ask for, commit by commit
 * @param mistakes what people do wrong at first, and correct when {@code apply} has told them
 * @param troubles how often servers, connections, clients and runs fail, at most
 * @param open what happens that the product does not master yet
 * @param features what only some migrations have
 */
record Scenario(
        long seed,
        Map<Side, Cluster> clusters,
        List<Topic> topics,
        List<Group> groups,
        List<Stage> path,
        Set<Mistake> mistakes,
        int troubles,
        Optional<OpenSituation> open,
        Set<Feature> features) {
    /** How often something goes wrong, at most. */
    private static final int MOST_TROUBLES = 6;

    /** Further choices have random numbers of their own, so that the others stay as they are. */
    private static final long OF_WRITE_BOTH = 0x2545F4914F6CDD1DL;

    private static final long OF_OPERATOR = 0xD1342543DE82EF95L;
    private static final long OF_ORDERLY = 0x9E3779B97F4A7C15L;
    private static final long OF_FAILURES = 0x94D049BB133111EBL;
    private static final long OF_HELD = 0xBF58476D1CE4E5B9L;
    private static final long OF_PROXIES = 0x8CB92BA72F3D8DD7L;
    private static final Duration MOST_BEHIND_PROXIES = Duration.ofMinutes(12);
    private static final long RARELY = 100 * World.SECONDS;
    private static final int FAILING = 5;
    private static final int FAILING_OFTEN = 100;
    private static final long OF_PRODUCER_FORGOTTEN = 0xC2B2AE3D27D4EB4FL;
    private static final long OF_GROUP_THERE = 0xA0761D6478BD642FL;
    private static final long OF_GROUP_DISABLED = 0xE7037ED1A0B428DBL;
    private static final long OF_LOST_RECORD = 0x589965CC75374CC3L;
    private static final long OF_BROKERS_LISTED = 0xA24BAED4963EE407L;
    private static final long OF_NEW_GROUP = 0x8EBC6AF09C88C6E3L;
    private static final long OF_ROUTING = 0xFF51AFD7ED558CCDL;
    private static final long OF_JUMPS = 0xD6E8FEB86659FD93L;
    private static final long OF_COMPLETION = 0xC2B2AE3D27D4EB4FL;
    private static final long OF_MIND = 0x165667B19E3779F9L;

    private static final String BROADCASTING = "boards";

    private static final List<String> SOURCE_VERSIONS = List.of("4.9.4", "4.9.7", "5.1.4", "5.3.2");
    private static final List<String> DESTINATION_VERSIONS = List.of("5.1.4", "5.3.2", "5.5.0");

    /** What people do wrong at first. */
    enum Mistake {
        /** The plan leaves a group out. */
        GROUP_FORGOTTEN,
        /** One member of a group still uses the source's name servers. */
        MEMBER_FORGOTTEN,
        /** A producer still uses the source's name servers. */
        PRODUCER_FORGOTTEN,
        /** The destination has a topic of that name already, with messages of somebody else. */
        TOPIC_THERE,
        /** A group of another team has the same name in the destination. */
        GROUP_THERE,
        /** The members of a group divide only the queues of brokers that their configuration lists: those of the source. */
        BROKERS_LISTED,
        /** A second pipeline starts in the middle of a run. */
        TWO_PIPELINES
    }

    /** The servers of one cluster. */
    record Cluster(String name, String version, int masters, int nameServers, boolean slaves) {
        /** The smallest cluster of this version. */
        Cluster small() {
            return new Cluster(name, version, 1, 1, false);
        }
    }

    /**
     * A topic of the source.
     *
     * @param first the offset of its first message: not 0 if it has been in use for long
     */
    record Topic(String name, MessageType type, int queues, long first, int producers, long interval) {}

    /** A group and the topics that it reads. */
    record Group(String name, boolean orderly, int members, List<String> topics, long takes) {
        Group reading(List<String> others) {
            return new Group(name, orderly, members, others, takes);
        }

        Group inOrder() {
            return new Group(name, true, members, topics, takes);
        }

        /** The same group with one member. */
        Group alone() {
            return new Group(name, orderly, 1, topics, takes);
        }
    }

    static Scenario of(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<Side, Cluster> clusters = new EnumMap<>(Side.class);
        clusters.put(Side.SOURCE, cluster("old", one(SOURCE_VERSIONS, random), random));
        clusters.put(Side.DESTINATION, cluster("new", one(DESTINATION_VERSIONS, random), random));
        List<Topic> topics = new ArrayList<>();
        topics.add(topic("orders", MessageType.FIFO, random));
        topics.add(topic("clicks", MessageType.NORMAL, random));
        topics.add(
                random.nextBoolean()
                        ? topic("payments", MessageType.TRANSACTION, random)
                        : topic("mails", MessageType.DELAY, random));
        if (random.nextInt(3) == 0) {
            topics.add(topic("stock", random.nextBoolean() ? MessageType.FIFO : MessageType.NORMAL, random));
        }
        List<Group> groups = new ArrayList<>();
        SplittableRandom orders = new SplittableRandom(seed ^ OF_ORDERLY);
        for (Topic topic : topics) {
            groups.add(group(topic.name() + "-readers", isReadInOrder(topic, orders), List.of(topic.name()), random));
        }
        if (random.nextInt(3) == 0) {
            groups.add(group("audit", false, List.of("clicks", topics.get(2).name()), random));
        }
        Set<Mistake> mistakes = EnumSet.noneOf(Mistake.class);
        for (Mistake mistake : EnumSet.complementOf(
                EnumSet.of(Mistake.GROUP_THERE, Mistake.BROKERS_LISTED, Mistake.PRODUCER_FORGOTTEN))) {
            if (random.nextInt(4) == 0) {
                mistakes.add(mistake);
            }
        }
        if (new SplittableRandom(seed ^ OF_GROUP_THERE).nextInt(4) == 0) {
            mistakes.add(Mistake.GROUP_THERE);
        }
        if (new SplittableRandom(seed ^ OF_PRODUCER_FORGOTTEN).nextInt(4) == 0) {
            mistakes.add(Mistake.PRODUCER_FORGOTTEN);
        }
        if (new SplittableRandom(seed ^ OF_BROKERS_LISTED).nextInt(8) == 0) {
            mistakes.add(Mistake.BROKERS_LISTED);
        }
        List<Stage> path = withJumps(
                withWriteBoth(path(random), new SplittableRandom(seed ^ OF_WRITE_BOTH)),
                new SplittableRandom(seed ^ OF_JUMPS));
        Set<Feature> features = Feature.of(seed);
        if (features.contains(Feature.BROKER_ADDED)) {
            // A group that does not read the new broker skips its messages when it does, with and without a migration.
            mistakes.remove(Mistake.BROKERS_LISTED);
        }
        if (features.contains(Feature.BROADCASTING)) {
            groups.add(broadcasting(topics, groups, Feature.BROADCASTING.choices(seed)));
        }
        Scenario scenario =
                new Scenario(seed, clusters, topics, groups, path, mistakes, MOST_TROUBLES, Optional.empty(), features);
        String open = System.getProperty("sim.open", "");
        if (open.isEmpty()) {
            return scenario;
        }
        List<OpenSituation> all = List.of(OpenSituation.values());
        return scenario.with(open.equals("true") ? all.get((int) (seed % all.size())) : OpenSituation.valueOf(open));
    }

    /** Now and then a group reads in order what is not typed FIFO: 4.x has no types. */
    private static boolean isReadInOrder(Topic topic, SplittableRandom random) {
        return topic.type() == MessageType.FIFO || (topic.type() == MessageType.NORMAL && random.nextInt(2) == 0);
    }

    private static <T> T one(List<T> of, SplittableRandom random) {
        return of.get(random.nextInt(of.size()));
    }

    private static Cluster cluster(String name, String version, SplittableRandom random) {
        return new Cluster(name, version, 1 + random.nextInt(2), 1 + random.nextInt(2), random.nextInt(4) == 0);
    }

    private static Topic topic(String name, MessageType type, SplittableRandom random) {
        return new Topic(
                name,
                type,
                1 + random.nextInt(4),
                random.nextBoolean() ? 0 : 1_000 + random.nextInt(9_000),
                1 + random.nextInt(2),
                3 * World.SECONDS + random.nextLong(5 * World.SECONDS));
    }

    private static Group group(String name, boolean orderly, List<String> topics, SplittableRandom random) {
        return new Group(
                name,
                orderly,
                1 + random.nextInt(4),
                topics,
                World.MILLIS + random.nextLong(random.nextInt(4) == 0 ? 2 * World.SECONDS : 100 * World.MILLIS));
    }

    /** A group whose members each read all messages of a topic that passes no fence. */
    private static Group broadcasting(List<Topic> topics, List<Group> groups, SplittableRandom random) {
        boolean isFenced = groups.stream()
                .anyMatch(group -> group.orderly() && group.topics().contains("clicks"));
        return new Group(
                BROADCASTING,
                false,
                1 + random.nextInt(3),
                List.of(topics.get(isFenced ? 2 : 1).name()),
                20 * World.MILLIS);
    }

    /** In some migrations, one commit asks for the whole way, and perhaps another one for the whole way back. */
    private static List<Stage> withJumps(List<Stage> path, SplittableRandom random) {
        return switch (random.nextInt(16)) {
            case 0 -> List.of(Stage.SOURCE, Stage.DESTINATION);
            case 1 -> List.of(Stage.SOURCE, Stage.DESTINATION, Stage.SOURCE, Stage.DESTINATION);
            default -> path;
        };
    }

    /** Somewhere on its way, in some migrations, the batch writes to both clusters. */
    private static List<Stage> withWriteBoth(List<Stage> path, SplittableRandom random) {
        if (random.nextInt(3) > 0) {
            return path;
        }
        List<Stage> longer = new ArrayList<>(path);
        longer.add(1 + random.nextInt(path.size() - 1), Stage.WRITE_BOTH);
        return longer;
    }

    /** Forward with one stage a commit or several at once, and sometimes back in between. */
    private static List<Stage> path(SplittableRandom random) {
        List<Stage> path = new ArrayList<>();
        path.add(Stage.SOURCE);
        List<Stage> ladder = List.of(Stage.SOURCE, Stage.READ_BOTH, Stage.WRITE_DESTINATION, Stage.DESTINATION);
        int at = 0;
        boolean back = random.nextInt(3) > 0;
        while (at < ladder.size() - 1) {
            at = Math.min(ladder.size() - 1, at + (random.nextInt(4) == 0 ? 2 : 1));
            path.add(ladder.get(at));
            if (back && random.nextInt(3) == 0) {
                back = false;
                at = Math.max(0, at - 1 - random.nextInt(2));
                path.add(ladder.get(at));
            }
        }
        return path;
    }

    Scenario with(Map<Side, Cluster> others) {
        return new Scenario(seed, others, topics, groups, path, mistakes, troubles, open, features);
    }

    /** Without one topic; its groups read the topics that are left. */
    Scenario without(Topic topic) {
        List<Topic> others = topics.stream().filter(it -> !it.equals(topic)).toList();
        List<Group> readers = groups.stream()
                .map(group -> group.reading(group.topics().stream()
                        .filter(it -> !it.equals(topic.name()))
                        .toList()))
                .filter(group -> !group.topics().isEmpty())
                .toList();
        return new Scenario(seed, clusters, others, readers, path, mistakes, troubles, open, features);
    }

    Scenario withGroups(List<Group> others) {
        return new Scenario(seed, clusters, topics, others, path, mistakes, troubles, open, features);
    }

    Scenario withPath(List<Stage> other) {
        return new Scenario(seed, clusters, topics, groups, other, mistakes, troubles, open, features);
    }

    Scenario without(Mistake mistake) {
        Set<Mistake> others = EnumSet.copyOf(mistakes);
        others.remove(mistake);
        return new Scenario(seed, clusters, topics, groups, path, others, troubles, open, features);
    }

    Scenario with(OpenSituation situation) {
        // The seeds of open hazards have been chosen for their histories.
        Set<Mistake> others = EnumSet.noneOf(Mistake.class);
        others.addAll(mistakes);
        others.remove(Mistake.BROKERS_LISTED);
        List<Group> readers = new ArrayList<>(groups);
        readers.removeIf(this::isBroadcasting);
        if (situation == OpenSituation.BROADCASTING_IN_FENCE) {
            readers.replaceAll(group -> group.name().equals("clicks-readers") ? group.inOrder() : group);
            readers.add(new Group(BROADCASTING, false, 2, List.of("clicks"), 20 * World.MILLIS));
        }
        return new Scenario(seed, clusters, topics, readers, path, others, troubles, Optional.of(situation), Set.of());
    }

    /** The group with {@link Mistake#BROKERS_LISTED}. */
    Group listing() {
        return groups.get(groups.size() / 2);
    }

    boolean listsBrokers(Group group) {
        return mistakes.contains(Mistake.BROKERS_LISTED) && group.equals(listing());
    }

    /** Whether an operator closes a topic by hand before the migration begins. */
    boolean hasOperator() {
        return new SplittableRandom(seed ^ OF_OPERATOR).nextInt(4) == 0;
    }

    /**
     * A group that another team starts before or after the topics go back, when it has offsets only where they are then.
     * Empty if the topics never go back, and in half of the other migrations.
     */
    Optional<NewGroup> newGroup() {
        SplittableRandom random = new SplittableRandom(seed ^ OF_NEW_GROUP);
        boolean isAfter = random.nextBoolean();
        // The seeds of open hazards have been chosen for their histories.
        if (open.isPresent() || random.nextInt(2) == 0) {
            return Optional.empty();
        }
        for (int i = 1; i < path.size(); i++) {
            if (path.get(i - 1).isAheadOf(path.get(i))) {
                return Optional.of(new NewGroup(
                        new Group("newcomers", false, 2 + random.nextInt(3), List.of("clicks"), 20 * World.MILLIS),
                        isAfter ? i + 1 : i));
            }
        }
        return Optional.empty();
    }

    /**
     * A group that begins late.
     *
     * @param before the place in the path of the stage that is asked for next
     */
    record NewGroup(Group group, int before) {}

    /** The same with one more group in the plan. */
    Scenario with(Group added) {
        List<Group> all = new ArrayList<>(groups);
        all.add(0, added);
        return withGroups(all);
    }

    /** Whether the destination's name servers lose their disks while a source broker is down with unread messages. */
    boolean losesRecord() {
        // The seeds of open hazards have been chosen for their histories.
        return open.isEmpty() && new SplittableRandom(seed ^ OF_LOST_RECORD).nextInt(4) == 0;
    }

    /** Whether somebody disables a group at a broker of the source after its topics have moved. */
    boolean disablesGroup() {
        return new SplittableRandom(seed ^ OF_GROUP_DISABLED).nextInt(4) == 0;
    }

    /** Whether applications connect to both clusters themselves, instead of a join. */
    boolean isClientRouting() {
        boolean isFenceAtOnce = clusters.values().stream().allMatch(cluster -> cluster.masters() == 1);
        return has(OpenSituation.FENCE_OF_SEVERAL_MASTERS)
                // The seeds of open hazards have been chosen for their histories.
                || (open.isEmpty()
                        && isFenceAtOnce
                        && !hasProxies()
                        && new SplittableRandom(seed ^ OF_ROUTING).nextInt(8) == 0);
    }

    /** Whether the last commit completes the migration, so that the source's brokers leave the join. */
    boolean isCompleted() {
        // The seeds of open hazards have been chosen for their histories.
        return open.isEmpty() && !isClientRouting() && new SplittableRandom(seed ^ OF_COMPLETION).nextInt(3) == 0;
    }

    /** Whether people go back one commit after a run that has not reached its stage, and only then try again. */
    boolean hasSecondThoughts() {
        // The seeds of open hazards have been chosen for their histories.
        return open.isEmpty() && new SplittableRandom(seed ^ OF_MIND).nextInt(3) == 0;
    }

    /** Before which stage of the path a feature comes. */
    int place(Feature feature) {
        return has(feature) ? 1 + feature.choices(seed).nextInt(path.size() - 1) : 0;
    }

    boolean has(Feature feature) {
        return features.contains(feature);
    }

    Scenario without(Feature feature) {
        Set<Feature> others = EnumSet.copyOf(features);
        others.remove(feature);
        return new Scenario(
                seed,
                clusters,
                topics,
                groups.stream()
                        .filter(group -> feature != Feature.BROADCASTING || !isBroadcasting(group))
                        .toList(),
                path,
                mistakes,
                troubles,
                open,
                others);
    }

    /** Who has to get every message: the group or, if it is broadcasting, each of its members. */
    List<String> readers(Group group) {
        return isBroadcasting(group)
                ? IntStream.rangeClosed(1, group.members())
                        .mapToObj(member -> group.name() + "-" + member)
                        .toList()
                : List.of(group.name());
    }

    boolean isBroadcasting(Group group) {
        return group.name().equals(BROADCASTING);
    }

    /** Whether the pipeline runs {@code apply} with a pause: then the producers of a topic whose order is kept share keys. */
    boolean pauses() {
        return isSharing();
    }

    /** Whether several producers send messages of one key. */
    boolean sharesKeys(Topic topic) {
        return isSharing() && isByKey(topic);
    }

    private boolean isSharing() {
        return has(Feature.SHARED_KEYS);
    }

    boolean has(OpenSituation situation) {
        return open.equals(Optional.of(situation));
    }

    /** Whether producers send all messages of a key to one queue. */
    boolean isByKey(Topic topic) {
        return topic.type() == MessageType.FIFO
                || groups.stream()
                        .anyMatch(group -> group.orderly() && group.topics().contains(topic.name()));
    }

    /** How many of a thousand messages a group cannot consume at first: many in some groups. */
    int failing(Group group) {
        if (isBroadcasting(group)) {
            // Its members do not return messages.
            return 0;
        }
        boolean often = new SplittableRandom(seed ^ OF_FAILURES ^ group.name().hashCode()).nextInt(4) == 0;
        return often ? FAILING_OFTEN : FAILING;
    }

    /** Whether brokers hold some messages for minutes before they can be consumed. */
    boolean holdsLong() {
        return new SplittableRandom(seed ^ OF_HELD).nextBoolean();
    }

    /** Whether producers send through proxies of the destination, which cannot use 4.x brokers. */
    boolean hasProxies() {
        return !clusters.get(Side.SOURCE).version().startsWith("4.")
                && new SplittableRandom(seed ^ OF_PROXIES).nextInt(8) == 0;
    }

    /** How often a producer sends. Rare senders are why proxies keep old routes. */
    long interval(Topic topic) {
        return hasProxies() && topic.equals(topics.get(1)) ? RARELY : topic.interval();
    }

    /** People allow a longer fence where proxies need one. */
    FencePolicy policy() {
        FencePolicy policy = hasProxies()
                ? new FencePolicy(FencePolicy.USUAL.routePoll(), MOST_BEHIND_PROXIES, false)
                : FencePolicy.USUAL;
        return pauses() ? policy.withPause() : policy;
    }

    Scenario withTroubles(int others) {
        return new Scenario(seed, clusters, topics, groups, path, mistakes, others, open, features);
    }

    /** The beginning of the addresses of one side's servers. */
    static String network(Side side) {
        return side == Side.SOURCE ? "10.0.0." : "10.0.1.";
    }

    List<String> nameServers(Side side) {
        List<String> addresses = new ArrayList<>();
        String network = network(side);
        for (int i = 1; i <= clusters.get(side).nameServers(); i++) {
            addresses.add(network + i + ":9876");
        }
        return addresses;
    }

    /** The stage that the plan asks for a topic: a topic whose order is kept is never written in both clusters. */
    Stage wanted(Topic topic, Stage ofBatch) {
        return isByKey(topic) && ofBatch == Stage.WRITE_BOTH ? Stage.READ_BOTH : ofBatch;
    }

    /** The group that a plan with {@link Mistake#GROUP_FORGOTTEN} leaves out. */
    Group forgotten() {
        return groups.get(groups.size() - 1);
    }

    /** The plan of the last commit: nothing is to move any more. */
    String completed() {
        return plan(Stage.DESTINATION, true).replace("routing: join", "routing: join, complete: true");
    }

    /** The plan with all batches at one stage, as people write it; perhaps without one group. */
    String plan(Stage stage, boolean isComplete) {
        StringBuilder text = new StringBuilder();
        text.append("version: 1\nname: shop-to-5x\n");
        for (Side side : Side.values()) {
            text.append(side.word())
                    .append(": { nameServers: [")
                    .append(nameServers(side).stream().map(it -> '"' + it + '"').collect(Collectors.joining(", ")))
                    .append("]")
                    .append(
                            has(Feature.THIRD_CLUSTER) && side == Side.DESTINATION
                                    ? ", cluster: " + clusters.get(side).name()
                                    : "")
                    .append(" }\n");
        }
        text.append("traffic: { routing: ")
                .append(isClientRouting() ? "client" : "join")
                .append(" }\nbatches:\n  - name: all\n    stage: ")
                .append(stage.word());
        text.append("\n    topics:\n");
        topics.forEach(topic -> text.append("      - { name: ")
                .append(topic.name())
                .append(", type: ")
                .append(topic.type())
                .append(
                        wanted(topic, stage) == stage
                                ? ""
                                : ", stage: " + wanted(topic, stage).word())
                .append(" }\n"));
        text.append("    groups:\n");
        groups.stream()
                .filter(group -> isComplete || !group.equals(forgotten()))
                .forEach(group -> text.append("      - { name: ")
                        .append(group.name())
                        .append(", order: ")
                        .append(group.orderly() ? "ORDERLY" : "CONCURRENT")
                        .append(" }\n"));
        return text.toString();
    }
}
