package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ServerVersion;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Starts a sandbox in a process that a test can kill. */
final class SandboxStarterMain {
    private SandboxStarterMain() {}

    public static void main(String[] args) throws InterruptedException {
        ServerVersion four = new ServerVersion(4, 9, 7);
        SandboxSettings settings = new SandboxSettings(four, four, 1, false, false, false, false, "128m");
        Sandbox.in(Path.of(args[0]))
                .start(settings, new LocalServerJars(), Lifetime.valueOf(args[1]), new QuietProgress());
        new CountDownLatch(1).await();
    }
}
