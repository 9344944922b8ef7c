package io.github.rocketmigrate.run;

import io.github.rocketmigrate.live.LiveTopic;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@link LadderIT} with TLS: the goals trust the private authority of both clusters and no other, and the applications
 * encrypt what they send.
 */
@Tag("thorough")
final class LadderTlsIT {
    @TempDir
    Path folder;

    @Test
    void everyKindOfTopicGoesUpAndBack() throws Exception {
        try (OwnSandbox sandbox = OwnSandbox.startJoined(folder.resolve("sandbox"), "4.9.7", "5.5.0", 1)) {
            Path authority = sandbox.encrypt();
            List<LiveTopic> topics = LadderIT.everyKind("-tls");
            try (Climb climb = Climb.joined(
                    sandbox, folder, topics, Climb.QUICK.withTls(), new Entrance(Map.of(), Optional.of(authority)))) {
                LadderIT.go(climb, topics, "ladder-tls", KilledLadderIT.UP_AND_BACK);
            }
        }
    }
}
