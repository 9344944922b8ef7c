package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Lets servers, connections and runs fail, a few times in each migration. */
final class Troubles {
    private static final int MOST_KILLS = 2;
    /** How rarely a write meets trouble; notes are written much more often than all the rest. */
    private static final int ONE_OF_WRITES = 6;

    private static final int ONE_OF_NOTES = 40;
    private static final int ONE_OF_READS = 1_000;
    private static final Pattern OPENS_FENCE = Pattern.compile("topic .*=write");
    private static final Pattern CLOSES_FENCE = Pattern.compile("topic (?:.*, )?(?:orders|stock)=read(?:, .*)?");
    /** The steps that interrupt a fence if a run does not learn of them. */
    private static final List<String> OF_FENCE = List.of("topic to write", "topic to read");

    private static final int MOST_SKIPPED = 4;
    private static final int ONE_OF_CLOCKS = 4;
    private static final int WRONG_MINUTES = 20;
    private static final List<RequestFault> OF_WRITES = Arrays.stream(RequestFault.values())
            .filter(fault -> fault.isOf(true))
            .toList();

    private final World world;
    private final SplittableRandom random;
    private final SortedMap<String, Integer> counts = new TreeMap<>();
    private final boolean open;
    /** One fault that comes at one step of the engine, whatever else happens; otherwise rare steps met few faults. */
    private final String aimedStep;

    private final RequestFault aimedFault;
    private int skipped;
    private boolean active;
    private int left;
    private int kills = MOST_KILLS;

    /** Creates troubles of which at most {@code most} come; situations of an {@link OpenHazard} only if {@code open}. */
    Troubles(World world, SplittableRandom random, int most, boolean open) {
        this.world = world;
        this.random = random;
        this.left = most;
        this.open = open;
        SplittableRandom aim = world.split();
        List<String> steps = open ? OF_FENCE : Coverage.STEPS;
        this.aimedStep = steps.get(aim.nextInt(steps.size()));
        this.aimedFault = OF_WRITES.get(aim.nextInt(OF_WRITES.size()));
        this.skipped = aim.nextInt(MOST_SKIPPED);
    }

    SortedMap<String, Integer> counts() {
        return counts;
    }

    /** From now on things may go wrong. */
    void begin(SortedMap<String, SimConsumer> consumers, Consumer<SimConsumer> restart) {
        active = true;
        for (int i = random.nextInt(3); i > 0; i--) {
            world.turns().after(soon(), this::ofServers);
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            world.turns().after(soon(), () -> ofConsumers(consumers, restart));
        }
    }

    /** Some time in the next minutes, and often in the first one, when a run looks and closes. */
    private long soon() {
        return random.nextLong(random.nextBoolean() ? 50 * World.SECONDS : 4 * World.MINUTES);
    }

    private void ofConsumers(SortedMap<String, SimConsumer> consumers, Consumer<SimConsumer> restart) {
        if (!active || left <= 0 || world.isEnded()) {
            return;
        }
        SimConsumer consumer = List.copyOf(consumers.values()).get(random.nextInt(consumers.size()));
        if (random.nextBoolean()) {
            hang(consumers, consumer.group());
        } else {
            count("consumer crashes");
            world.history().say(consumer.id(), "crashes");
            consumer.crash();
            world.turns().after(World.SECONDS + random.nextLong(2 * World.MINUTES), () -> {
                // People may have replaced it in the meantime.
                if (consumers.get(consumer.id()) == consumer && !world.isEnded()) {
                    restart.accept(consumer.again());
                }
            });
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
    }

    /** A slow database holds up all members of a group. */
    private void hang(SortedMap<String, SimConsumer> consumers, String group) {
        count("group hangs");
        long lasting = 10 * World.SECONDS + random.nextLong(4 * World.MINUTES);
        consumers.values().stream()
                .filter(consumer -> consumer.group().equals(group))
                .forEach(consumer -> consumer.stall(lasting));
    }

    /** Something is wrong with a group, so that people decide to go back. */
    void beforeGoingBack(SortedMap<String, SimConsumer> consumers) {
        if (left > 0) {
            List<SimConsumer> all = List.copyOf(consumers.values());
            hang(consumers, all.get(random.nextInt(all.size())).group());
        }
    }

    private void ofServers() {
        if (!active || left <= 0 || world.isEnded()) {
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

    private boolean isAimedAt(String what) {
        return active
                && left > 0
                && Coverage.step(what).equals(aimedStep)
                && (open || !isOfOpenHazard(aimedFault, what))
                && skipped-- == 0;
    }

    /** The writes of a fence after its routes are set, if the run does not learn of them or ends with them. */
    private static boolean isOfOpenHazard(RequestFault fault, String what) {
        return (fault.isUnanswered() && OPENS_FENCE.matcher(what).matches())
                || ((fault.isUnanswered() || fault.isKill())
                        && CLOSES_FENCE.matcher(what).matches());
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
        return (what, writing) -> {
            if (writing && isAimedAt(what)) {
                count(aimedFault + " of a write of " + Coverage.step(what));
                return Optional.of(aimedFault);
            }
            if (!active || left <= 0 || random.nextInt(rarity(what, writing)) != 0) {
                return Optional.empty();
            }
            RequestFault fault = usual.get(random.nextInt(usual.size()));
            if (!fault.isOf(writing) || (fault.isKill() && kills == 0) || (!open && isOfOpenHazard(fault, what))) {
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
