package io.github.rocketmigrate.change;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Ladder;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An action on one object that makes the clusters match the plan; it can be reviewed, saved and executed.
 *
 * <p>Longer than 300 lines: the records of the sealed type are read together.
 */
public sealed interface Change {
    Subject subject();

    /** Whether making the change writes to brokers of a cluster. */
    default boolean writes(Side side) {
        return subject().side() == side;
    }

    /** The public name of this kind of change. */
    String word();

    /** How to undo the change, in words for people. */
    String inverse();

    /** Whether a server of the source leaves the destination's name servers, which ends the way back. */
    default boolean leavesJoin() {
        return false;
    }

    /** The topics that need this change before they leave the source; none if the plan itself asks for it. */
    default SortedSet<String> neededBy() {
        return Collections.emptySortedSet();
    }

    /**
     * Creates a topic or consumer group, or aligns its settings with the plan.
     *
     * @param before the settings on each master that is to change; a master that lacks the object is left out
     * @param after the settings that each master is to have
     * @param isNew whether no master has the object
     */
    record AlignObject(
            Subject subject,
            SortedMap<String, ObjectSettings> before,
            SortedMap<String, ObjectSettings> after,
            boolean isNew,
            SortedSet<String> neededBy)
            implements Change {
        public AlignObject {
            requireNonNull(subject, "subject is null");
            before = unmodifiableSortedMap(before);
            after = unmodifiableSortedMap(after);
            neededBy = unmodifiableSortedSet(neededBy);
        }

        /** An object that no master has yet. */
        public static AlignObject create(
                Subject subject, SortedMap<String, ? extends ObjectSettings> after, SortedSet<String> neededBy) {
            return new AlignObject(subject, new TreeMap<>(), new TreeMap<>(after), true, neededBy);
        }

        /** An object that some master has with other settings than the plan's. */
        public static AlignObject align(
                Subject subject,
                SortedMap<String, ? extends ObjectSettings> before,
                SortedMap<String, ? extends ObjectSettings> after) {
            return new AlignObject(
                    subject, new TreeMap<>(before), new TreeMap<>(after), false, Collections.emptySortedSet());
        }

        /** The settings before the change, cast to their type. */
        public <S extends ObjectSettings> SortedMap<String, S> before(Class<S> type) {
            return of(type, before);
        }

        /** The settings after the change, cast to their type. */
        public <S extends ObjectSettings> SortedMap<String, S> after(Class<S> type) {
            return of(type, after);
        }

        private static <S extends ObjectSettings> SortedMap<String, S> of(
                Class<S> type, SortedMap<String, ObjectSettings> settings) {
            SortedMap<String, S> typed = new TreeMap<>();
            settings.forEach((broker, one) -> typed.put(broker, type.cast(one)));
            return typed;
        }

        public boolean isOfTopic() {
            return subject.kind() == Subject.Kind.TOPIC;
        }

        /** Whether a topic gets more queues, which it can lose again only while they are empty. */
        public boolean addsQueues() {
            return isOfTopic() && !isNew && Differences.of(this).stream().anyMatch(Difference::grows);
        }

        @Override
        public String word() {
            return (isNew ? "create-" : "align-") + subject.kind().word();
        }

        @Override
        public String inverse() {
            if (isNew) {
                return isOfTopic()
                        ? "delete it while it is empty and unused"
                        : "not needed: an unused group has no effect";
            }
            return addsQueues()
                    ? "write the previous values; added queues can be removed only while they are empty"
                    : "write the previous values";
        }
    }

    /**
     * Removes an empty and unused topic or group from the destination that this plan created before it had
     * {@code traffic}.
     *
     * @param before its settings on each master that has it; empty if only name servers still list it
     * @param withRetryTopic whether it is a group whose retry topic is removed too
     */
    record Remove(Subject subject, SortedMap<String, ObjectSettings> before, boolean withRetryTopic) implements Change {
        public Remove {
            requireNonNull(subject, "subject is null");
            before = unmodifiableSortedMap(before);
        }

        public boolean isOfTopic() {
            return subject.kind() == Subject.Kind.TOPIC;
        }

        @Override
        public String word() {
            return "remove-" + subject.kind().word();
        }

        @Override
        public String inverse() {
            return "remove traffic from the plan: the next apply creates it again";
        }
    }

    /**
     * Gives groups an offset in each queue of a topic before its first message arrives in a cluster. A group without an
     * offset starts at the next message and may skip earlier ones.
     *
     * @param side the cluster that opens
     * @param offsets that are missing, by group
     */
    record SeedOffsets(Subject subject, Side side, SortedMap<String, SortedMap<QueueKey, Long>> offsets)
            implements Change {
        public SeedOffsets {
            requireNonNull(subject, "subject is null");
            requireNonNull(side, "side is null");
            offsets = unmodifiableSortedMap(offsets);
        }

        @Override
        public String word() {
            return "seed-offsets";
        }

        @Override
        public String inverse() {
            return "not needed: an offset at the end of a queue has no effect";
        }

        @Override
        public SortedSet<String> neededBy() {
            return new TreeSet<>(Set.of(subject.name()));
        }
    }

    /**
     * Makes a server of the source register with the destination's name servers too, or only with its own again.
     *
     * @param address of the server
     * @param before its name servers in its settings; equal to {@code after} if it has not followed them yet
     * @param joins whether it joins the destination's name servers or leaves them
     */
    record RegisterBroker(Subject subject, String address, String before, String after, boolean joins)
            implements Change {
        public RegisterBroker {
            requireNonNull(subject, "subject is null");
            requireNonNull(address, "address is null");
            requireNonNull(before, "before is null");
            requireNonNull(after, "after is null");
        }

        @Override
        public String word() {
            return joins ? "join-broker" : "leave-broker";
        }

        @Override
        public boolean leavesJoin() {
            return !joins;
        }

        /** The command that gives the server its name servers back. */
        public String restoring() {
            return "mqadmin updateBrokerConfig -b " + address + " -k " + Server.NAME_SERVERS + " -v '" + before + "'";
        }

        @Override
        public String inverse() {
            return "run " + restoring();
        }
    }

    /**
     * Moves a topic one step toward its stage.
     *
     * @param found its permissions in both clusters now
     * @param rung the next step
     * @param wanted the stage that the plan asks for
     */
    record MoveTopic(Subject subject, Standing found, Rung rung, Stage wanted) implements Change {
        public MoveTopic {
            requireNonNull(subject, "subject is null");
            requireNonNull(found, "found is null");
            requireNonNull(rung, "rung is null");
            requireNonNull(wanted, "wanted is null");
        }

        /** The permissions of the topic after the step. */
        public Standing after() {
            Standing after = found;
            for (Rung.AccessChange write : rung.writes()) {
                after = after.with(write.side(), write.access());
            }
            return after;
        }

        /** On its way, a topic is closed in one cluster and opened in the other. */
        @Override
        public boolean writes(Side side) {
            return side == Side.SOURCE || !isOfSourceAlone();
        }

        /** Whether the destination is down, so that the step and its words are about the source only. */
        public boolean isOfSourceAlone() {
            return subject.side() == Side.SOURCE;
        }

        /** For files: where the topic was found. */
        public String from() {
            return brief(found);
        }

        /** For files: where the step leads. */
        public String to() {
            return brief(after());
        }

        private String brief(Standing standing) {
            return isOfSourceAlone() ? standing.brief(Side.SOURCE) : standing.brief();
        }

        /** The stage to plan again to undo the step: from a fence the one before it, between other stages the first of all. */
        public Stage before() {
            return fence().map(until -> until == Side.SOURCE ? Stage.READ_BOTH : Stage.WRITE_DESTINATION)
                    .orElseGet(() -> found.pair().flatMap(Pair::stage).orElse(Stage.SOURCE));
        }

        /** The side that has to be consumed before the fence opens in which the topic was found; empty outside a fence. */
        public Optional<Side> fence() {
            return found.pair().flatMap(Pair::fence);
        }

        /** The stages that the topic passes, {@link #wanted} last; a saved step leads to the first of them. */
        public List<Stage> stages() {
            return isOfSourceAlone() ? List.of() : Ladder.stages(found, rung, wanted);
        }

        /** Whether brokers have the permissions already, and only have to register them again. */
        public boolean isForNameServers() {
            return after().equals(found);
        }

        /** Whether the topic is where it was to go after the step; without the destination, every step is the last. */
        public boolean arrives() {
            return isOfSourceAlone() || after().pair().flatMap(Pair::stage).equals(Optional.of(wanted));
        }

        /** Whether nobody consumes the topic at the source any more after the step. */
        public boolean leavesSource() {
            return after().pair().flatMap(Pair::stage).equals(Optional.of(Stage.DESTINATION));
        }

        @Override
        public String word() {
            return "move-topic";
        }

        @Override
        public String inverse() {
            return "plan stage " + before().word() + " again";
        }
    }
}
