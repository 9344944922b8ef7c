package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.sim.EngineRequest.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The courses that runs of one plan can take. A run cannot be copied, so it is repeated from its beginning with the answers
 * that lead to a place, to see which request follows. After that it gets the answers of the world as it is, to its end or
 * to a place that is known: a request that was seen once need not be found again.
 */
final class EngineMap {
    /** Of so many runs that remember the same as another one, one is continued to see whether it asks the same. */
    private static final int TRIED = 20;

    private final SmallWorld world;
    private final MigrationPlan plan;
    private final Path folder;
    private final Map<Beginning, EnginePosition> beginnings = new HashMap<>();
    private final Map<EnginePosition, Beginning> byPosition = new HashMap<>();
    private final Map<List<Object>, EnginePosition> remembered = new HashMap<>();
    private int positions;
    private int repeated;
    private int merged;

    /** When a run begins, and whether it is the first one. */
    private record Beginning(int run, long at) {}

    EngineMap(SmallWorld world, MigrationPlan plan, Path folder) {
        this.world = world;
        this.plan = plan;
        this.folder = folder;
    }

    /** How many positions are known. */
    int size() {
        return positions;
    }

    /** How often a run was repeated. */
    int repeated() {
        return repeated;
    }

    /** A position where no run is at work. */
    EnginePosition still() {
        return new EnginePosition(positions++);
    }

    /** The beginning of a run now; leaves the world changed. */
    EnginePosition beginning(int run) {
        Beginning beginning = new Beginning(run, world.world().now());
        EnginePosition first = beginnings.computeIfAbsent(beginning, key -> still());
        byPosition.put(first, beginning);
        if (!first.isKnown()) {
            explore(first);
        }
        return first;
    }

    /** The position after an answer; leaves the world changed. */
    EnginePosition after(EnginePosition at, Object answer) {
        EnginePosition next = next(at, answer);
        if (!next.isKnown()) {
            explore(next);
            // It may be the same as another one.
            return next(at, answer);
        }
        return next;
    }

    private EnginePosition next(EnginePosition at, Object answer) {
        EnginePosition next = at.next(answer, positions);
        if (next.number() == positions) {
            positions++;
        }
        return next;
    }

    private void explore(EnginePosition to) {
        repeated++;
        Beginning beginning = byPosition.get(to.first());
        Guide guide = new Guide(to);
        EngineRun engine = new EngineRun(beginning.run(), beginning.at(), guide::answer);
        try {
            EngineRun.End end = engine.apply(plan, world.world(), folder);
            guide.arrive(new EngineRequest(Kind.END, "", end.words(), () -> end, 0));
        } catch (Killed end) {
            // The rest of its course is known.
        }
    }

    /** Answers the requests of one run. */
    private final class Guide {
        private final List<Object> script;
        private EnginePosition at;
        private int given;
        /** Whether it is on the course of another run that remembered the same. */
        private boolean following;

        Guide(EnginePosition to) {
            this.script = new ArrayList<>(to.answers());
            this.at = to;
        }

        Object answer(EngineRequest request) {
            if (given < script.size()) {
                return script.get(given++);
            }
            arrive(request);
            if (following) {
                Map.Entry<Object, EnginePosition> known = at.anyNext().orElseThrow(Killed::new);
                at = known.getValue();
                return known.getKey();
            }
            Object answer = world.answer(request);
            at = next(at, answer);
            return answer;
        }

        void arrive(EngineRequest request) {
            if (!following) {
                if (at.isKnown()) {
                    throw new Killed();
                }
                if (EngineMemory.isBeginning(request) && at != at.first()) {
                    merge();
                }
            } else if (!at.isKnown()) {
                throw new Killed();
            }
            at.found(request);
        }

        private void merge() {
            EnginePosition same = remembered.computeIfAbsent(
                    List.of(at.first().number(), EngineMemory.of(at.requests(), at.answers())), key -> at);
            if (same != at) {
                at.replaceBy(same);
                at = same;
                merged++;
                following = true;
                if (merged % TRIED != 0) {
                    throw new Killed();
                }
            }
        }
    }
}
