package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.Fault;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A RocketMQ release that a sandbox server runs. */
public record ServerVersion(int major, int minor, int patch) {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

    /** Reads {@code text}, the value of {@code property}. */
    public static ServerVersion parse(String property, String text) {
        ServerVersion version = of(text).orElseThrow(() -> new Fault(
                property + "=" + text + " is not a version of RocketMQ.",
                "Give a released version such as 4.9.7 or 5.5.0."));
        if (version.major != 4 && version.major != 5) {
            throw new Fault(
                    property + "=" + text + " is neither a 4.x nor a 5.x version.",
                    "The sandbox can run RocketMQ 4.x and 5.x, for example 4.9.7 and 5.5.0.");
        }
        return version;
    }

    /** The version that {@code text} names, if it names one. */
    static Optional<ServerVersion> of(String text) {
        Matcher number = NUMBER.matcher(text.strip());
        return number.matches()
                ? Optional.of(new ServerVersion(
                        Integer.parseInt(number.group(1)),
                        Integer.parseInt(number.group(2)),
                        Integer.parseInt(number.group(3))))
                : Optional.empty();
    }

    /** Whether users are kept in {@code plain_acl.yml}; from 5.3.0 on the broker stores them itself (ACL 2.0). */
    boolean hasPlainAcl() {
        return major == 4 || minor < 3;
    }

    boolean isFour() {
        return major == 4;
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
