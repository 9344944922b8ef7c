package io.github.rocketmigrate.memory;

import java.util.List;

/**
 * One request that changes something.
 *
 * @param number the first of a run is 1
 * @param what in the word of the journal, as in "topic"
 * @param address of the server
 * @param names of the objects
 */
public record WriteCall(int number, String what, String address, List<String> names) {
    public WriteCall {
        names = List.copyOf(names);
    }

    @Override
    public String toString() {
        return number + ": " + what + " " + names + " at " + address;
    }
}
