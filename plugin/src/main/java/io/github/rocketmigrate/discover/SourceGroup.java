package io.github.rocketmigrate.discover;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.LastConsumed;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What was seen of a consumer group of the source.
 *
 * @param hasSettings whether a broker has its settings; a group without them was deleted, and only its offsets are left
 * @param isDeclaredOrderly whether a broker stores that it consumes in order; 4.x brokers never do
 * @param mode how its members receive messages; empty if nobody runs it
 * @param topics the topics that it consumes or has consumed
 * @param unread the number of messages that it has not read; empty if that is not known
 * @param lastConsumed the newest message that it has consumed; empty if it has members, or no offsets
 * @param unseen why its members were not read; empty if they were
 */
public record SourceGroup(
        String name,
        boolean hasSettings,
        boolean isDeclaredOrderly,
        Optional<ConsumeMode> mode,
        boolean isBroadcasting,
        Members members,
        SortedSet<String> topics,
        OptionalLong unread,
        Optional<LastConsumed> lastConsumed,
        Optional<String> unseen) {
    public SourceGroup {
        requireNonNull(name, "name is null");
        requireNonNull(mode, "mode is null");
        requireNonNull(members, "members is null");
        topics = unmodifiableSortedSet(topics);
        requireNonNull(unread, "unread is null");
        requireNonNull(lastConsumed, "lastConsumed is null");
        requireNonNull(unseen, "unseen is null");
    }

    /** A group with settings, whose members were read. */
    SourceGroup(
            String name,
            boolean isDeclaredOrderly,
            Optional<ConsumeMode> mode,
            boolean isBroadcasting,
            Members members,
            SortedSet<String> topics,
            OptionalLong unread,
            Optional<LastConsumed> lastConsumed) {
        this(
                name,
                true,
                isDeclaredOrderly,
                mode,
                isBroadcasting,
                members,
                topics,
                unread,
                lastConsumed,
                Optional.empty());
    }

    /** A group of which only its settings were read. */
    static SourceGroup stored(String name, boolean isDeclaredOrderly, String unseen) {
        return new SourceGroup(
                name,
                true,
                isDeclaredOrderly,
                Optional.empty(),
                false,
                new Members(0, 0, 0),
                new TreeSet<>(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.of(unseen));
    }

    /** Whether the source still has it: its settings, or somebody who runs it. */
    public boolean isThere() {
        return hasSettings || members.running() > 0;
    }

    /**
     * The running members of a group.
     *
     * @param running all, also those behind proxies
     * @param orderly how many of them report that they consume in order
     * @param concurrent how many of them report that they do not
     * @param proxied how many of them are behind proxies, where nobody can ask them
     * @param grpc how many of these use gRPC: proxies serve them in the order that brokers store for the group
     */
    public record Members(int running, int orderly, int concurrent, int proxied, int grpc) {
        /** Members of which none is behind a proxy. */
        Members(int running, int orderly, int concurrent) {
            this(running, orderly, concurrent, 0, 0);
        }

        /** The number of members whose order nobody reports. */
        int silent() {
            return running - orderly - concurrent - grpc;
        }

        /** Whether these are behind proxies, all of them. */
        boolean areSilentProxied() {
            return silent() > 0 && silent() == proxied - grpc;
        }
    }
}
