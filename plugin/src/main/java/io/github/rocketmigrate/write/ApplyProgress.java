package io.github.rocketmigrate.write;

/** Is told how far a run has come; it may be told from several threads. */
public interface ApplyProgress {
    /** Tells nobody. */
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

    /** Something else is waited for. */
    void waiting(String what);

    /** So many changes of so many have ended. */
    void done(int done, int all);

    /** Topics have taken a step. */
    void moved(String what);

    /** A topic has taken a step though a check had not passed, because whoever runs has said so. */
    void overruled(String what);
}
