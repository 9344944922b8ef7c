package io.github.rocketmigrate.sandbox;

import java.nio.file.Path;

/** A sandbox that a test has for itself, because it changes or breaks it. */
public record OwnSandbox(Sandbox sandbox, Endpoints endpoints) implements AutoCloseable {
    /** Starts one with an example shop in its source. */
    public static OwnSandbox start(Path folder, String source, String destination, int brokers) {
        return start(folder, source, destination, brokers, false);
    }

    public static OwnSandbox start(Path folder, String source, String destination, int brokers, boolean acl) {
        Sandbox sandbox = Sandbox.in(folder);
        SandboxSettings settings = new SandboxSettings(
                SandboxSettings.version("source", source),
                SandboxSettings.version("destination", destination),
                brokers,
                false,
                acl,
                true,
                false,
                "384m");
        return new OwnSandbox(
                sandbox,
                sandbox.start(settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress())
                        .endpoints());
    }

    @Override
    public void close() {
        sandbox.stop(Lifetime.OF_THIS_PROCESS);
    }
}
