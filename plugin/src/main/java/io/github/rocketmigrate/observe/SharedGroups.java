package io.github.rocketmigrate.observe;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lists the consumer groups that are used at the destination and whose name the source has too, with what uses them.
 *
 * <p>After the join, members of one name are one group: they share its queues and its retries, whichever application they
 * belong to.
 *
 * @param groups by name
 * @param hidden the groups that one of the clusters does not seem to use, although a master there cannot know that yet
 */
public record SharedGroups(SortedMap<String, SharedGroup> groups, SortedMap<String, RecentStart> hidden) {
    public static final SharedGroups NONE = new SharedGroups(Collections.emptySortedMap());

    public SharedGroups {
        groups = unmodifiableSortedMap(groups);
        hidden = unmodifiableSortedMap(hidden);
    }

    /** Groups of clusters whose masters know all of their clients. */
    public SharedGroups(SortedMap<String, SharedGroup> groups) {
        this(groups, Collections.emptySortedMap());
    }

    /**
     * A master that has forgotten its clients, because it has just started.
     *
     * @param ago how long it has run
     * @param complete how long it has to run until all of its clients have registered
     */
    public record RecentStart(Side side, String master, Duration ago, Duration complete) {
        public RecentStart {
            requireNonNull(side, "side is null");
            requireNonNull(master, "master is null");
            requireNonNull(ago, "ago is null");
            requireNonNull(complete, "complete is null");
        }
    }

    /** What uses a group in each cluster. */
    public record SharedGroup(GroupUse source, GroupUse destination) {
        public SharedGroup {
            requireNonNull(source, "source is null");
            requireNonNull(destination, "destination is null");
        }

        public boolean isUsedInBoth() {
            return source.isInUse() && destination.isInUse();
        }

        /** The members that only the source lists, by client id. */
        public SortedMap<String, String> onlyAtSource() {
            SortedMap<String, String> members = new TreeMap<>(source.members());
            members.keySet().removeAll(destination.members().keySet());
            return members;
        }

        /**
         * Whether members of both clusters do not know each other. The clients of one application use the same name
         * servers, so this is the sign of two applications that is left after the join.
         */
        public boolean hasStrangers() {
            return !destination.members().isEmpty() && !onlyAtSource().isEmpty();
        }
    }

    /**
     * What uses a group in one cluster.
     *
     * @param members the address of each member by its client id
     */
    public record GroupUse(boolean hasOffsets, SortedMap<String, String> members) {
        public GroupUse {
            members = unmodifiableSortedMap(members);
        }

        /** The use of a group with these members. */
        public static GroupUse of(boolean hasOffsets, ConsumerGroup group) {
            SortedMap<String, String> addresses = new TreeMap<>();
            for (GroupMember member : group.members().values()) {
                addresses.put(member.client().id(), member.client().address());
            }
            return new GroupUse(hasOffsets, addresses);
        }

        public boolean isInUse() {
            return hasOffsets || !members.isEmpty();
        }
    }

    public boolean isEmpty() {
        return groups.isEmpty();
    }
}
