package io.github.rocketmigrate.sim;

import java.util.EnumSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * What only some migrations have. The random numbers of each follow from the seed and its name, so that a further one
 * changes no history of a seed that does not draw it. {@code -Dsim.feature=} with its name gives it to every seed.
 */
enum Feature {
    /** A group whose members each read every queue, and keep their offsets themselves. */
    BROADCASTING(8),
    /** Topics go back by {@code rollback}, before people commit the earlier stage. */
    ROLLBACK(3);

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
            if (feature.random(seed).nextInt(feature.oneOf) == 0
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
