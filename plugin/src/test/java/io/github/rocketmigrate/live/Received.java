package io.github.rocketmigrate.live;

import java.time.Instant;
import java.util.List;

/**
 * A message that a member of a group was handed.
 *
 * @param at when it was handed over, before anything was done with it
 */
public record Received(Instant at, String group, String member, LiveMessage message, Place place, int reconsumeTimes) {
    static final String TAG = "received";

    List<String> fields() {
        return List.of(
                TAG,
                Moment.text(at),
                group,
                member,
                message.topic(),
                message.name(),
                place.toString(),
                Integer.toString(reconsumeTimes));
    }

    static Received of(String[] fields) {
        return new Received(
                Moment.of(fields[1]),
                fields[2],
                fields[3],
                LiveMessage.of(fields[4], fields[5]),
                Place.of(fields[6]),
                Integer.parseInt(fields[7]));
    }
}
