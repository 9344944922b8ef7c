package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop whose process has ended cannot stop sending. */
final class DeadShopTest {
    @TempDir
    Path folder;

    @Test
    void theEndOfASandboxOnlySaysThatTheShopEndedEarly() throws IOException {
        Path sandbox = folder.resolve("sandbox");
        Path shop = Files.createDirectories(sandbox.resolve(Shop.NAME));
        Files.writeString(shop.resolve(ServerProcess.ARGUMENTS), "");
        Files.writeString(shop.resolve(ServerProcess.OUTPUT), "out of memory");
        QuietProgress progress = new QuietProgress();
        assertThat(Sandbox.in(sandbox).finish(Lifetime.UNTIL_STOPPED, progress).tally())
                .isEmpty();
        assertThat(progress.lost).containsExactly("    out of memory");
        assertThat(progress.isTrafficEnding).isFalse();
    }
}
