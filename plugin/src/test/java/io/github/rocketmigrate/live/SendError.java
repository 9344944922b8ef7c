package io.github.rocketmigrate.live;

import java.time.Instant;
import java.util.List;

/**
 * A message that its producer was told it could not send; a broker may have it all the same.
 *
 * @param at when its sending began
 */
public record SendError(Instant at, LiveMessage message, String text) {
    static final String TAG = "error";

    List<String> fields() {
        return List.of(TAG, Moment.text(at), message.topic(), message.name(), text);
    }

    static SendError of(String[] fields) {
        return new SendError(Moment.of(fields[1]), LiveMessage.of(fields[2], fields[3]), fields[4]);
    }
}
