package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Lets servers, connections and runs fail, a few times in each migration. */
final class Troubles {
    private static final int MOST_KILLS = 2;
    /** How rarely a write meets trouble; notes are written much more often than all the rest. */
    private static final int ONE_OF_WRITES = 6;

    private static final int ONE_OF_NOTES = 40;
    private static final int ONE_OF_READS = 1_000;
    private static final Pattern OPENS_FENCE = Pattern.compile("topic .*=write");
    private static final Pattern CLOSES_FENCE = Pattern.compile("topic (?:.*, )?(?:orders|stock|clicks)=read(?:, .*)?");
    /** The steps that interrupt a fence if a run ends with them. */
    private static final List<String> INTERRUPTING = List.of("route", "topic to write", "topic to read");
    /** The steps of a fence: few of all writes. */
    private static final List<String> OF_FENCE =
            List.of("note steps", "topic to none", "route", "topic to read", "topic to write", "remove note steps");

    /** The steps around which clients do something at an unlucky moment. */
    private static final List<String> OF_TOPICS =
            List.of("topic to none", "topic to read", "topic to write", "topic to read-write", "route", "offset");

    /** The end of a record's copy is written once in a migration, if at all. */
    private static final List<String> OF_COPY = List.of("note copy", "remove note copy");

    /** How long after a fence has been closed its run may be killed: its writes have been answered by then. */
    private static final long IN_FENCE = 5 * World.SECONDS;

    private static final String ROUTE = "route of ";
    private static final int MOST_AT_ONCE = 3;
    private static final int ONE_OF_POLLS = 4;
    private static final int ONE_OF_CLOCKS = 4;
    private static final int ONE_OF_FENCES = 4;
    private static final int WRONG_MINUTES = 20;
    private static final List<RequestFault> OF_WRITES = Arrays.stream(RequestFault.values())
            .filter(fault -> fault.isOf(true))
            .toList();

    private final World world;
    private final SplittableRandom random;
    private final SortedMap<String, Integer> counts = new TreeMap<>();
    private final boolean open;
    /** Whether a fence turns producers with one request for all brokers. */
    private final boolean turns;

    private final ClientTroubles clients;
    /** What comes at one step of the engine, whatever else happens; otherwise rare steps met few faults. */
    private final boolean aims;

    private final List<AimedFault> aimed;
    private final Aim aimAtClients;
    /** When the run of a closed fence is killed: some time after the write that closes it; never if empty. */
    private OptionalLong killInFence;

    private boolean active;
    private int left;
    /** How many may still come before the next commit, so that the first ones do not use up all. */
    private int now;

    private int kills = MOST_KILLS;

    /** Creates the troubles of a scenario, with situations of an {@link OpenHazard} only if they are its own. */
    Troubles(World world, SplittableRandom random, Applications applications, Scenario scenario) {
        this.world = world;
        this.random = random;
        this.left = scenario.troubles();
        this.open = scenario.has(OpenSituation.FENCE_INTERRUPTED);
        this.turns = !scenario.isClientRouting();
        this.clients = new ClientTroubles(world, world.split(), applications);
        SplittableRandom aiming = world.split();
        this.aims = left > 0;
        List<AimedFault> usual = open
                ? List.of(AimedFault.at(INTERRUPTING, aiming))
                : List.of(AimedFault.at(Coverage.STEPS, aiming), AimedFault.at(OF_FENCE, aiming));
        this.aimAtClients = new Aim(OF_TOPICS, aiming);
        this.aimed = open
                ? usual
                : Stream.concat(usual.stream(), Stream.of(AimedFault.at(OF_COPY, aiming)))
                        .toList();
        this.killInFence = !open && aims && aiming.nextInt(ONE_OF_FENCES) == 0
                ? OptionalLong.of(IN_FENCE + aiming.nextLong(World.MINUTES))
                : OptionalLong.empty();
    }

    /** A fault that comes at one step of the engine. */
    private record AimedFault(Aim aim, RequestFault fault) {
        static AimedFault at(List<String> steps, SplittableRandom random) {
            return new AimedFault(new Aim(steps, random), OF_WRITES.get(random.nextInt(OF_WRITES.size())));
        }
    }

    SortedMap<String, Integer> counts() {
        return counts;
    }

    /** From now on things may go wrong. */
    void begin() {
        active = true;
        now = 1 + random.nextInt(MOST_AT_ONCE);
        for (int i = random.nextInt(3); i > 0; i--) {
            world.turns().after(soon(), this::ofServers);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            world.turns().after(soon(), this::ofConsumers);
        }
    }

    /** Some time in the next minutes, and often in the first one, when a run looks and closes. */
    private long soon() {
        return random.nextLong(random.nextBoolean() ? 50 * World.SECONDS : 4 * World.MINUTES);
    }

    private boolean mayCome() {
        return active && left > 0 && now > 0 && !world.isEnded();
    }

    private void ofConsumers() {
        if (!mayCome()) {
            return;
        }
        if (random.nextBoolean()) {
            count("group hangs");
            clients.hangGroup();
        } else {
            count("consumer crashes");
            clients.crashOne();
        }
    }

    /** Everything works again, and keeps working. */
    void end() {
        active = false;
        world.heal();
    }

    private void count(String kind) {
        counts.merge(kind, 1, Integer::sum);
        left--;
        now--;
    }

    /** Something is wrong with a group, so that people decide to go back. */
    void beforeGoingBack() {
        if (aims) {
            counts.merge("group hangs before people go back", 1, Integer::sum);
            clients.hangGroup();
        }
    }

    private void ofServers() {
        if (!mayCome()) {
            return;
        }
        Side side = random.nextBoolean() ? Side.SOURCE : Side.DESTINATION;
        List<SimBroker> brokers = world.brokers(side);
        SimBroker broker = brokers.get(random.nextInt(brokers.size()));
        List<String> nameServers = world.addresses(side);
        String nameServer = nameServers.get(random.nextInt(nameServers.size()));
        long lasting = 3 * World.SECONDS + random.nextLong((random.nextInt(3) == 0 ? 180 : 40) * World.SECONDS);
        switch (random.nextInt(3)) {
            case 0 -> {
                count(side.word() + " broker restarts");
                world.stop(broker.master().address(), lasting);
            }
            case 1 -> {
                count(side.word() + " name server restarts");
                world.stop(nameServer, lasting);
            }
            default -> {
                count(side.word() + " broker cut from a name server");
                world.cut(broker.master().address(), nameServer, lasting);
            }
        }
    }

    /** Somebody sets the clock of the machine on which a run is at work. */
    void setClockOf(SimProcess process) {
        long when = random.nextLong(2 * World.MINUTES);
        Duration error = Duration.ofMinutes(random.nextInt(2 * WRONG_MINUTES) - WRONG_MINUTES);
        if (random.nextInt(ONE_OF_CLOCKS) == 0) {
            counts.merge("clocks set", 1, Integer::sum);
            world.turns().after(when, () -> {
                world.history().say(process.name(), "has a clock that is wrong by " + error.toMinutes() + " minutes");
                process.setClock(error);
            });
        }
    }

    /** A run writes something. Some runs are killed while their fence is closed. */
    void written(SimProcess process, String what) {
        if (active && killInFence.isPresent() && Coverage.step(what).equals("topic to write")) {
            counts.merge("run killed in a fence", 1, Integer::sum);
            world.turns().after(killInFence.getAsLong(), process::killAtWork);
            killInFence = OptionalLong.empty();
        }
    }

    private Optional<RequestFault> aimed(String what, Optional<String> unanswered) {
        if (!active || !aims) {
            return Optional.empty();
        }
        Optional<RequestFault> fault = aimed.stream()
                .filter(one -> one.aim().isAt(what))
                .map(AimedFault::fault)
                .filter(one -> open || !isOfOpenHazard(one, what, unanswered))
                .findFirst();
        fault.ifPresent(one -> counts.merge(one + " of a write of " + Coverage.step(what), 1, Integer::sum));
        return fault;
    }

    /** Clients do something at the moment of a write. */
    private void ofClientsAt(String what) {
        if (!active || !aims || !OF_TOPICS.contains(Coverage.step(what))) {
            return;
        }
        if (random.nextInt(ONE_OF_POLLS) == 0) {
            clients.pollSome();
        }
        if (aimAtClients.isAt(what)) {
            boolean crash = random.nextBoolean();
            counts.merge(crash ? "group crashes at a step" : "group hangs at a step", 1, Integer::sum);
            world.turns().after(random.nextLong(2 * World.SECONDS), crash ? clients::crashGroup : clients::hangGroup);
        }
    }

    /**
     * The writes of a fence from its routes on, if the run ends or is suspended there, or while it waits in vain for an
     * answer to one of them; where clients are connected to both clusters, also if the run does not learn of them, because
     * no route has turned the producers.
     */
    private boolean isOfOpenHazard(RequestFault fault, String what, Optional<String> unanswered) {
        boolean interrupts = fault.isKill() || fault == RequestFault.SUSPENDED;
        return (interrupts && unanswered.filter(Troubles::isOfFence).isPresent())
                || ((interrupts || (fault.isUnanswered() && !turns)) && isOfFence(what));
    }

    private static boolean isOfFence(String what) {
        return OPENS_FENCE.matcher(what).matches() || CLOSES_FENCE.matcher(what).matches() || what.startsWith(ROUTE);
    }

    private static int rarity(String what, boolean writing) {
        if (!writing) {
            return ONE_OF_READS;
        }
        return what.contains("note ") ? ONE_OF_NOTES : ONE_OF_WRITES;
    }

    /** What befalls the requests of one run. */
    RequestFaults ofRun() {
        List<RequestFault> usual = new ArrayList<>(List.of(RequestFault.values()));
        return (what, writing, unanswered) -> {
            Optional<RequestFault> aimed = writing ? aimed(what, unanswered) : Optional.empty();
            if (writing) {
                ofClientsAt(what);
            }
            if (aimed.isPresent()) {
                return aimed;
            }
            if (!mayCome() || random.nextInt(rarity(what, writing)) != 0) {
                return Optional.empty();
            }
            RequestFault fault = usual.get(random.nextInt(usual.size()));
            if (!fault.isOf(writing)
                    || (fault.isKill() && kills == 0)
                    || (!open && isOfOpenHazard(fault, what, unanswered))) {
                return Optional.empty();
            }
            if (fault.isKill()) {
                kills--;
            }
            count(fault + (writing ? " of a write of " : " of a reading of ") + Coverage.step(what));
            return Optional.of(fault);
        };
    }
}
