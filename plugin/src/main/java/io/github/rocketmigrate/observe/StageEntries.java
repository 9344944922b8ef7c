package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Stage;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tracks over the readings of one run when a topic came to its stage: the record says so only after the run. A topic that was
 * there at the first reading came earlier, nobody knows when.
 */
public final class StageEntries {
    private final Map<String, Stage> stages = new HashMap<>();
    private final Map<String, Instant> entered = new HashMap<>();

    /** Adds a reading, and returns it with what all readings show together. */
    public Situation in(Situation situation) {
        situation.scope().topics().forEach(topic -> {
            // Between two stages, the earlier one counts: a step that is undone enters nothing.
            Optional<Stage> now = situation.standing(topic.name()).pair().flatMap(Pair::stage);
            now.ifPresent(stage -> {
                Stage before = stages.put(topic.name(), stage);
                if (before != null && before != stage) {
                    entered.put(topic.name(), situation.readAt());
                }
            });
        });
        return situation.withEntered(entered);
    }
}
