package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.SandboxText;
import io.github.rocketmigrate.sandbox.Shop;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Starts one server of a sandbox again, with its data and its address, and returns when it can be used. For {@code shop},
 * the applications of the shop that are offline start again.
 *
 * @since 0.1.0
 */
@Mojo(name = "sandbox-start-server", requiresProject = false, threadSafe = true)
public class SandboxStartServerMojo extends SandboxServerMojo {
    @Override
    void run() {
        SandboxText text = text();
        if (server().equals(Shop.NAME)) {
            text.online(sandbox().startApplications(Shop.applications()));
        } else {
            text.serverStarted(server(), sandbox().startServer(server(), text));
        }
    }
}
