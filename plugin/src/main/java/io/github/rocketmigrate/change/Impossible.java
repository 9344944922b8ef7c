package io.github.rocketmigrate.change;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.text.HelpPages;
import java.util.Optional;

/**
 * Explains why something that the plan asks for cannot be done.
 *
 * @param what the reason, with object and cluster
 * @param fix what to do next
 * @param byHand what the owner of a broker does in place of a run, which can wait until name servers show it
 */
public record Impossible(Subject subject, Cause reason, String what, String fix, Optional<Purpose> byHand) {
    /** The fix of what a completed migration cannot do any more. */
    static final String COMPLETE_AGAIN =
            "Set complete: true in traffic, and stage: destination everywhere, as before. To go back, use"
                    + " migrate:rollback. If this is a new migration, give the plan another name.";

    public Impossible {
        requireNonNull(subject, "subject is null");
        requireNonNull(reason, "reason is null");
        requireNonNull(what, "what is null");
        requireNonNull(fix, "fix is null");
        requireNonNull(byHand, "byHand is null");
    }

    public Impossible(Subject subject, Cause reason, String what, String fix) {
        this(subject, reason, what, fix, Optional.empty());
    }

    /** The reasons that reports and result files name. */
    public enum Cause {
        NOT_AT_SOURCE("not-at-source"),
        TYPE_HAS_MESSAGES("type-has-messages"),
        QUEUES_HOLD_MESSAGES("queues-hold-messages"),
        QUEUES_IN_USE("queues-in-use"),
        NAME_TAKEN("name-taken"),
        NAME_TOO_LONG("name-too-long"),
        MIXED_NOT_ENABLED("mixed-not-enabled"),
        FIXED_ATTRIBUTE("fixed-attribute"),
        CANARY_SHARE("canary-share"),
        ORDER_AT_WRITE_BOTH("order-at-write-both"),
        ORDER_WITHOUT_DESTINATION("order-without-destination"),
        FOREIGN_STATE("foreign-state"),
        JOIN_NEEDS_RESTART("join-needs-restart"),
        JOIN_BY_ADDRESS_SERVER("join-by-address-server"),
        JOIN_BY_DNS("join-by-dns"),
        NO_NAME_SERVER_LEFT("no-name-server-left"),
        FROZEN("frozen"),
        HELD("held");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** What the object is, in one word or two. */
        public String state() {
            return this == HELD ? "on hold" : "impossible";
        }

        /** The same with the reason, for tables. */
        public String words() {
            return this == HELD ? state() : state() + ": " + word;
        }

        /** The page that explains it. */
        public String help() {
            return HelpPages.impossible(word);
        }
    }
}
