package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.live.ScriptedClients;
import io.github.rocketmigrate.sandbox.OwnSandbox;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Plays scenes on the real servers of one sandbox. */
final class RealPlay {
    private final OwnSandbox sandbox;
    private final ScriptedClients clients;

    RealPlay(OwnSandbox sandbox, ScriptedClients clients) {
        this.sandbox = sandbox;
        this.clients = clients;
    }

    /** Plays all scenes at a time. One that breaks servers waits with that until the others have ended. */
    Map<Scene, List<SceneEvent>> together(List<Scene> scenes, String attempt) throws Exception {
        CountDownLatch others = new CountDownLatch(
                (int) scenes.stream().filter(scene -> !scene.breaksServers()).count());
        ExecutorService threads = Executors.newFixedThreadPool(scenes.size());
        try {
            Map<Scene, Future<List<SceneEvent>>> playing = new LinkedHashMap<>();
            for (Scene scene : scenes) {
                playing.put(scene, threads.submit(() -> play(scene, attempt, others)));
            }
            Map<Scene, List<SceneEvent>> seen = new LinkedHashMap<>();
            for (Map.Entry<Scene, Future<List<SceneEvent>>> one : playing.entrySet()) {
                seen.put(one.getKey(), one.getValue().get());
            }
            return seen;
        } finally {
            threads.shutdownNow();
        }
    }

    private List<SceneEvent> play(Scene scene, String attempt, CountDownLatch others) {
        try (RealSceneWorld world = new RealSceneWorld(sandbox, clients, others)) {
            return scene.play(world, attempt);
        } finally {
            others.countDown();
        }
    }
}
