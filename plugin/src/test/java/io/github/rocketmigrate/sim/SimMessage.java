package io.github.rocketmigrate.sim;

import java.util.Optional;

/**
 * A message that a producer sends.
 *
 * @param number unique in a simulation
 * @param place its place among the messages of its key, counted from 0
 * @param retryOf the group to which the message returns after it could not be consumed
 */
record SimMessage(int number, String topic, String key, int place, String producer, Optional<String> retryOf) {
    /** The same message on its way back to a group. */
    SimMessage retried(String group) {
        return new SimMessage(number, topic, key, place, producer, Optional.of(group));
    }

    @Override
    public String toString() {
        return topic + "#" + number + " (" + key + "/" + place + ")";
    }
}
