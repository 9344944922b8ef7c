package io.github.rocketmigrate.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Optional;

/** The orders that a JVM of the live traffic reads from its standard input, which ends with its parent. */
final class Orders {
    /** Begin to send. */
    static final String GO = "go";
    /** Send nothing more, and stay. */
    static final String STOP = "stop";
    /** {@code slow <group> <millis>}: take so long per message from now on. */
    static final String SLOW = "slow";
    /** Shut the clients down and end. */
    static final String END = "end";

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));

    /** The next order, in words; without a parent this JVM ends at once. */
    String[] next() throws IOException {
        return Optional.ofNullable(in.readLine())
                .map(line -> line.split(" ", -1))
                .orElseGet(() -> {
                    // Not exit: shutdown hooks might wait for servers that are gone too.
                    Runtime.getRuntime().halt(0);
                    throw new IllegalStateException("halted");
                });
    }
}
