package io.github.rocketmigrate.sandbox;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The settings of a sandbox, validated before anything starts.
 *
 * @param brokers number of masters in each cluster
 * @param joined whether the source brokers also register with the destination's name server
 * @param acl whether both clusters require authentication
 * @param seed whether the source contains the example shop
 * @param traffic whether the shop's applications run
 * @param endpoint the side whose name servers these applications use
 * @param routePoll the interval at which these applications poll routes
 * @param brokerHeap the heap of a broker's JVM, in the form of {@code -Xmx}
 * @param startTimeout the time in which each part of a start must end; it changes nothing in a running sandbox
 */
public record SandboxSettings(
        ServerVersion sourceVersion,
        ServerVersion destinationVersion,
        int brokers,
        boolean joined,
        boolean acl,
        boolean seed,
        boolean traffic,
        Side endpoint,
        Duration routePoll,
        String brokerHeap,
        Duration startTimeout) {
    public static final String START_TIMEOUT = "migrate.sandbox.startTimeout";

    /** The default of RocketMQ's clients. */
    public static final Duration USUAL_ROUTE_POLL = Duration.ofSeconds(30);

    public static final Duration USUAL_START_TIMEOUT = Duration.ofMinutes(2);

    private static final int MOST_BROKERS = 4;

    public SandboxSettings {
        requireNonNull(sourceVersion, "sourceVersion is null");
        requireNonNull(destinationVersion, "destinationVersion is null");
        requireNonNull(endpoint, "endpoint is null");
        requireNonNull(routePoll, "routePoll is null");
        requireNonNull(brokerHeap, "brokerHeap is null");
        requireNonNull(startTimeout, "startTimeout is null");
        if (brokers < 1 || brokers > MOST_BROKERS) {
            throw new Fault(
                    "migrate.sandbox.brokers=" + brokers + " is not between 1 and " + MOST_BROKERS + ".",
                    "Set 1 or 2: each broker is a JVM of its own, and 2 are enough to rehearse a migration.");
        }
        if (!brokerHeap.matches("[1-9]\\d{0,6}[mMgG]")) {
            throw new Fault(
                    "migrate.sandbox.brokerHeap=" + brokerHeap + " is not an amount of memory.",
                    "Set megabytes or gigabytes, for example 384m or 1g.");
        }
        if (endpoint == Side.DESTINATION && !joined) {
            throw new Fault(
                    "With migrate.sandbox.endpoint=destination, the shop's applications find no topics, because the"
                            + " destination's name servers do not know the source's brokers.",
                    "Register the source's brokers there, too: set -Dmigrate.sandbox.joined=true.");
        }
        if (routePoll.isZero()) {
            throw new Fault("migrate.sandbox.routePoll is 0 s.", "Set at least one second, for example 1s or 30s.");
        }
        if (startTimeout.isZero()) {
            throw new Fault(START_TIMEOUT + " is 0 s.", "Set at least some seconds, for example 2m.");
        }
        // Without topics, the applications would only log errors.
        seed = seed || traffic;
    }

    /** For sandboxes whose applications use the source with the default poll interval. */
    public SandboxSettings(
            ServerVersion sourceVersion,
            ServerVersion destinationVersion,
            int brokers,
            boolean joined,
            boolean acl,
            boolean seed,
            boolean traffic,
            String brokerHeap) {
        this(
                sourceVersion,
                destinationVersion,
                brokers,
                joined,
                acl,
                seed,
                traffic,
                Side.SOURCE,
                USUAL_ROUTE_POLL,
                brokerHeap,
                USUAL_START_TIMEOUT);
    }

    /** Parses the value of {@code property}. */
    public static Side side(String property, String text) {
        return Arrays.stream(Side.values())
                .filter(side -> side.word().equals(text))
                .findFirst()
                .orElseThrow(() -> new Fault(property + "=" + text + " is not a side.", "Set source or destination."));
    }

    /** Parses the value of {@code property}. */
    public static ServerVersion version(String property, String text) {
        ServerVersion version = ServerVersion.of(text)
                .orElseThrow(() -> new Fault(
                        property + "=" + text + " is not a version of RocketMQ.",
                        "Set a released version such as 4.9.7 or 5.5.0."));
        if (version.major() != 4 && version.major() != 5) {
            throw new Fault(
                    property + "=" + text + " is neither a 4.x nor a 5.x version.",
                    "Set a version that the sandbox can run, for example 4.9.7 or 5.5.0.");
        }
        return version;
    }

    /** The settings by their property names. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("migrate.sandbox.sourceVersion", sourceVersion.toString());
        properties.put("migrate.sandbox.destinationVersion", destinationVersion.toString());
        properties.put("migrate.sandbox.brokers", Integer.toString(brokers));
        properties.put("migrate.sandbox.joined", Boolean.toString(joined));
        properties.put("migrate.sandbox.acl", Boolean.toString(acl));
        properties.put("migrate.sandbox.seed", Boolean.toString(seed));
        properties.put("migrate.sandbox.traffic", Boolean.toString(traffic));
        properties.put("migrate.sandbox.endpoint", endpoint.word());
        properties.put("migrate.sandbox.routePoll", routePoll.toSeconds() + "s");
        properties.put("migrate.sandbox.brokerHeap", brokerHeap);
        return properties;
    }

    public ServerVersion version(Side side) {
        return side == Side.SOURCE ? sourceVersion : destinationVersion;
    }

    /** {@code source-a}, {@code source-b} and so on. */
    Stream<String> brokerNames(Side side) {
        return IntStream.range(0, brokers).mapToObj(i -> side.word() + "-" + (char) ('a' + i));
    }
}
