package io.github.rocketmigrate.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Copies the classes of the plugin for the processes of a sandbox, which live longer than the build that made them. */
final class OwnClasses {
    private OwnClasses() {}

    /** Returns what a class path has to name. */
    static Path copyTo(Path target) throws IOException {
        try {
            Path own = Path.of(OwnClasses.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (Files.isRegularFile(own)) {
                return Files.copy(own, target.resolve(own.getFileName()));
            }
            try (Stream<Path> files = Files.walk(own)) {
                files.filter(Files::isRegularFile).forEach(file -> copy(file, target.resolve(own.relativize(file))));
            }
            return target;
        } catch (URISyntaxException e) {
            throw new IOException(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.createDirectories(to.getParent());
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
