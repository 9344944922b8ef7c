package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.model.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A process of the migration: its requests to servers, and what befalls them. It may be killed between any two of them,
 * or suspended.
 */
final class SimProcess implements Requests {
    /** How long a process waits for the answer to a read, and to a write. */
    private static final long READ_TIMEOUT = 15 * World.SECONDS;

    private static final long WRITE_TIMEOUT = 30 * World.SECONDS;
    private static final long LATER = 3 * World.SECONDS;
    /** The shortest time that a request or an answer is on its way. */
    private static final long FASTEST = 300;

    private static final long SUSPENSION = 150 * World.SECONDS;

    private final World world;
    private final String name;
    private final SplittableRandom random;
    private final boolean interleaved;
    private final RequestFaults faults;
    private int writes;
    private boolean killed;
    private boolean ended;
    /** What it has written and waits for in vain. */
    private Optional<String> unanswered = Optional.empty();

    private final Set<RequestFault> met = EnumSet.noneOf(RequestFault.class);
    private final List<String> refused = new ArrayList<>();
    private long troubled = Long.MIN_VALUE / 2;
    private long suspendedUntil;
    private Duration clockError = Duration.ZERO;
    private Consumer<String> onWrite = what -> {};
    private BiConsumer<String, RequestFault> onFault = (what, fault) -> {};

    /**
     * Creates a process.
     *
     * @param interleaved whether tasks that may run side by side do so
     * @param faults what befalls its requests
     */
    SimProcess(World world, String name, boolean interleaved, RequestFaults faults) {
        this.world = world;
        this.name = name;
        this.random = world.split();
        this.interleaved = interleaved;
        this.faults = faults;
    }

    String name() {
        return name;
    }

    boolean isInterleaved() {
        return interleaved;
    }

    Duration clockError() {
        return clockError;
    }

    /** The clock of its machine is set. */
    void setClock(Duration error) {
        clockError = error;
    }

    int writes() {
        return writes;
    }

    boolean isKilled() {
        return killed;
    }

    /** Tells of every write that reaches a server. */
    void onWrite(Consumer<String> witness) {
        onWrite = witness;
    }

    /** Tells of every write that meets a fault. */
    void onFault(BiConsumer<String, RequestFault> witness) {
        onFault = witness;
    }

    /** It has done what it was started for. */
    void ended() {
        ended = true;
    }

    /** Whether nothing has befallen it for so long, whether it still runs or not. */
    boolean isCalm(long micros) {
        return world.now() - troubled > micros;
    }

    /** Whether it still runs and nothing has befallen it for some time. */
    boolean isWell(long micros) {
        return !killed && !ended && world.now() - troubled > micros;
    }

    /** What has befallen its requests. */
    Set<RequestFault> met() {
        return met;
    }

    /** The writes that servers have refused without a reason. */
    List<String> refused() {
        return refused;
    }

    private void meet(RequestFault fault) {
        met.add(fault);
        troubled = world.now();
    }

    void kill() {
        if (!killed) {
            killed = true;
            world.history().say(name, "is killed");
        }
    }

    /** Kills the process unless it has ended; while it waits for an answer that does not come, a moment later. */
    void killAtWork() {
        if (unanswered.isPresent()) {
            world.turns().after(World.SECONDS, this::killAtWork);
        } else if (!ended) {
            kill();
        }
    }

    private Claim unanswered(String address, String what, long micros) {
        unanswered = Optional.of(what);
        try {
            pass(micros);
        } finally {
            unanswered = Optional.empty();
        }
        return new Claim.Unanswered("Server " + address + " did not answer");
    }

    /** Ends the thread if its process was killed. */
    void check() {
        if (killed) {
            throw new Killed();
        }
    }

    /** Lets time pass for a thread of this process. */
    void rest(long micros, Consumer<Turns.Wake> wakes) {
        check();
        world.turns().sleep(micros, wakes);
        awaitResumption();
    }

    private void pass(long micros) {
        check();
        world.turns().sleep(micros);
        awaitResumption();
    }

    /** A suspended process does nothing until it is resumed. */
    private void awaitResumption() {
        while (world.now() < suspendedUntil && !killed) {
            world.turns().sleep(suspendedUntil - world.now());
        }
        check();
    }

    private void travel() {
        pass(FASTEST + random.nextLong(5 * FASTEST));
    }

    /**
     * The time of a request that changes nothing, and of its answer, passes before the server reads. Nothing is told apart
     * by it: whatever is done with an answer begins with another request, which is on its way for some time as well.
     */
    private void travelBothWays() {
        pass(2 * FASTEST + random.nextLong(10 * FASTEST));
    }

    @Override
    public <T> T ask(String address, String what, Supplier<T> answer) {
        check();
        Optional<RequestFault> fault = faults.befalling(what, false, unanswered).filter(it -> it.isOf(false));
        fault.ifPresent(it -> world.history().say(name, "asks " + address + " for " + what + ": " + it));
        if (fault.isPresent()) {
            meet(fault.get());
            befall(fault.get());
        }
        travelBothWays();
        if (fault.filter(RequestFault.LOST::equals).isPresent() || !world.reaches(name, address)) {
            pass(world.isUp(address) ? READ_TIMEOUT : World.MILLIS);
            throw new Fault("Server " + address + " does not answer.", "Check that it runs.");
        }
        return answer.get();
    }

    private void befall(RequestFault fault) {
        switch (fault) {
            case KILLED_BEFORE -> {
                kill();
                check();
            }
            case SLOW -> pass(LATER);
            case SUSPENDED -> {
                suspendedUntil = world.now() + SUSPENSION;
                pass(0);
            }
            default -> {
                // It happens on the way to the server or back.
            }
        }
    }

    @Override
    public Claim tell(String address, String what, Supplier<Claim> effect) {
        check();
        Optional<RequestFault> fault = faults.befalling(what, true, unanswered).filter(it -> it.isOf(true));
        world.history()
                .say(
                        name,
                        () -> "writes " + what + " at " + address
                                + fault.map(it -> ": " + it).orElse(""));
        if (fault.isPresent()) {
            meet(fault.get());
            onFault.accept(what, fault.get());
            befall(fault.get());
        }
        travel();
        if (fault.filter(RequestFault.LOST::equals).isPresent() || !world.reaches(name, address)) {
            return unanswered(address, what, world.isUp(address) ? WRITE_TIMEOUT : World.MILLIS);
        }
        if (fault.filter(RequestFault.REFUSED::equals).isPresent()) {
            travel();
            refused.add(what);
            return new Claim.Rejected("Server " + address + " refused", "Check its log.", false);
        }
        if (fault.filter(RequestFault.LATE::equals).isPresent()) {
            world.turns().after(WRITE_TIMEOUT + LATER, () -> {
                world.history().say(address, "does only now: " + what);
                Claim unused = effect.get();
            });
            return unanswered(address, what, WRITE_TIMEOUT);
        }
        writes++;
        onWrite.accept(what);
        Claim claim = effect.get();
        if (fault.filter(RequestFault.KILLED_AFTER::equals).isPresent()) {
            kill();
            check();
        }
        if (fault.filter(RequestFault.ANSWER_LOST::equals).isPresent()) {
            return unanswered(address, what, WRITE_TIMEOUT);
        }
        travel();
        return claim;
    }
}
