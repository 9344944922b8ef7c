package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Which text of a plan a result was made from, so that a reviewer can compare it with the file.
 *
 * @param sha256 of the plan's file, as {@code sha256sum} prints it; empty if the file cannot be read
 * @param commit that is checked out, or that the CI server built
 * @param isChanged whether the file is known to differ from that commit
 */
public record PlanRevision(Optional<String> sha256, Optional<String> commit, boolean isChanged) {
    public static final PlanRevision UNKNOWN = new PlanRevision(Optional.empty(), Optional.empty(), false);

    public PlanRevision {
        requireNonNull(sha256, "sha256 is null");
        requireNonNull(commit, "commit is null");
    }

    /** The SHA-256 of a file; none if it cannot be read, which the goal itself reports. */
    public static Optional<String> sha256(Path file) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            return Optional.of(HexFormat.of().formatHex(digest));
        } catch (IOException e) {
            return Optional.empty();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has it", e);
        }
    }
}
