package io.github.rocketmigrate.write;

/** Runs that nobody stops or follows. */
public final class Controls {
    private Controls() {}

    public static RunControl real(Timeouts timeouts) {
        return of(new SystemTiming(), timeouts);
    }

    public static RunControl of(Timing timing, Timeouts timeouts) {
        return new RunControl(timing, new StopSignal(), ApplyProgress.SILENT, timeouts);
    }
}
