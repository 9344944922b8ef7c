package io.github.rocketmigrate.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The lease at name servers that do what real ones do not do on demand. */
final class LeaseTest {
    private static final Lease.Terms TERMS =
            new Lease.Terms(Duration.ofMillis(300), Duration.ofSeconds(2), Duration.ofMillis(40));

    @Test
    void whoeverCannotHaveItEverywhereLeavesItNowhere() throws Exception {
        Map<String, Map<String, String>> kept = new TreeMap<>();
        kept.put("first", new TreeMap<>());
        kept.put("second", new TreeMap<>());
        Notes notes = new Notes() {
            @Override
            public List<String> nameServers() {
                return List.copyOf(kept.keySet());
            }

            @Override
            public Map<String, Map<String, String>> notes() {
                return kept;
            }

            @Override
            public Claim put(String nameServer, String key, String value) {
                if (nameServer.equals("second")) {
                    return new Claim.Rejected("name server second refused", "mend it", false);
                }
                kept.get(nameServer).put(key, value);
                return new Claim.Accepted();
            }

            @Override
            public Claim remove(String nameServer, String key) {
                kept.get(nameServer).remove(key);
                return new Claim.Accepted();
            }
        };
        LeaseNote mine = LeaseNote.of(
                new Origin("me", "here", Optional.empty(), Optional.empty()), Instant.EPOCH, new Random(1));
        assertThatThrownBy(() -> Lease.take(
                        new LeaseNotes(notes, "c"), mine, TERMS, Duration.ZERO, Controls.real(Timeouts.USUAL)))
                .isInstanceOf(Fault.class)
                .hasMessageContaining("second refused");
        assertThat(kept.get("first")).isEmpty();
    }
}
