package io.github.rocketmigrate.sim;

import java.time.Duration;

/**
 * Something that was seen in a scene, or done.
 *
 * @param act the number of acts before it, with this one
 * @param from the time since the last act when it was not so yet
 * @param to the time since the last act when it was seen
 * @param tolerance how far these times may be from those of another world
 */
record SceneEvent(int act, String what, Duration from, Duration to, Duration tolerance) {
    /** Returns it with another name for what it is about. */
    SceneEvent renamed(String name, String other) {
        return new SceneEvent(act, what.replace(name, other), from, to, tolerance);
    }

    boolean isSame(SceneEvent other) {
        return act == other.act && what.equals(other.what);
    }

    /** Whether it came earlier for certain. */
    boolean isBefore(SceneEvent other) {
        return to.compareTo(other.from) < 0;
    }

    /** Whether the times of both, which lie between two looks each, are close enough. */
    boolean isInTime(SceneEvent other) {
        return from.minus(tolerance).compareTo(other.to) <= 0
                && other.from.minus(tolerance).compareTo(to) <= 0;
    }
}
