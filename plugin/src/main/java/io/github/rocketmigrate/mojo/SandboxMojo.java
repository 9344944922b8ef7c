package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.Sandbox;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.eclipse.aether.RepositorySystem;

/**
 * Runs the clusters of {@code migrate:sandbox-start} in the foreground until Ctrl-C, then removes their data.
 *
 * @since 0.1.0
 */
@Mojo(name = "sandbox", requiresProject = false, threadSafe = true)
public class SandboxMojo extends SandboxStartMojo {
    private volatile boolean stopping;

    @Inject
    public SandboxMojo(RepositorySystem repositories) {
        super(repositories);
    }

    @Override
    void run() {
        Sandbox sandbox = sandbox();
        if (sandbox.state().isPresent()) {
            throw new Fault(
                    "A sandbox is already running in " + sandbox.folder() + ".",
                    "Stop it first: mvn migrate:sandbox-stop");
        }
        start(Lifetime.OF_THIS_PROCESS, Optional.of("Ctrl-C"));
        // Ctrl-C ends this JVM and, with it, the servers. The hook also removes their folder.
        Thread hook = new Thread(() -> stop(sandbox), "sandbox-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Fault death = sandbox.awaitDeath();
            if (stopping) {
                // Maven must not continue and close the class loader that the hook needs.
                new CountDownLatch(1).await();
            }
            Runtime.getRuntime().removeShutdownHook(hook);
            throw death;
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(hook);
            sandbox.stop(Lifetime.OF_THIS_PROCESS);
            Thread.currentThread().interrupt();
        }
    }

    private void stop(Sandbox sandbox) {
        stopping = true;
        sandbox.stop(Lifetime.OF_THIS_PROCESS);
        // Maven may have closed its own output.
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8)
                .println("\nThe sandbox is stopped.");
    }
}
