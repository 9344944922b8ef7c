package io.github.rocketmigrate.record;

import static java.util.stream.Collectors.joining;

import java.math.BigInteger;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Formats one number for each object of a part of the record, in few characters of a fixed length. A part may have
 * thousands of objects.
 *
 * @param bytes of each number, which has no sign
 */
record NumberColumn(int bytes) {
    private static final String UNKNOWN = ".";
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    /** The number of characters for each object. */
    int length() {
        return (bytes * 4 + 2) / 3;
    }

    /** The text of all numbers; nothing if none is known. */
    Optional<String> text(Collection<OptionalLong> numbers) {
        return numbers.stream().allMatch(OptionalLong::isEmpty)
                ? Optional.empty()
                : Optional.of(numbers.stream().map(this::text).collect(joining()));
    }

    private String text(OptionalLong number) {
        return number.isPresent() ? TEXT.encodeToString(bigEndian(number.getAsLong())) : UNKNOWN.repeat(length());
    }

    private byte[] bigEndian(long number) {
        byte[] all = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            all[i] = (byte) (number >>> (Byte.SIZE * (bytes - 1 - i)));
        }
        return all;
    }

    /**
     * Reads the number of one object.
     *
     * @param numbers of all objects; may be shorter than it should be, or empty
     */
    OptionalLong read(String numbers, int object) {
        int begin = object * length();
        if (begin + length() > numbers.length() || numbers.startsWith(UNKNOWN, begin)) {
            return OptionalLong.empty();
        }
        try {
            byte[] number = Base64.getUrlDecoder().decode(numbers.substring(begin, begin + length()));
            return OptionalLong.of(new BigInteger(1, number).longValue());
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }
}
