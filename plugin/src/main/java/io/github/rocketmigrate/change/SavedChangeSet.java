package io.github.rocketmigrate.change;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Standing;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/**
 * A change set that somebody has reviewed, as it was read from its file.
 *
 * @param text as it stands in the file, which may be gone when it has been applied
 * @param plan its name
 * @param clusters and their masters, of both sides
 */
public record SavedChangeSet(String text, String plan, Map<Side, SavedCluster> clusters, List<Saved> changes) {
    public SavedChangeSet {
        requireNonNull(text, "text is null");
        requireNonNull(plan, "plan is null");
        clusters = Map.copyOf(clusters);
        changes = List.copyOf(changes);
    }

    /** A cluster as the change set was made for. */
    public record SavedCluster(String name, SortedSet<String> brokers) {
        public SavedCluster {
            requireNonNull(name, "name is null");
            requireNonNull(brokers, "brokers is null");
        }
    }

    /** A change in it. */
    public sealed interface Saved {
        Change.ChangeKind kind();

        Side side();

        String name();

        /** Of a topic, by master. */
        record OfTopic(
                Change.ChangeKind kind,
                Side side,
                String name,
                SortedMap<String, TopicSettings> before,
                SortedMap<String, TopicSettings> after)
                implements Saved {
            public OfTopic {
                before = unmodifiableSortedMap(before);
                after = unmodifiableSortedMap(after);
            }
        }

        /** Of a consumer group, by master. */
        record OfGroup(
                Change.ChangeKind kind,
                Side side,
                String name,
                SortedMap<String, GroupSettings> before,
                SortedMap<String, GroupSettings> after)
                implements Saved {
            public OfGroup {
                before = unmodifiableSortedMap(before);
                after = unmodifiableSortedMap(after);
            }
        }

        /** Of a server that joins or leaves. */
        record OfBroker(Change.ChangeKind kind, Side side, String name, String before, String after) implements Saved {
            public OfBroker {
                requireNonNull(before, "before is null");
                requireNonNull(after, "after is null");
            }
        }

        /**
         * Of a topic that moves.
         *
         * @param found where it stood
         * @param wanted where it is to come in the end
         */
        record OfMove(Change.ChangeKind kind, Side side, String name, Standing found, Stage wanted) implements Saved {
            public OfMove {
                requireNonNull(found, "found is null");
                requireNonNull(wanted, "wanted is null");
            }
        }
    }
}
