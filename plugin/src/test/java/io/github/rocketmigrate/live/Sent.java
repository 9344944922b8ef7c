package io.github.rocketmigrate.live;

import java.time.Instant;
import java.util.List;

/**
 * A message that a broker has taken; one in a transaction is that once its producer has said that it commits.
 *
 * @param at when its sending began
 */
public record Sent(Instant at, LiveMessage message, Place place) {
    static final String TAG = "sent";

    List<String> fields() {
        return List.of(TAG, Moment.text(at), message.topic(), message.name(), place.toString());
    }

    static Sent of(String[] fields) {
        return new Sent(Moment.of(fields[1]), LiveMessage.of(fields[2], fields[3]), Place.of(fields[4]));
    }
}
