package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.sandbox.Shop;
import org.apache.maven.plugins.annotations.Mojo;

/**
 * Stops one server of a running sandbox, as if its machine had failed, so that you can rehearse faults.
 *
 * <p>The goal kills the server. Its data and its address stay, and {@code migrate:sandbox-start-server} starts it
 * again. For {@code shop}, the applications of the shop stop, and their counts stay.
 *
 * @since 0.1.0
 */
@Mojo(name = "sandbox-stop-server", requiresProject = false, threadSafe = true)
public class SandboxStopServerMojo extends SandboxServerMojo {
    @Override
    void run() {
        if (server().equals(Shop.NAME)) {
            text().offline(
                            sandbox().stopApplications(Shop.applications()),
                            "mvn migrate:sandbox-start-server -Dmigrate.sandbox.server=" + Shop.NAME);
        } else {
            text().serverStopped(server(), sandbox().stopServer(server()));
        }
    }
}
