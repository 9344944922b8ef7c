package io.github.rocketmigrate.sim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Prints the digest of the history of each of some seeds, one in a line, so that two JVMs, or two versions of the product,
 * can be compared.
 */
public final class HistoryDigests {
    private HistoryDigests() {}

    /** Expects the first seed and the number of seeds. */
    public static void main(String[] args) {
        of(Long.parseLong(args[0]), Long.parseLong(args[1])).forEach(System.out::println);
        // Threads of the simulations are daemons.
        System.exit(0);
    }

    /** The digests of the histories of some seeds, which are simulated in parallel. */
    static List<String> of(long from, long count) {
        Seeds seeds = new Seeds();
        return LongStream.range(from, from + count)
                .parallel()
                .mapToObj(seed -> seed + " " + digest(seeds.simulate(seed).history()))
                .toList();
    }

    private static String digest(History history) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            history.lines().forEach(line -> digest.update((line + '\n').getBytes(UTF_8)));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
