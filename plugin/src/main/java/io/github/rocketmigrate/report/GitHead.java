package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the commit that is checked out from the files of a Git repository, without starting Git. */
public final class GitHead {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");
    private static final String FOLDER = "gitdir: ";
    private static final String REFERENCE = "ref: ";

    private GitHead() {}

    /** The commit of the repository that contains a file; empty without a repository, and if its form is not known. */
    public static Optional<String> commit(Path file) {
        try {
            for (Path folder = file.toAbsolutePath().normalize().getParent();
                    folder != null;
                    folder = folder.getParent()) {
                Path git = folder.resolve(".git");
                if (Files.isDirectory(git)) {
                    return head(git);
                }
                if (Files.isRegularFile(git)) {
                    // A worktree or a submodule.
                    String text = Files.readString(git, UTF_8).strip();
                    return text.startsWith(FOLDER)
                            ? head(folder.resolve(text.substring(FOLDER.length()))
                                    .normalize())
                            : Optional.empty();
                }
            }
            return Optional.empty();
        } catch (IOException | InvalidPathException e) {
            // A result without its commit is better than none.
            return Optional.empty();
        }
    }

    private static Optional<String> head(Path git) throws IOException {
        String head = Files.readString(git.resolve("HEAD"), UTF_8).strip();
        if (!head.startsWith(REFERENCE)) {
            return commit(head);
        }
        Path shared = git.resolve("commondir");
        Path common = Files.exists(shared)
                ? git.resolve(Files.readString(shared, UTF_8).strip()).normalize()
                : git;
        String reference = head.substring(REFERENCE.length());
        Path loose = common.resolve(reference);
        return Files.isRegularFile(loose)
                ? commit(Files.readString(loose, UTF_8).strip())
                : packed(common, reference);
    }

    private static Optional<String> packed(Path common, String reference) throws IOException {
        Path packed = common.resolve("packed-refs");
        if (!Files.isRegularFile(packed)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(packed, UTF_8)) {
            return lines.filter(line -> line.endsWith(" " + reference))
                    .findFirst()
                    .flatMap(line -> commit(line.substring(0, line.indexOf(' '))));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Optional<String> commit(String text) {
        return Optional.of(text).filter(it -> COMMIT.matcher(it).matches());
    }
}
