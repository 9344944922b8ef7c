package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Subject;
import java.util.Optional;

/**
 * One reason why an object of the plan is blocked, with all that a pipeline needs to route it to a team.
 *
 * @param subject empty for a check of both clusters
 * @param because the check or other reason
 * @param owner of the batch that has to act, if the plan names one
 * @param task what to do; empty for an object that only waits for another one
 */
record BlockedObject(Optional<Subject> subject, Because because, Optional<String> owner, Optional<OwnerTask> task) {
    BlockedObject {
        requireNonNull(subject, "subject is null");
        requireNonNull(because, "because is null");
        requireNonNull(owner, "owner is null");
        requireNonNull(task, "task is null");
    }

    /**
     * What blocks the object.
     *
     * @param isCheck whether the word is the name of a check
     * @param group that a finding of the check is about, if it is about one
     */
    record Because(String word, boolean isCheck, Optional<String> group, String message) {
        Because {
            requireNonNull(word, "word is null");
            requireNonNull(group, "group is null");
            requireNonNull(message, "message is null");
        }

        static Because check(String name, Optional<String> group, String message) {
            return new Because(name, true, group, message);
        }

        static Because reason(String word, String message) {
            return new Because(word, false, Optional.empty(), message);
        }
    }

    /**
     * What the owner has to do.
     *
     * @param fix may be empty: the page has the causes
     * @param command to run after the fix
     * @param help the address of the page
     */
    record OwnerTask(String fix, String command, String help) {
        OwnerTask {
            requireNonNull(fix, "fix is null");
            requireNonNull(command, "command is null");
            requireNonNull(help, "help is null");
        }
    }
}
