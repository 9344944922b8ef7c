package io.github.rocketmigrate.run;

import io.github.rocketmigrate.sandbox.OwnSandbox;
import io.github.rocketmigrate.sandbox.WideSandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link LadderIT} between clusters with two name servers each, and a slave for each master. */
@Tag("thorough")
final class LadderReplicasIT {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"4.9.5, 5.5.0", "5.1.4, 5.3.3"})
    void everyKindOfTopicGoesUpAndBack(String source, String destination) throws Exception {
        try (OwnSandbox sandbox = WideSandbox.startJoined(folder.resolve("sandbox"), source, destination)) {
            LadderIT.everyKindGoes(
                    sandbox,
                    folder,
                    ("-replicas-" + source + "-" + destination).replace(".", ""),
                    KilledLadderIT.UP_AND_BACK);
        }
    }
}
