package io.github.rocketmigrate.sim;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What only some migrations have. The random numbers of each follow from the seed and its name, so that a further one
 * changes no history of a seed that does not draw it. {@code -Dsim.feature=} with its name gives it to every seed.
 */
enum Feature {
    /**
     * A group whose members each read every queue, and keep their offsets themselves. No seed draws it yet: seeds 135 and 209 now
     * find their way, and more seeds have to be tried.
     */
    BROADCASTING(Feature.NEVER),
    /** The destination's name servers serve a third cluster, in which another team works; perhaps with a topic of our name. */
    THIRD_CLUSTER(8),
    /**
     * Operators add a broker to one of the clusters, with topics and groups like those of the others. No seed draws it yet: if it
     * comes in the middle of a step, the topic is foreign (seeds 97, 250), and messages on it can be overlooked (107, 279).
     */
    BROKER_ADDED(Feature.NEVER),
    /** An operator sets the offsets of a group back, so that it consumes its last messages again. */
    OFFSETS_SET_BACK(8),
    /**
     * A group is offline for longer than servers and clients remember anything of it, while people go on. No seed draws it yet:
     * seed 16 no longer violates the order of a fence whose broker restarts, and more seeds have to be tried.
     */
    OFFLINE(Feature.NEVER),
    /** Several producers of a topic whose order is kept send messages of one key, and runs pause producers in the fence. */
    SHARED_KEYS(8),
    /** Topics go back by {@code rollback}, before people commit the earlier stage. */
    ROLLBACK(3),
    /** The plan gives a topic another type than its messages have, until people read of it. */
    TYPE_MISTAKEN(8),
    /** Somebody puts the brake on while a run takes topics forward, and releases it some minutes later. */
    BRAKE(6),
    /**
     * The plan wants topics to stay at each stage for a while before their next step. No seed draws it yet: 11 of 120 seeds still
     * violate its invariant, and have not been judged.
     */
    SOAK(Feature.NEVER);

    /** Only {@code -Dsim.feature} gives it to a seed. */
    private static final int NEVER = 0;

    private final int oneOf;

    /** Creates a feature that one of so many seeds draws. */
    Feature(int oneOf) {
        this.oneOf = oneOf;
    }

    /** The features that a seed draws. */
    static Set<Feature> of(long seed) {
        String forced = System.getProperty("sim.feature", "");
        Set<Feature> drawn = EnumSet.noneOf(Feature.class);
        for (Feature feature : values()) {
            if ((feature.oneOf != NEVER && feature.random(seed).nextInt(feature.oneOf) == 0)
                    || feature.name().equals(forced)) {
                drawn.add(feature);
            }
        }
        return drawn;
    }

    /** The random numbers for what belongs to this feature in the migration of a seed. */
    SplittableRandom choices(long seed) {
        return random(seed).split();
    }

    private SplittableRandom random(long seed) {
        return new SplittableRandom(new SplittableRandom(seed).nextLong() ^ name().hashCode());
    }
}
