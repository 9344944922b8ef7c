package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

/** What a server said when it was told to change something. What has become of it is for a reading to say. */
public sealed interface Claim {
    /** It says that it did it. */
    record Accepted() implements Claim {}

    /**
     * It says that it did not.
     *
     * @param fix what to do about it
     * @param ofRights whether whoever asked may not ask for such a thing at all
     */
    record Rejected(String what, String fix, boolean ofRights) implements Claim {
        public Rejected {
            requireNonNull(what, "what is null");
            requireNonNull(fix, "fix is null");
        }
    }

    /** It said nothing, so it may have done it, or may still be about to. */
    record Unanswered(String what) implements Claim {
        public Unanswered {
            requireNonNull(what, "what is null");
        }
    }
}
