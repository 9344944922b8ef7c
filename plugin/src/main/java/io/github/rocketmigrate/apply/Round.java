package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.apply.Application.Stop;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Makes what can be made of one look at both clusters: joins first and alone, then topics and groups, then a step for
 * each topic that moves. What comes after it is for the next look to say.
 */
public final class Round {
    private final Map<Side, ClusterWriter> writers;
    private final Sender sender;
    private final Stopping stopping;
    private final Patience patience;
    private final ApplyProgress progress;

    /**
     * Begins.
     *
     * @param leases of all clusters that are changed
     */
    public Round(
            Map<Side, ClusterWriter> writers,
            List<Lease> leases,
            Journal journal,
            Stopping stopping,
            Patience patience,
            ApplyProgress progress) {
        this.writers = Map.copyOf(writers);
        this.sender = new Sender(leases, journal, stopping);
        this.stopping = requireNonNull(stopping, "stopping is null");
        this.patience = requireNonNull(patience, "patience is null");
        this.progress = requireNonNull(progress, "progress is null");
    }

    /** Makes these changes, as far as their turn has come. */
    public Application make(Situation situation, List<Change> changes) throws InterruptedException {
        List<Change> registrations = new ArrayList<>();
        List<Change> objects = new ArrayList<>();
        List<MoveTopic> moves = new ArrayList<>();
        for (Change change : changes) {
            switch (change.kind()) {
                case JOIN_BROKER, LEAVE_BROKER -> registrations.add(change);
                case CREATE_TOPIC, ALIGN_TOPIC, CREATE_GROUP, ALIGN_GROUP -> objects.add(change);
                case MOVE_TOPIC -> moves.add((MoveTopic) change);
            }
        }
        Application registered = registered(situation, registrations);
        if (registered.stopped().isPresent()) {
            return registered.and(
                    Application.notTried(objects, registered.stopped().get()));
        }
        Application made = registered.and(new Applier(writers.get(Side.DESTINATION), sender, patience, progress)
                .apply(situation.destination(), objects));
        return made.stopped().isPresent() || moves.isEmpty() ? made : made.and(moved(situation, moves));
    }

    private Application registered(Situation situation, List<Change> changes) throws InterruptedException {
        if (changes.isEmpty()) {
            return Application.NONE;
        }
        Registrar registrar = new Registrar(
                writers.get(Side.SOURCE),
                writers.get(Side.DESTINATION).reader(),
                situation.source().servers().collect(toMap(Server::name, Function.identity())),
                sender,
                stopping,
                patience,
                progress);
        List<Applied> ended = new ArrayList<>();
        Optional<Stop> stop = Optional.empty();
        try {
            registrar.make(changes, ended);
        } catch (Halt halt) {
            stop = Optional.of(halt.stop());
            List<Change> rest = new ArrayList<>(changes);
            ended.forEach(one -> rest.remove(one.change()));
            ended.addAll(Application.notTried(rest, halt.stop()).changes());
        }
        return new Application(ended, stop);
    }

    private Application moved(Situation situation, List<MoveTopic> moves) throws InterruptedException {
        Map<Side, Shelf<TopicSettings>> shelves = new EnumMap<>(Side.class);
        Map<Side, Metadata> clusters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            clusters.put(side, situation.at(side));
            shelves.put(side, new Shelf.Topics(writers.get(side), situation.at(side), seers(situation, side)));
        }
        try (Masters masters = new Masters()) {
            Mover mover = new Mover(shelves, clusters, sender, masters, patience);
            List<Applied> applied = mover.move(moves);
            return new Application(applied, mover.halt().map(Halt::stop));
        }
    }

    /** Who has to show a topic's new permission: clients of joined brokers ask the destination's name servers. */
    private List<ClusterWriter> seers(Situation situation, Side side) {
        return side == Side.SOURCE && situation.isAnyJoined()
                ? List.of(writers.get(Side.SOURCE), writers.get(Side.DESTINATION))
                : List.of(writers.get(side));
    }
}
