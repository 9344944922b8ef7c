package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Writes files atomically, so that no pipeline reads a part of one, and without characters that would control a terminal. */
public final class WholeFile {
    private WholeFile() {}

    public static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        replace(file, Printable.lines(text), Optional.empty());
    }

    /**
     * Replaces the text of a file that people write: its characters are not judged, its permissions stay, and a link stays
     * a link.
     */
    public static void edit(Path file, String text) throws IOException {
        Path target = file.toRealPath();
        PosixFileAttributeView permissions = Files.getFileAttributeView(target, PosixFileAttributeView.class);
        replace(
                target,
                text,
                permissions == null
                        ? Optional.empty()
                        : Optional.of(permissions.readAttributes().permissions()));
    }

    private static void replace(Path file, String text, Optional<Set<PosixFilePermission>> permissions)
            throws IOException {
        // Files.createTempFile would make a file that only its owner can read.
        Path part = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            Files.writeString(part, text, UTF_8);
            if (permissions.isPresent()) {
                Files.setPosixFilePermissions(part, permissions.get());
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
