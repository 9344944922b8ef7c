package io.github.rocketmigrate.change;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;

/** Something that is to be done to one object of one cluster. */
public sealed interface Change {
    Subject subject();

    /**
     * A topic is to come to masters that do not have it.
     *
     * @param after how each of them is to keep it
     * @param movers the topics whose leaving of the source calls for it; none where it is wanted for its own sake
     */
    record CreateTopic(Subject subject, SortedMap<String, TopicSettings> after, SortedSet<String> movers)
            implements Change {
        public CreateTopic {
            requireNonNull(subject, "subject is null");
            after = unmodifiableSortedMap(after);
            movers = unmodifiableSortedSet(movers);
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.CREATE_TOPIC;
        }

        @Override
        public String inverse() {
            return "delete it, while it is empty and nobody uses it";
        }
    }

    /**
     * A topic is to become on some masters what the plan says.
     *
     * @param before how each of these keeps it; a master that lacks it has nothing here
     * @param after how each is to keep it
     */
    record AlignTopic(Subject subject, SortedMap<String, TopicSettings> before, SortedMap<String, TopicSettings> after)
            implements Change {
        public AlignTopic {
            requireNonNull(subject, "subject is null");
            before = unmodifiableSortedMap(before);
            after = unmodifiableSortedMap(after);
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.ALIGN_TOPIC;
        }

        @Override
        public String inverse() {
            return Differences.of(this).stream().anyMatch(Difference::grows)
                    ? "write the values before; queues shrink again only while the added ones are empty"
                    : "write the values before";
        }
    }

    /** A group is to come to masters that do not have it; likewise. */
    record CreateGroup(Subject subject, SortedMap<String, GroupSettings> after, SortedSet<String> movers)
            implements Change {
        public CreateGroup {
            requireNonNull(subject, "subject is null");
            after = unmodifiableSortedMap(after);
            movers = unmodifiableSortedSet(movers);
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.CREATE_GROUP;
        }

        @Override
        public String inverse() {
            return "none needed: a group that nobody uses does nothing";
        }
    }

    /** A group is to become on some masters what the plan says; likewise. */
    record AlignGroup(Subject subject, SortedMap<String, GroupSettings> before, SortedMap<String, GroupSettings> after)
            implements Change {
        public AlignGroup {
            requireNonNull(subject, "subject is null");
            before = unmodifiableSortedMap(before);
            after = unmodifiableSortedMap(after);
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.ALIGN_GROUP;
        }

        @Override
        public String inverse() {
            return "write the values before";
        }
    }

    /**
     * A server of the source is to register with the destination's name servers too.
     *
     * @param address of the server
     * @param before its name servers now, as its settings have them; where they are as they are to be, it is only late
     */
    record JoinBroker(Subject subject, String address, String before, String after) implements Change {
        public JoinBroker {
            requireNonNull(subject, "subject is null");
            requireNonNull(address, "address is null");
            requireNonNull(before, "before is null");
            requireNonNull(after, "after is null");
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.JOIN_BROKER;
        }

        @Override
        public String inverse() {
            return "set its name servers to " + before;
        }
    }

    /** A server of the source is to register with its own name servers only; likewise. */
    record LeaveBroker(Subject subject, String address, String before, String after) implements Change {
        public LeaveBroker {
            requireNonNull(subject, "subject is null");
            requireNonNull(address, "address is null");
            requireNonNull(before, "before is null");
            requireNonNull(after, "after is null");
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.LEAVE_BROKER;
        }

        @Override
        public String inverse() {
            return "set its name servers to " + before;
        }
    }

    /**
     * The traffic of a topic is to move.
     *
     * @param found where it stands
     * @param rung the next step
     * @param wanted where it is to come in the end
     */
    record MoveTopic(Subject subject, Standing found, Rung rung, Stage wanted) implements Change {
        public MoveTopic {
            requireNonNull(subject, "subject is null");
            requireNonNull(found, "found is null");
            requireNonNull(rung, "rung is null");
            requireNonNull(wanted, "wanted is null");
        }

        /** Where it stands after the step. */
        public Standing after() {
            Standing after = found;
            for (Rung.AccessChange write : rung.writes()) {
                after = after.with(write.side(), write.access());
            }
            return after;
        }

        @Override
        public ChangeKind kind() {
            return ChangeKind.MOVE_TOPIC;
        }

        @Override
        public String inverse() {
            return "plan stage "
                    + found.pair().flatMap(Pair::stage).orElse(Stage.SOURCE).word() + " again";
        }
    }

    /** The kinds of change; their words are public. */
    enum ChangeKind {
        JOIN_BROKER("join-broker"),
        LEAVE_BROKER("leave-broker"),
        CREATE_GROUP("create-group"),
        ALIGN_GROUP("align-group"),
        CREATE_TOPIC("create-topic"),
        ALIGN_TOPIC("align-topic"),
        MOVE_TOPIC("move-topic");

        private final String word;

        ChangeKind(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        public boolean isCreation() {
            return this == CREATE_GROUP || this == CREATE_TOPIC;
        }
    }

    ChangeKind kind();

    /** How it would be undone, in words for people. */
    String inverse();

    /** The topics whose leaving of the source calls for this; none where it is wanted for its own sake. */
    default SortedSet<String> movers() {
        return Collections.emptySortedSet();
    }
}
