package io.github.rocketmigrate.plan;

import io.github.rocketmigrate.model.MessageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The limits of a kind of destination: names, message types, queues and messages.
 *
 * @param sources of each figure, by its key in the profile's file
 */
public record Profile(
        String title,
        boolean managed,
        ProfileNames topics,
        ProfileNames groups,
        List<MessageType> types,
        Optional<ProfileRange> queues,
        ProfileLimits limits,
        Map<String, ProfileSource> sources) {
    public Profile {
        types = List.copyOf(types);
        sources = Map.copyOf(sources);
    }

    /**
     * From where a figure is known.
     *
     * @param verified when somebody last compared the figure with the page
     */
    public record ProfileSource(String page, String verified) {
        /** {@code TDMQ for RocketMQ, Quotas and limits (2026-11-30)}. */
        public String words() {
            return page + " (" + verified + ")";
        }
    }

    /**
     * The limits of names.
     *
     * @param characters the inside of a character class of a regular expression
     */
    public record ProfileNames(int shortest, int longest, String characters) {
        /** Whether a name has an allowed length, and no other characters. */
        public boolean fits(String name) {
            int length = name.codePointCount(0, name.length());
            return length >= shortest && length <= longest && name.matches("[" + characters + "]*");
        }
    }

    /** Both ends are inclusive. */
    public record ProfileRange(int least, int most) {
        public boolean holds(int number) {
            return number >= least && number <= most;
        }
    }

    /** The limits of messages, where the destination has some. */
    public record ProfileLimits(
            Optional<Integer> messageMegabytes, Optional<Integer> delayDays, Optional<ProfileRange> retentionHours) {}
}
