package io.github.rocketmigrate.run;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Scenes of real clients on one pair of real clusters that have joined. */
abstract class JoinedScenes {
    @TempDir
    static Path sandboxFolder;

    static OwnSandbox sandbox;

    @TempDir
    Path folder;

    final RealClients clients = new RealClients(sandbox.endpoints());

    @BeforeAll
    static void start() {
        sandbox = OwnSandbox.startJoined(sandboxFolder, "4.9.7", "5.5.0", 1);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @AfterEach
    void close() throws Exception {
        clients.close();
    }

    final CheckedTopics topics() {
        return new CheckedTopics(sandbox.endpoints(), folder);
    }

    static Endpoints.SandboxCluster cluster(Side side) {
        return sandbox.endpoints().cluster(side);
    }
}
