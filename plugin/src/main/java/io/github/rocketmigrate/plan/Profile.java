package io.github.rocketmigrate.plan;

import io.github.rocketmigrate.model.MessageType;
import java.util.List;
import java.util.Optional;

/** The names, types and limits that a kind of destination imposes. */
public record Profile(
        String title,
        boolean managed,
        ProfileNames topics,
        ProfileNames groups,
        List<MessageType> types,
        Optional<ProfileRange> queues,
        ProfileLimits limits) {
    public Profile {
        types = List.copyOf(types);
    }

    /**
     * What names may look like.
     *
     * @param characters the inside of a character class of a regular expression
     */
    public record ProfileNames(int shortest, int longest, String characters) {}

    /** From and to, both included. */
    public record ProfileRange(int least, int most) {
        boolean holds(int number) {
            return number >= least && number <= most;
        }
    }

    /** What messages may be, where the destination limits it. */
    public record ProfileLimits(
            Optional<Integer> messageMegabytes, Optional<Integer> delayDays, Optional<ProfileRange> retentionHours) {}
}
