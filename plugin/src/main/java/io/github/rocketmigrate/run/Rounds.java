package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.apply.Application;
import io.github.rocketmigrate.apply.Applied;
import io.github.rocketmigrate.apply.Round;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Subject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks, makes what can be made, and looks again, until nothing more can be made. */
final class Rounds {
    private final Looking looking;
    private final Round round;

    /** A look at both clusters. */
    @FunctionalInterface
    interface Looking {
        Look now();
    }

    Rounds(Looking looking, Round round) {
        this.looking = requireNonNull(looking, "looking is null");
        this.round = requireNonNull(round, "round is null");
    }

    /**
     * How it went.
     *
     * @param last what was seen last
     * @param application all that was made
     * @param since what was made after that last look
     */
    record Course(Look last, Application application, Application since) {
        Course {
            requireNonNull(last, "last is null");
            requireNonNull(application, "application is null");
            requireNonNull(since, "since is null");
        }

        /** Of one look only. */
        static Course of(Look look, Application application) {
            return new Course(look, application, application);
        }
    }

    Course go(Look first) throws InterruptedException {
        Look look = first;
        Application all = Application.NONE;
        Set<Subject> stuck = new HashSet<>();
        while (true) {
            List<Change> free = look.free().stream()
                    .filter(change -> !stuck.contains(change.subject()))
                    .toList();
            Application made = round.make(look.planning().situation(), free);
            all = all.and(made);
            made.changes().stream()
                    .filter(one -> !one.ending().isDone())
                    .map(Applied::change)
                    .map(Change::subject)
                    .forEach(stuck::add);
            boolean isOver = made.stopped().isPresent() || made.changes().isEmpty() || !look.isAboutTraffic();
            if (isOver) {
                return new Course(look, all, made);
            }
            look = looking.now();
        }
    }
}
