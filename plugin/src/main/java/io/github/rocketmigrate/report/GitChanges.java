package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Asks Git whether a file differs from the commit that is checked out. Only Git knows all settings that decide this, such as
 * line endings and filters.
 */
public final class GitChanges {
    private static final long MOST_SECONDS = 5;

    private GitChanges() {}

    /**
     * Whether the file has changes that no commit has, or is in no commit at all. {@code false} if Git is not installed or
     * denies the answer: the SHA-256 beside the commit still tells which text was used.
     */
    public static boolean in(Path file) {
        Path path = file.toAbsolutePath().normalize();
        ProcessBuilder git = new ProcessBuilder(
                        "git",
                        "status",
                        "--porcelain",
                        "--ignored",
                        "--",
                        path.getFileName().toString())
                .directory(path.getParent().toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // A plan must not hinder what somebody does in the repository meanwhile.
        git.environment().put("GIT_OPTIONAL_LOCKS", "0");
        try {
            return isAnythingPrinted(git.start());
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One file has one line, which fits into the pipe, so it can be read after the end. */
    private static boolean isAnythingPrinted(Process process) throws IOException, InterruptedException {
        try {
            return process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)
                    && process.exitValue() == 0
                    && !new String(process.getInputStream().readAllBytes(), UTF_8).isBlank();
        } finally {
            process.destroyForcibly();
        }
    }
}
