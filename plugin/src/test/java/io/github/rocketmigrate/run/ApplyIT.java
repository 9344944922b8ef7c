package io.github.rocketmigrate.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.wire.WireTap;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code apply} against real clusters. */
final class ApplyIT {
    @TempDir
    Path folder;

    @Test
    void theShopIsCreatedOnceAndThenLeftAlone() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.start(folder.resolve("sandbox"), "4.9.7", "5.5.0", 1);
                WireTap tap = new WireTap(sandbox.endpoints())) {
            Goals goals = new Goals(tap.endpoints(), folder);
            String shop = goals.shop("");
            ApplyReport first = goals.apply(shop);
            assertThat(first.outcome()).isEqualTo(Outcome.APPLIED);
            assertThat(goals.plan(shop, Selection.ALL).outcome()).isEqualTo(Outcome.CLEAN);
            tap.codes();
            ApplyReport second = goals.apply(shop);
            assertThat(second.outcome()).isEqualTo(Outcome.CLEAN);
        }
    }
}
