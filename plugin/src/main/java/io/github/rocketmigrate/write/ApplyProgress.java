package io.github.rocketmigrate.write;

/** Receives the progress of a run, possibly from several threads. */
public interface ApplyProgress {
    /** Ignores all progress. */
    ApplyProgress SILENT = new ApplyProgress() {
        @Override
        public void waiting(String what) {}

        @Override
        public void done(int done, int all) {}

        @Override
        public void moved(String what) {}

        @Override
        public void overruled(String what) {}
    };

    /** Reports what the run waits for now. */
    void waiting(String what);

    /** Reports how many of all changes have ended. */
    void done(int done, int all);

    /** Reports that topics have moved one step. */
    void moved(String what);

    /** Reports that a topic has moved although a check failed, because the user overruled the check. */
    void overruled(String what);
}
