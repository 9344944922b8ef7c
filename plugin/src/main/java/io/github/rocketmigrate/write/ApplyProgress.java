package io.github.rocketmigrate.write;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Receives the progress of a run, possibly from several threads. */
public interface ApplyProgress {
    /** Ignores all progress. */
    ApplyProgress SILENT = new ApplyProgress() {
        @Override
        public void waiting(List<WaitReason> reasons) {}

        @Override
        public void done(int done, int all) {}

        @Override
        public void made(List<AppliedChange> changes, Duration took) {}

        @Override
        public void overruled(String what) {}
    };

    /**
     * Something that the run waits for.
     *
     * @param kind stays the same while figures change, such as the name of a check
     * @param what is awaited, with figures
     * @param why the wait is normal, or is not; a sentence without its full stop
     * @param topics that wait for it; empty if the whole run waits
     */
    record WaitReason(String kind, String what, String why, SortedSet<String> topics) {
        public WaitReason {
            requireNonNull(kind, "kind is null");
            requireNonNull(what, "what is null");
            requireNonNull(why, "why is null");
            topics = unmodifiableSortedSet(new TreeSet<>(topics));
        }

        /** A reason for which the whole run waits. */
        public static WaitReason ofRun(String kind, String what, String why) {
            return new WaitReason(kind, what, why, new TreeSet<>());
        }

        public WaitReason of(SortedSet<String> others) {
            return new WaitReason(kind, what, why, others);
        }
    }

    /** Reports everything that the run waits for now. */
    void waiting(List<WaitReason> reasons);

    /** Reports how many of all changes have ended. */
    void done(int done, int all);

    /**
     * Reports changes that have ended.
     *
     * @param took the time for all of them
     */
    void made(List<AppliedChange> changes, Duration took);

    /** Reports that a topic has moved although a check failed, because the user overruled the check. */
    void overruled(String what);
}
