package io.github.rocketmigrate.sim;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Plays a scene in one world: does each act at its time, and looks again and again at what is watched meanwhile. What a
 * look sees first, or sees changed, is an event.
 */
final class SceneRun {
    /** How often it looks. */
    private static final Duration LOOK = Duration.ofMillis(250);

    /** After each act, however busy the machine is. */
    private static final int FEWEST_LOOKS = 3;

    private static final Duration MOST_UNTIL_LISTENING = Duration.ofMinutes(1);

    private static final Duration BEFORE_FIRST_ACT = Duration.ofMillis(500);

    /** What a client did before is no longer what it does. */
    private static final Duration PRESENT = Duration.ofMillis(1_500);

    private final SceneWorld world;
    private final String name;
    private final SceneClusters clusters;
    private final List<Watch> watches = new ArrayList<>();
    private final Map<Watch, Seen> seen = new HashMap<>();
    /** What was noted last of each watch. */
    private final Map<Watch, String> noted = new HashMap<>();

    private final List<SceneEvent> events = new ArrayList<>();
    private Duration begin;
    private Duration lastAct;
    private int acts;
    private int looks;

    /** What is watched. */
    private record Watch(String what, Duration tolerance, Look look) {}

    /**
     * What the last look has seen.
     *
     * @param last when it looked
     * @param event the event if no second look has seen it: what only one look sees is on its way to something else
     */
    private record Seen(String what, Duration last, Optional<SceneEvent> event) {}

    /** Reads what is watched. */
    interface Look {
        String see() throws Exception;
    }

    /** What is done. */
    interface Act {
        void go() throws Exception;
    }

    /** Plays a scene whose topics, groups and clients have names that begin with {@code name}. */
    SceneRun(SceneWorld world, String name) {
        this.world = world;
        this.name = name;
        this.clusters = new SceneClusters(world);
        this.begin = world.now();
        this.lastAct = begin;
    }

    SceneWorld world() {
        return world;
    }

    String name() {
        return name;
    }

    SceneClusters clusters() {
        return clusters;
    }

    /** Watches something from now on. */
    void watch(String what, Duration tolerance, Look look) {
        watches.add(new Watch(what, tolerance, look));
    }

    /** Watches what a client does. */
    void watchClient(String client, Duration tolerance) {
        watch(client, tolerance, () -> doings(client));
    }

    private String doings(String client) throws Exception {
        Duration since = world.now().minus(PRESENT);
        SortedSet<String> doings = world.clientEvents().stream()
                .filter(event -> event.client().equals(client) && event.at().compareTo(since) >= 0)
                .map(SceneWorld.ClientEvent::what)
                .collect(toCollection(TreeSet::new));
        return doings.isEmpty() ? "does nothing" : String.join(", ", doings);
    }

    /**
     * Looks until a time since the end of the first act, then does something. A machine that is too busy does it one or more
     * route polls later, so that the timers of clients are as far as they are meant to be.
     */
    void at(double seconds, String what, Act act) throws Exception {
        if (acts == 0) {
            begin = world.now();
            lastAct = begin;
            world.pause(BEFORE_FIRST_ACT);
            look();
            look();
            act.go();
            did(what);
            begin = lastAct;
            return;
        }
        Duration planned = begin.plus(duration(seconds));
        lookUntil(planned);
        while (world.now().minus(planned).compareTo(LOOK) > 0) {
            planned = planned.plus(Scenes.POLL);
            begin = begin.plus(Scenes.POLL);
            lookUntil(planned);
        }
        act.go();
        did(what);
    }

    /** Does something at a time, but not before the other scenes have ended. What follows moves with it. */
    void alone(double seconds, String what, Act act) throws Exception {
        lookUntil(begin.plus(duration(seconds)));
        world.awaitOthers();
        at(seconds, what, act);
    }

    private void did(String what) throws Exception {
        lastAct = world.now();
        acts++;
        looks = 0;
        events.add(new SceneEvent(acts, "— " + what, Duration.ZERO, Duration.ZERO, Duration.ZERO));
        clusters.readMetadata();
    }

    /** Looks until a time since the begin of the scene. */
    void until(double seconds) throws Exception {
        lookUntil(begin.plus(duration(seconds)));
    }

    /** Looks for some time. */
    void more(double seconds) throws Exception {
        lookUntil(world.now().plus(duration(seconds)));
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1_000));
    }

    private void lookUntil(Duration end) throws Exception {
        while (looks < FEWEST_LOOKS || world.now().compareTo(end) < 0) {
            look();
            Duration left = end.minus(world.now());
            if (!left.isNegative()) {
                world.pause(left.compareTo(LOOK) < 0 ? left : LOOK);
            }
        }
    }

    /**
     * Waits until a server listens again, and for some time more, without looking: how long a server takes to start, and
     * therefore how soon clients ask for routes after that, differs each time.
     */
    void awaitListening(String server, Duration more) throws Exception {
        Duration begin = world.now();
        while (!world.listens(server)) {
            if (world.now().minus(begin).compareTo(MOST_UNTIL_LISTENING) > 0) {
                throw new IllegalStateException(server + " does not start again.");
            }
            world.pause(LOOK);
        }
        world.pause(more);
        did(server + " listens");
    }

    private void look() throws Exception {
        looks++;
        for (Watch watch : watches) {
            Duration at = world.now();
            String sees = see(watch);
            Seen before = seen.get(watch);
            if (before == null || !before.what().equals(sees)) {
                SceneEvent event = new SceneEvent(
                        acts,
                        watch.what() + ": " + sees,
                        sinceAct(before == null ? lastAct : before.last()),
                        sinceAct(world.now()),
                        watch.tolerance());
                seen.put(watch, new Seen(sees, at, Optional.of(event)));
            } else {
                before.event().ifPresent(event -> note(watch, event));
                seen.put(watch, new Seen(sees, at, Optional.empty()));
            }
        }
    }

    private void note(Watch watch, SceneEvent event) {
        if (!event.what().equals(noted.put(watch, event.what()))) {
            events.add(event);
        }
    }

    private Duration sinceAct(Duration at) {
        return at.compareTo(lastAct) < 0 ? Duration.ZERO : at.minus(lastAct);
    }

    private static String see(Watch watch) throws Exception {
        try {
            return watch.look().see();
        } catch (Fault unreachable) {
            return "no answer";
        }
    }

    List<SceneEvent> events() {
        return events;
    }
}
