package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sees that no topic makes its next step before it has been at its stage for the time that the plan sets. */
final class SoakWatch {
    private final World world;
    private final Invariants invariants;
    private final long soak;
    /** The last stage of each topic. One that comes back to it, because a step has failed, was there all the time. */
    private final Map<String, Stage> before = new HashMap<>();
    /** When a topic came to a stage last; at the earliest. */
    private final Map<TopicStage, Long> entered = new HashMap<>();

    private long lookedAt;

    private record TopicStage(String topic, Stage stage) {}

    SoakWatch(World world, Invariants invariants, Duration soak) {
        this.world = world;
        this.invariants = invariants;
        this.soak = Turns.micros(soak);
    }

    /** Something is about to be written, or has been: nothing else changes the stage of a topic. */
    void look() {
        invariants.standings().forEach((topic, standing) -> {
            Optional<Stage> stage = standing.pair().flatMap(Pair::stage);
            if (stage.isPresent() && before.put(topic, stage.get()) != stage.get()) {
                entered.put(new TopicStage(topic, stage.get()), lookedAt);
            }
        });
        lookedAt = world.now();
    }

    /** A run has made a step. Nothing has to soak at the source. */
    void made(MoveTopic move) {
        look();
        String topic = move.subject().name();
        Optional<Stage> from = move.found().pair().flatMap(Pair::stage);
        if (from.isPresent() && from.get() != Stage.SOURCE && move.wanted().isAheadOf(from.get())) {
            long lasted = world.now() - entered.getOrDefault(new TopicStage(topic, from.get()), 0L);
            if (lasted < soak) {
                invariants.violated(
                        "soak",
                        topic + " left " + from.get().word() + " after " + lasted / World.SECONDS + " s of "
                                + soak / World.SECONDS + " s");
            }
        }
    }
}
