package io.github.rocketmigrate.cluster;

import static java.util.Objects.requireNonNull;

/** The answer of a server to a request to change it. Whether the change was made must be read afterwards. */
public sealed interface Claim {
    /** The server reports success. */
    record Accepted() implements Claim {}

    /**
     * The server refused the change.
     *
     * @param what the server and its reason
     * @param fix what to do next
     * @param ofRights whether the user lacks the right to make such changes
     */
    record Rejected(String what, String fix, boolean ofRights) implements Claim {
        public Rejected {
            requireNonNull(what, "what is null");
            requireNonNull(fix, "fix is null");
        }
    }

    /** The server did not answer: it may have made the change, or may still make it. */
    record Unanswered(String what) implements Claim {
        public Unanswered {
            requireNonNull(what, "what is null");
        }
    }
}
