package io.github.rocketmigrate.record;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Formats the instant at which an object's stage was first recorded, in few characters of a fixed length: the record
 * has one for each object.
 */
final class StageTime {
    /** Seconds since 1970 in four bytes, without a sign: until 2106. */
    static final int LENGTH = 6;

    private static final String UNKNOWN = ".".repeat(LENGTH);
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private StageTime() {}

    static String text(Optional<Instant> since) {
        return since.map(at -> ByteBuffer.allocate(Integer.BYTES)
                        .putInt((int) at.getEpochSecond())
                        .array())
                .map(TEXT::encodeToString)
                .orElse(UNKNOWN);
    }

    /**
     * Reads the time of one object.
     *
     * @param times of all objects; may be shorter than it should be, or empty
     */
    static Optional<Instant> read(String times, int object) {
        int begin = object * LENGTH;
        if (begin + LENGTH > times.length() || times.startsWith(UNKNOWN, begin)) {
            return Optional.empty();
        }
        try {
            byte[] seconds = Base64.getUrlDecoder().decode(times.substring(begin, begin + LENGTH));
            return Optional.of(Instant.ofEpochSecond(
                    Integer.toUnsignedLong(ByteBuffer.wrap(seconds).getInt())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
