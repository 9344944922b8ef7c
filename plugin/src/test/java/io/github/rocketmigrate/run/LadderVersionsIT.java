package io.github.rocketmigrate.run;

import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link LadderIT} with other releases: each release that is tested is a source or a destination here. */
@Tag("thorough")
final class LadderVersionsIT {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"4.7.1, 5.1.4", "4.9.7, 5.3.3", "5.1.4, 5.5.0", "5.3.3, 5.5.0"})
    void everyKindOfTopicGoesUpAndBack(String source, String destination) throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.startJoined(folder.resolve("sandbox"), source, destination, 2)) {
            LadderIT.everyKindGoes(
                    sandbox, folder, ("-" + source + "-" + destination).replace(".", ""), KilledLadderIT.UP_AND_BACK);
        }
    }
}
