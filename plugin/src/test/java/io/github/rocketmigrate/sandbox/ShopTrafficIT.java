package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shop's applications from start to tally, with the destination's name servers only. */
final class ShopTrafficIT {
    @TempDir
    Path folder;

    private Sandbox sandbox;

    private Endpoints start() {
        sandbox = Sandbox.in(folder);
        SandboxSettings settings = new SandboxSettings(
                new ServerVersion(4, 9, 7),
                new ServerVersion(5, 5, 0),
                1,
                true,
                false,
                true,
                true,
                Side.DESTINATION,
                Duration.ofSeconds(2),
                "384m");
        return sandbox.start(settings, new LocalServerJars(), Lifetime.OF_THIS_PROCESS, new QuietProgress())
                .endpoints();
    }

    @AfterEach
    void stop() {
        sandbox.stop(Lifetime.OF_THIS_PROCESS);
    }

    @Test
    void everySentMessageIsReceivedAndCounted() throws Exception {
        Endpoints endpoints = start();
        assertThat(folder.resolve("shop/java.args"))
                .content()
                .contains(endpoints.cluster(Side.DESTINATION).nameServers())
                .doesNotContain(endpoints.cluster(Side.SOURCE).nameServers());
        Eventually.holds(
                "the shop reports what it has received",
                () -> Files.readString(folder.resolve("shop").resolve(ServerProcess.OUTPUT))
                        .contains(", received "));
        Sandbox.Stopped stopped = sandbox.finish(Lifetime.OF_THIS_PROCESS, new QuietProgress());
        assertThat(stopped.ended()).extracting(Sandbox.Ended::server).contains("shop");
        ShopTally tally = stopped.tally().orElseThrow();
        assertThat(tally.lines()).hasSize(12).allSatisfy(line -> {
            assertThat(line.sent()).isPositive();
            assertThat(line.received()).isEqualTo(line.sent());
        });
        assertThat(tally).matches(it -> it.isGood() && it.failed() == 0);
    }

    @Test
    @Tag("thorough")
    void killedApplicationsLeaveNoTally() throws Exception {
        start();
        ProcessHandle shop = SandboxFolder.process(folder.resolve("shop")).orElseThrow();
        shop.destroyForcibly();
        shop.onExit().get(1, TimeUnit.MINUTES);
        QuietProgress progress = new QuietProgress();
        assertThat(sandbox.finish(Lifetime.OF_THIS_PROCESS, progress).tally()).isEmpty();
        assertThat(progress.lost).hasSize(1);
        assertThat(folder.resolve("shop")).doesNotExist();
    }
}
