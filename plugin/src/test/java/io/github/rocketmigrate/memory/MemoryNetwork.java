package io.github.rocketmigrate.memory;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Two clusters and a writer's way to them. Each request that changes something is counted, may go wrong as the
 * {@link FaultPlan} says, and is followed by a look at what users see.
 *
 * <p>Longer than 300 lines: faults, answers and views meet at each request.
 */
public final class MemoryNetwork {
    /** Brokers read every two minutes which name servers they have; name servers forget them two minutes later. */
    private static final Duration SETTINGS_READ = Duration.ofMinutes(2);

    private static final Duration FORGOTTEN = Duration.ofMinutes(2);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration LATE = ANSWER.plusSeconds(3);

    private final VirtualTiming timing;
    private final Map<Side, List<MemoryBroker>> brokers = new EnumMap<>(Side.class);
    private final Map<Side, SortedMap<String, MemoryNameServer>> nameServers = new EnumMap<>(Side.class);
    public final MemoryClients clients = new MemoryClients(this);
    private final Set<String> unreachable = new HashSet<>();
    private final Map<String, Duration> busy = new HashMap<>();
    private final List<Consumer<WriteCall>> witnesses = new ArrayList<>();
    private final List<WriteCall> writes = new ArrayList<>();
    private final List<ProducersView> views = new ArrayList<>();
    private FaultPlan faults = FaultPlan.NONE;
    private boolean killed;
    private final List<WriteCall> unanswered = new ArrayList<>();
    private boolean troubled;
    private Optional<WriteCall> killedAt = Optional.empty();

    public MemoryNetwork(VirtualTiming timing) {
        this.timing = timing;
        for (Side side : Side.values()) {
            brokers.put(side, new ArrayList<>());
            nameServers.put(side, new TreeMap<>());
        }
    }

    public VirtualTiming timing() {
        return timing;
    }

    /** Starts a cluster; its masters register with all its name servers. */
    public MemoryNetwork cluster(Side side, String version, List<String> itsNameServers, String... masters) {
        itsNameServers.forEach(address -> nameServers.get(side).put(address, new MemoryNameServer(address)));
        Arrays.stream(masters)
                .map(name -> new MemoryBroker(
                        side.word(), name, ServerVersion.of(version).orElseThrow(), new TreeSet<>(itsNameServers)))
                .forEach(broker -> {
                    brokers.get(side).add(broker);
                    register(broker);
                });
        return this;
    }

    public MemoryNetwork topic(Side side, String name, TopicSettings settings) {
        brokers.get(side).forEach(broker -> keep(broker, name, settings));
        return this;
    }

    /** One master gives a topic another access, as after a late write. */
    public void access(MemoryBroker broker, String topic, Access access) {
        happen(() -> keep(broker, topic, broker.topics.get(topic).withAccess(access)));
    }

    public MemoryNetwork group(Side side, String name, GroupSettings settings) {
        brokers.get(side).forEach(broker -> broker.groups.put(name, settings));
        return this;
    }

    /** The source's masters have registered with the destination's name servers too, and all of these know it. */
    public MemoryNetwork joined() {
        Set<String> all = new TreeSet<>(nameServers.get(Side.SOURCE).keySet());
        all.addAll(nameServers.get(Side.DESTINATION).keySet());
        for (MemoryBroker broker : brokers.get(Side.SOURCE)) {
            broker.settings.put(Server.NAME_SERVERS, Server.list(all));
            readNameServers(broker);
        }
        return this;
    }

    public List<MemoryBroker> brokers(Side side) {
        return brokers.get(side);
    }

    public MemoryBroker broker(Side side, String name) {
        return brokers.get(side).stream()
                .filter(broker -> broker.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    public SortedMap<String, MemoryNameServer> nameServers(Side side) {
        return nameServers.get(side);
    }

    public MemoryReader reader(Side side) {
        return new MemoryReader(this, side);
    }

    public MemoryWriter writer(Side side) {
        return new MemoryWriter(this, side);
    }

    /** Begins a run: its writes are counted anew, and go wrong as planned. Nothing is left of the process before. */
    public void begin(FaultPlan planned) {
        timing.forgetPeriodicTasks();
        killed = false;
        writes.clear();
        faults = planned;
    }

    /** The writes of this run so far. */
    public List<WriteCall> writes() {
        return List.copyOf(writes);
    }

    /** Whether a write of this run or of one before has gone wrong. */
    public boolean wasTroubled() {
        return troubled;
    }

    /** The writes, of all runs so far, that servers made and did not answer. */
    public List<WriteCall> unanswered() {
        return List.copyOf(unanswered);
    }

    /** The write at which the run before this one was killed, if it was. */
    public Optional<WriteCall> killedAt() {
        return killedAt;
    }

    /** Tells of every write before it is sent. */
    public void witness(Consumer<WriteCall> witness) {
        witnesses.add(witness);
    }

    /**
     * Watches a topic from now on, after every change, whatever brought it.
     *
     * @param known the sides whose name servers its clients use
     */
    public ProducersView watch(String topic, Set<Side> known) {
        ProducersView view = new ProducersView(this, topic, known);
        views.add(view);
        return view;
    }

    /** Takes a server from the network, or brings it back. */
    public void reachable(String address, boolean isReachable) {
        if (isReachable) {
            unreachable.remove(address);
        } else {
            unreachable.add(address);
        }
    }

    /** A broker no longer reaches a name server, which keeps what it knows of it. */
    public void cut(MemoryBroker broker, String nameServer) {
        broker.registers.remove(nameServer);
    }

    /** A broker reaches a name server again, and reports its next change there; the name server keeps what it knows. */
    public void connect(MemoryBroker broker, String nameServer) {
        broker.registers.add(nameServer);
    }

    /** A broker stops; name servers forget it. */
    public void stop(MemoryBroker broker) {
        reachable(broker.address(), false);
        nameServers.values().forEach(ofSide -> ofSide.values().forEach(nameServer -> nameServer.forget(broker)));
    }

    /** A broker that was stopped starts, and registers. */
    public void start(MemoryBroker broker) {
        reachable(broker.address(), true);
        register(broker);
    }

    /** Any request passes here first. */
    void reach(String address) {
        if (killed) {
            throw new Killed();
        }
        if (unreachable.contains(address)) {
            throw new Fault("Server " + address + " does not answer.", "Check it.");
        }
        timing.sleep(busy(address));
    }

    /** A server that is late with one request takes no other before. */
    private Duration busy(String address) {
        Duration rest = busy.getOrDefault(address, Duration.ZERO).minus(timing.elapsed());
        return rest.isNegative() ? Duration.ZERO : rest;
    }

    Claim write(String what, String address, Collection<String> names, Runnable effect) {
        if (killed) {
            throw new Killed();
        }
        timing.sleep(busy(address));
        WriteCall call = new WriteCall(writes.size() + 1, what, address, List.copyOf(names));
        writes.add(call);
        witnesses.forEach(witness -> witness.accept(call));
        Optional<WriteFault> fault = unreachable.contains(address) ? Optional.of(WriteFault.LOST) : faults.of(call);
        if (fault.isEmpty()) {
            happen(effect);
            return new Claim.Accepted();
        }
        troubled = true;
        fault.filter(WriteFault::isWithoutAnswer).ifPresent(silent -> unanswered.add(call));
        return switch (fault.get()) {
            case REFUSED -> new Claim.Rejected("Server " + address + " refused", "Check its log.", false);
            case DENIED -> new Claim.Rejected("Server " + address + " does not allow it", "Allow it.", true);
            case LOST -> unanswered(address);
            case UNANSWERED -> {
                happen(effect);
                yield unanswered(address);
            }
            case LATE -> {
                busy.put(address, timing.elapsed().plus(LATE));
                timing.after(LATE, () -> happen(effect));
                yield unanswered(address);
            }
            case KILLED_BEFORE -> throw kill(call);
            case KILLED_AFTER -> {
                happen(effect);
                throw kill(call);
            }
        };
    }

    private Killed kill(WriteCall call) {
        killed = true;
        timing.forgetPeriodicTasks();
        killedAt = Optional.of(call);
        return new Killed();
    }

    private void happen(Runnable effect) {
        effect.run();
        views.forEach(ProducersView::look);
    }

    private Claim unanswered(String address) {
        timing.sleep(ANSWER);
        return new Claim.Unanswered("Server " + address + " did not answer within " + ANSWER.toSeconds() + " s");
    }

    /**
     * A broker has a topic so from now on, and tells its name servers. From 5.2.0 on, brokers say yes to what they have
     * already, and do not register it again.
     */
    void keep(MemoryBroker broker, String topic, TopicSettings settings) {
        TopicSettings before = broker.topics.put(topic, broker.kept(settings));
        if (broker.seen().version().isAtLeast(5, 2, 0)
                && broker.topics.get(topic).equals(before)) {
            return;
        }
        for (String address : broker.registers) {
            Duration busy = busy(address);
            if (busy.isZero()) {
                nameServer(address).register(broker, topic);
            } else {
                timing.after(busy, () -> happen(() -> nameServer(address).register(broker, topic)));
            }
        }
    }

    private void register(MemoryBroker broker) {
        broker.registers.forEach(address -> nameServer(address).register(broker));
    }

    MemoryNameServer nameServer(String address) {
        return nameServers.values().stream()
                .map(ofSide -> ofSide.get(address))
                .filter(found -> found != null)
                .findFirst()
                .orElseThrow();
    }

    /** Its settings are new at once; it acts on them when it reads them next. */
    void setNameServers(MemoryBroker broker, String addresses) {
        broker.settings.put(Server.NAME_SERVERS, addresses);
        timing.after(SETTINGS_READ, () -> happen(() -> readNameServers(broker)));
    }

    private void readNameServers(MemoryBroker broker) {
        if (broker.isIgnoringItsSettings()) {
            return;
        }
        Set<String> left = new TreeSet<>(broker.registers);
        broker.registers.clear();
        broker.registers.addAll(Server.addresses(broker.settings.get(Server.NAME_SERVERS)));
        left.removeAll(broker.registers);
        register(broker);
        left.forEach(address -> timing.after(
                FORGOTTEN,
                () -> happen(() -> {
                    if (!broker.registers.contains(address)) {
                        nameServer(address).forget(broker);
                    }
                })));
    }
}
