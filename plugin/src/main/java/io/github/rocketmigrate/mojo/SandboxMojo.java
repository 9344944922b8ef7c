package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.sandbox.Lifetime;
import io.github.rocketmigrate.sandbox.Sandbox;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Mojo;
import org.eclipse.aether.RepositorySystem;

/**
 * Runs the clusters of {@code migrate:sandbox-start} in the foreground, until Ctrl-C.
 *
 * @since 0.1.0
 */
@Mojo(name = "sandbox", requiresProject = false, threadSafe = true)
public class SandboxMojo extends SandboxStartMojo {
    @Inject
    public SandboxMojo(RepositorySystem repositories) {
        super(repositories);
    }

    @Override
    void run() {
        Sandbox sandbox = start(Lifetime.OF_THIS_PROCESS, "Ctrl-C");
        // Ctrl-C ends this JVM: the servers would follow by themselves, the hook also clears the folder.
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::stop, "sandbox-stop"));
        try {
            throw sandbox.awaitDeath();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
