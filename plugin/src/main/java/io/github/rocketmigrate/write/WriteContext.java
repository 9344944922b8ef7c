package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

/**
 * Gives a step the guard and the workers that it writes with, while its {@link MasterPool} is open.
 *
 * @param guard lets each write pass, or stops the run
 */
public record WriteContext(WriteGuard guard, MasterPool masters, RunControl control) {
    public WriteContext {
        requireNonNull(guard, "guard is null");
        requireNonNull(masters, "masters is null");
        requireNonNull(control, "control is null");
    }

    /** Writes through another guard, such as the one for what must not stay half done. */
    public WriteContext with(WriteGuard other) {
        return new WriteContext(other, masters, control);
    }

    public Timeouts timeouts() {
        return control.timeouts();
    }

    /** Looks at servers again and again, and gives up sooner once the run is asked to stop. */
    public Polling polling() {
        return new Polling(control.timing(), guard::isStopping, timeouts().stopping());
    }
}
