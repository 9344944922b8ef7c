package io.github.rocketmigrate.mojo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.report.PlainTerminal;
import io.github.rocketmigrate.report.SandboxText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first minutes of a newcomer, in which servers are downloaded and started. */
final class LiveSandboxProgressTest {
    private final List<String> shown = new ArrayList<>();
    private final LiveSandboxProgress progress =
            new LiveSandboxProgress(new SandboxText(new PlainTerminal(shown)), shown::add);

    @Test
    void oneLineMovesUntilTheNextLineThatStays() {
        progress.downloading(1, 4_000_000);
        progress.downloading(2, 9_500_000);
        progress.downloaded(2, 9_500_000);
        progress.waiting("source-a", Duration.ofMillis(1_050));
        progress.waiting("source-a", Duration.ofMillis(1_100));
        progress.waiting("source-a", Duration.ofSeconds(2));
        progress.up("source-a", "broker", "127.0.0.1:26515", Duration.ofSeconds(3));
        assertThat(shown)
                .containsExactly(
                        "\r  downloading: 1 file, 4.0 MB\u001B[K",
                        "\r  downloading: 2 files, 9.5 MB\u001B[K",
                        "\r\u001B[K",
                        "  downloaded 2 files, 9.5 MB",
                        "\r  waiting for source-a: 1 s\u001B[K",
                        "\r  waiting for source-a: 2 s\u001B[K",
                        "\r\u001B[K",
                        "  source-a                broker       127.0.0.1:26515  up after 3.0 s");
    }
}
