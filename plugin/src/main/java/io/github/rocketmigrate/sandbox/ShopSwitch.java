package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request to restart applications of the {@link Shop} with other name servers, or to stop or start them. A goal leaves it
 * as a file, because the applications run in a process that another Maven started.
 *
 * @param nameServers addresses, {@link #OFFLINE} or {@link #ONLINE}
 * @param applications names of groups, whose consumers restart, and of topics, whose producers restart
 */
record ShopSwitch(String nameServers, List<String> applications) {
    /** Stops the applications. */
    static final String OFFLINE = "offline";

    /** Starts those that were stopped, with the name servers that each of them had. */
    static final String ONLINE = "online";

    private static final String REQUEST = "switch";
    private static final String ANSWER = "switched";
    private static final String DONE = "done";

    ShopSwitch {
        requireNonNull(nameServers, "nameServers is null");
        applications = List.copyOf(applications);
    }

    /**
     * What became of a request.
     *
     * @param restarted the applications that were restarted, started or stopped
     * @param problem why the request is not complete
     */
    record SwitchReply(List<String> restarted, Optional<String> problem) {
        SwitchReply {
            restarted = List.copyOf(restarted);
            requireNonNull(problem, "problem is null");
        }

        void write(Path shop) throws IOException {
            List<String> lines = new ArrayList<>(List.of(problem.orElse(DONE)));
            lines.addAll(restarted);
            replace(shop.resolve(ANSWER), lines);
        }

        /** Reads the answer, if it was written already. */
        static Optional<SwitchReply> read(Path shop) throws IOException {
            return lines(shop.resolve(ANSWER))
                    .map(lines -> new SwitchReply(
                            lines.subList(1, lines.size()),
                            Optional.of(lines.get(0)).filter(first -> !first.equals(DONE))));
        }
    }

    /** Leaves the request for the process of the shop, whose earlier answers are removed. */
    void write(Path shop) throws IOException {
        Files.deleteIfExists(shop.resolve(ANSWER));
        List<String> lines = new ArrayList<>(List.of(nameServers));
        lines.addAll(applications);
        replace(shop.resolve(REQUEST), lines);
    }

    /** Takes a waiting request, which is removed. */
    static Optional<ShopSwitch> take(Path shop) throws IOException {
        Optional<ShopSwitch> request =
                lines(shop.resolve(REQUEST)).map(lines -> new ShopSwitch(lines.get(0), lines.subList(1, lines.size())));
        if (request.isPresent()) {
            Files.delete(shop.resolve(REQUEST));
        }
        return request;
    }

    private static Optional<List<String>> lines(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllLines(file, UTF_8));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        }
    }

    private static void replace(Path file, List<String> lines) throws IOException {
        Path whole = Files.write(file.resolveSibling(file.getFileName() + ".new"), lines, UTF_8);
        Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
