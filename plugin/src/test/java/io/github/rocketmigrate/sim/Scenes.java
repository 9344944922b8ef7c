package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sim.SceneWorld.Member;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The scenes that are played on real servers and in the simulator. */
final class Scenes {
    /** How often clients ask for routes and report to brokers in scenes. */
    static final Duration POLL = Duration.ofSeconds(2);

    /** How long members wait until they rebalance again: as long as for routes, so that one always follows the other. */
    static final Duration REBALANCE = POLL;

    /** What servers do at once, on a busy machine. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /** What clients do at their own pace. */
    private static final Duration IN_TIME = Duration.ofSeconds(1);

    /** How far the timers of clients are apart, so that their order is always the same. */
    private static final Duration APART = Duration.ofMillis(400);

    /** The time in which clients that have just started divide the queues. */
    private static final Duration SETTLED = Duration.ofMillis(3_200);

    /** How often a broker registers: when it did so last is not known. */
    private static final Duration REGISTRATION = Duration.ofSeconds(30);

    /** A broker reads its name servers 10 s after its start, and every 2 min from then on. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(12);

    private static final double MOST_UNTIL_JOINED = 165;

    /** The time in which clients use a broker again that has come back. */
    private static final Duration RETURNED = Duration.ofSeconds(6);

    /** When brokers from 5.0 on register again, whose first registration may be lost. */
    private static final Duration SECOND_REGISTRATION = Duration.ofSeconds(10);

    private static final Duration SLOW = Duration.ofMillis(200);

    private Scenes() {}

    static List<Scene> inEachRun() {
        return List.of(
                new Scene("ladder", Scenes::ladder),
                new Scene("closed", Scenes::closed),
                new Scene("orderly", Scenes::orderly),
                new Scene("offsets", Scenes::offsets),
                new Scene("route", Scenes::route),
                new Scene("restart", true, Scenes::restart));
    }

    /** Those that take long. */
    static List<Scene> thorough() {
        return List.of(new Scene("nameserver", true, Scenes::nameServer));
    }

    static Scene joining() {
        return new Scene("join", Scenes::join);
    }

    /** Two members and a producer follow a topic from one cluster to the other. */
    private static void ladder(SceneRun run) throws Exception {
        String topic = run.name();
        String group = topic + "-group";
        SceneClusters clusters = run.clusters();
        for (Side side : Side.values()) {
            clusters.group(side, group);
            clusters.topic(side, topic, 2, side == Side.SOURCE ? Access.READ_WRITE : Access.NONE);
        }
        run.watch("route", AT_ONCE, () -> clusters.route(Side.DESTINATION, topic));
        for (Side side : Side.values()) {
            run.watch("members at the " + side.word(), IN_TIME, () -> clusters.members(side, group));
        }
        for (String member : List.of(topic + "-1", topic + "-2")) {
            run.watch(member + " at the source", IN_TIME, () -> clusters.report(Side.SOURCE, group, member, topic));
            run.watchClient(member, IN_TIME);
        }
        run.watchClient(topic + "-sender", IN_TIME);
        run.at(0, "clients run", () -> {
            member(run, topic + "-1", group, Side.DESTINATION, topic);
            run.world().pause(APART);
            member(run, topic + "-2", group, Side.DESTINATION, topic);
            run.world().pause(APART);
            run.world().startProducer(topic + "-sender", Side.DESTINATION, topic);
            run.world().pause(SETTLED);
        });
        run.at(1.3, "the destination opens", () -> clusters.access(Side.DESTINATION, topic, Access.READ_WRITE));
        run.at(5.3, "the source closes to producers", () -> clusters.access(Side.SOURCE, topic, Access.READ));
        run.at(9.3, "the source closes", () -> clusters.access(Side.SOURCE, topic, Access.NONE));
        run.until(13.5);
    }

    private static void member(SceneRun run, String name, String group, Side nameServer, String topic)
            throws Exception {
        run.world().startConsumer(new Member(name, group, false, nameServer, Set.of(topic), Duration.ZERO));
    }

    private static void orderlyMember(SceneRun run, String name, String group, Side nameServer, String topic)
            throws Exception {
        run.world().startConsumer(new Member(name, group, true, nameServer, Set.of(topic), Duration.ZERO));
    }

    /** A topic that no other broker has is closed to producers, then to consumers, and opened again. */
    private static void closed(SceneRun run) throws Exception {
        String topic = run.name();
        String group = topic + "-group";
        SceneClusters clusters = run.clusters();
        clusters.group(Side.SOURCE, group);
        clusters.topic(Side.SOURCE, topic, 2, Access.READ_WRITE);
        run.watch("broker", AT_ONCE, () -> clusters.settings(Side.SOURCE, topic));
        run.watch("route", AT_ONCE, () -> clusters.route(Side.SOURCE, topic));
        run.watch(topic + "-1", IN_TIME, () -> clusters.report(Side.SOURCE, group, topic + "-1", topic));
        run.watchClient(topic + "-1", IN_TIME);
        run.watchClient(topic + "-sender", IN_TIME);
        run.at(0, "clients run", () -> {
            member(run, topic + "-1", group, Side.SOURCE, topic);
            run.world().pause(APART);
            run.world().startProducer(topic + "-sender", Side.SOURCE, topic);
            run.world().pause(SETTLED);
        });
        run.at(1.2, "closes to producers", () -> clusters.access(Side.SOURCE, topic, Access.READ));
        run.at(5.2, "opens", () -> clusters.access(Side.SOURCE, topic, Access.READ_WRITE));
        run.at(7.2, "closes to consumers", () -> clusters.access(Side.SOURCE, topic, Access.WRITE));
        run.at(12, "opens", () -> clusters.access(Side.SOURCE, topic, Access.READ_WRITE));
        run.until(14);
    }

    /** Members of an orderly group come and go. */
    private static void orderly(SceneRun run) throws Exception {
        String topic = run.name();
        String group = topic + "-group";
        SceneClusters clusters = run.clusters();
        clusters.group(Side.SOURCE, group);
        clusters.topic(Side.SOURCE, topic, 3, Access.READ_WRITE);
        run.watch("members", IN_TIME, () -> clusters.members(Side.SOURCE, group));
        run.watch("subscriptions", IN_TIME, () -> clusters.subscriptions(Side.SOURCE, group));
        run.watch("groups", IN_TIME, () -> clusters.groups(Side.SOURCE, topic));
        for (String member : List.of(topic + "-1", topic + "-2")) {
            run.watch(member + " reports", IN_TIME, () -> clusters.report(Side.SOURCE, group, member, topic));
            run.watchClient(member, IN_TIME);
        }
        run.at(0, "orderly-1 runs", () -> {
            orderlyMember(run, topic + "-1", group, Side.SOURCE, topic);
            run.world().pause(SETTLED);
        });
        run.at(0.5, "orderly-sender starts", () -> run.world().startProducer(topic + "-sender", Side.SOURCE, topic));
        // Whether a member finds the lock of a queue free at its first try is left to chance.
        run.at(2.2, "orderly-2 runs", () -> {
            orderlyMember(run, topic + "-2", group, Side.DESTINATION, topic);
            run.world().pause(SETTLED);
        });
        run.at(6.5, "orderly-1 stops", () -> run.world().stop(topic + "-1"));
        run.at(9, "orderly-2 stops", () -> run.world().stop(topic + "-2"));
        run.until(11);
    }

    /** What brokers say of messages and offsets while a group comes, goes and comes back. */
    private static void offsets(SceneRun run) throws Exception {
        String topic = run.name();
        String group = topic + "-group";
        SceneClusters clusters = run.clusters();
        clusters.group(Side.SOURCE, group);
        clusters.topic(Side.SOURCE, topic, 2, Access.READ_WRITE);
        run.watch("queues", AT_ONCE, () -> clusters.queueOffsets(Side.SOURCE, topic));
        run.watch("offsets", IN_TIME, () -> clusters.offsets(Side.SOURCE, group, topic));
        run.watch("groups", IN_TIME, () -> clusters.groups(Side.SOURCE, topic));
        run.watch("members", IN_TIME, () -> clusters.members(Side.SOURCE, group));
        run.watch("retry topic", IN_TIME, () -> clusters.settings(Side.SOURCE, "%RETRY%" + group));
        run.watch("route of the retry topic", IN_TIME, () -> clusters.route(Side.SOURCE, "%RETRY%" + group));
        run.watchClient(topic + "-1", IN_TIME);
        run.watchClient(topic + "-2", IN_TIME);
        run.at(0, "8 messages come", () -> run.world().send(Side.SOURCE, topic, 2, 8));
        run.at(0.5, "offsets-1 starts", () -> slowMember(run, topic + "-1", group, topic));
        run.at(6, "2 messages come", () -> run.world().send(Side.SOURCE, topic, 2, 2));
        run.at(11.5, "offsets-1 stops", () -> run.world().stop(topic + "-1"));
        run.at(12.3, "2 more messages come", () -> run.world().send(Side.SOURCE, topic, 2, 2));
        run.at(13.1, "an offset is set", () -> clusters.setOffset(Side.SOURCE, group, topic, 1, 6));
        run.at(13.9, "offsets-2 starts", () -> slowMember(run, topic + "-2", group, topic));
        run.at(20.1, "offsets-2 stops", () -> run.world().stop(topic + "-2"));
        run.at(21.1, "the topic is removed", () -> clusters.remove(Side.SOURCE, topic));
        run.until(22.1);
    }

    /** While it consumes a message, its next pull has begun, and has committed nothing of it. */
    private static void slowMember(SceneRun run, String name, String group, String topic) throws Exception {
        run.world().startConsumer(new Member(name, group, false, Side.SOURCE, Set.of(topic), SLOW));
    }

    /** A route that somebody sets at a name server of 5.x stays until its broker registers the topic again. */
    private static void route(SceneRun run) throws Exception {
        String topic = run.name();
        String other = topic + "-other";
        SceneClusters clusters = run.clusters();
        clusters.topic(Side.DESTINATION, topic, 2, Access.WRITE);
        clusters.topic(Side.DESTINATION, other, 1, Access.READ_WRITE);
        run.watch("route", AT_ONCE, () -> clusters.route(Side.DESTINATION, topic));
        run.watch("other route", AT_ONCE, () -> clusters.route(Side.DESTINATION, other));
        run.at(1, "the route is set", () -> clusters.setRoute(Side.DESTINATION, topic, 2, Access.READ_WRITE));
        run.at(3, "another topic changes", () -> clusters.access(Side.DESTINATION, other, Access.READ));
        run.at(5, "the topic changes", () -> clusters.access(Side.DESTINATION, topic, Access.READ));
        run.at(7, "the route is set", () -> clusters.setRoute(Side.DESTINATION, topic, 2, Access.NONE));
        run.at(9, "the topic is written as it is", () -> clusters.access(Side.DESTINATION, topic, Access.READ));
        run.at(11, "a topic is created", () -> clusters.topic(Side.DESTINATION, topic + "-new", 1, Access.READ_WRITE));
        run.until(13);
    }

    /**
     * A name server dies and comes back, and a topic changes before its broker registers again: name servers of 4.x then
     * know this topic only.
     */
    private static void nameServer(SceneRun run) throws Exception {
        String topic = run.name();
        String other = topic + "-other";
        String group = topic + "-group";
        SceneClusters clusters = run.clusters();
        clusters.group(Side.SOURCE, group);
        clusters.topic(Side.SOURCE, topic, 1, Access.READ_WRITE);
        clusters.topic(Side.SOURCE, other, 1, Access.READ_WRITE);
        run.watch("the name server lists", REGISTRATION, () -> clusters.listed(Side.SOURCE));
        run.watch("route", REGISTRATION, () -> clusters.route(Side.SOURCE, topic));
        run.watch("other route", REGISTRATION, () -> clusters.route(Side.SOURCE, other));
        run.watchClient(topic + "-1", REGISTRATION);
        run.watchClient(topic + "-sender", REGISTRATION);
        run.at(0, "clients run", () -> {
            member(run, topic + "-1", group, Side.SOURCE, topic);
            run.world().pause(APART);
            run.world().startProducer(topic + "-sender", Side.SOURCE, topic);
            run.world().pause(SETTLED);
        });
        run.alone(2, "the name server is killed", () -> run.world().kill("source-nameserver"));
        run.at(8, "the name server is launched", () -> run.world().launch("source-nameserver"));
        run.awaitListening("source-nameserver", Duration.ZERO);
        clusters.access(Side.SOURCE, topic, Access.READ);
        run.world().pause(REGISTRATION.plus(RETURNED));
        run.more(1);
    }

    /** A broker gets the name server of the other cluster as a second one; from 4.9.4 on it need not restart for that. */
    private static void join(SceneRun run) throws Exception {
        String topic = run.name();
        SceneClusters clusters = run.clusters();
        clusters.topic(Side.SOURCE, topic, 1, Access.READ_WRITE);
        run.watch("the source's name server lists", AT_ONCE, () -> clusters.listed(Side.SOURCE));
        run.watch("the destination's name server lists", REGISTRATION, () -> clusters.listed(Side.DESTINATION));
        run.watch("route at the destination", REGISTRATION, () -> clusters.route(Side.DESTINATION, topic));
        run.at(0, "nothing", () -> run.world().pause(FIRST_LOOK));
        run.at(1, "the broker joins", () -> clusters.join(true));
        run.until(MOST_UNTIL_JOINED);
    }

    /** A broker dies and comes back while clients also have another one. */
    private static void restart(SceneRun run) throws Exception {
        String topic = run.name();
        String group = topic + "-group";
        SceneClusters clusters = run.clusters();
        for (Side side : Side.values()) {
            clusters.group(side, group);
            clusters.topic(side, topic, 1, Access.READ_WRITE);
            run.watch("the " + side.word() + "'s name server lists", AT_ONCE, () -> clusters.listed(side));
            run.watch("members at the " + side.word(), IN_TIME, () -> clusters.members(side, group));
        }
        run.watch("route", AT_ONCE, () -> clusters.route(Side.DESTINATION, topic));
        run.watch(topic + "-1 reports", IN_TIME, () -> clusters.report(Side.DESTINATION, group, topic + "-1", topic));
        run.watchClient(topic + "-1", IN_TIME);
        run.watchClient(topic + "-sender", IN_TIME);
        run.at(0, "clients run", () -> {
            member(run, topic + "-1", group, Side.DESTINATION, topic);
            run.world().pause(APART);
            run.world().startProducer(topic + "-sender", Side.DESTINATION, topic);
            run.world().pause(SETTLED);
        });
        run.alone(13.2, "the source's broker is killed", () -> run.world().kill("source-a"));
        run.at(18.2, "the source's broker is launched", () -> run.world().launch("source-a"));
        boolean registersAtOnce = run.world().version(Side.SOURCE).isFour();
        run.awaitListening("source-a", registersAtOnce ? RETURNED : RETURNED.plus(SECOND_REGISTRATION));
        run.more(1);
    }
}
