package io.github.rocketmigrate.model;

import static java.util.Comparator.comparingInt;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A release of RocketMQ, on which settings and protocol depend. */
public record ServerVersion(int major, int minor, int patch) implements Comparable<ServerVersion> {
    /** The release of a server that was not asked. */
    public static final ServerVersion UNKNOWN = new ServerVersion(0, 0, 0);

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");
    private static final Pattern DESCRIPTION = Pattern.compile("V(\\d{1,4})_(\\d{1,4})_(\\d{1,4})\\b?.*");
    private static final Comparator<ServerVersion> BY_AGE = comparingInt(ServerVersion::major)
            .thenComparingInt(ServerVersion::minor)
            .thenComparingInt(ServerVersion::patch);

    /** Reads {@code 4.9.7}. */
    public static Optional<ServerVersion> of(String text) {
        return read(NUMBER.matcher(text.strip()));
    }

    /** Reads {@code V4_9_7}, as brokers report their version. */
    public static Optional<ServerVersion> described(String text) {
        return read(DESCRIPTION.matcher(text.strip()));
    }

    private static Optional<ServerVersion> read(Matcher number) {
        return number.matches()
                ? Optional.of(new ServerVersion(
                        Integer.parseInt(number.group(1)),
                        Integer.parseInt(number.group(2)),
                        Integer.parseInt(number.group(3))))
                : Optional.empty();
    }

    /** Whether users are in the file {@code plain_acl.yml}; since 5.3.0 the broker stores them itself (ACL 2.0). */
    public boolean hasPlainAcl() {
        return !isAtLeast(5, 3, 0);
    }

    public boolean isFour() {
        return major == 4;
    }

    public boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
        return compareTo(new ServerVersion(otherMajor, otherMinor, otherPatch)) >= 0;
    }

    @Override
    public int compareTo(ServerVersion other) {
        return BY_AGE.compare(this, other);
    }

    @Override
    public String toString() {
        return equals(UNKNOWN) ? "version unknown" : major + "." + minor + "." + patch;
    }
}
