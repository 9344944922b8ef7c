package io.github.rocketmigrate.sim;

import java.util.List;

/**
 * What is done to clusters, and what is watched meanwhile.
 *
 * @param breaksServers whether it stops servers, so that no other scene can be played at the same time
 */
record Scene(String name, boolean breaksServers, Script script) {
    /** What is done, step by step. */
    interface Script {
        void play(SceneRun run) throws Exception;
    }

    Scene(String name, Script script) {
        this(name, false, script);
    }

    /** Plays the scene, with names of its own in each attempt, and returns what was seen, without the attempt. */
    List<SceneEvent> play(SceneWorld world, String attempt) {
        SceneRun run = new SceneRun(world, name + attempt);
        try {
            script.play(run);
        } catch (Exception e) {
            throw new IllegalStateException("scene " + name, e);
        }
        return run.events().stream()
                .map(event -> event.renamed(name + attempt, name))
                .toList();
    }
}
