package io.github.rocketmigrate.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Copies the classes of the plugin for the processes of a sandbox, which live longer than the build that made them. */
final class OwnClasses {
    /** This package and all that it may use; a jar is one file, and is copied whole. */
    private static final List<String> PACKAGES = List.of("sandbox", "wire", "model", "text");

    private OwnClasses() {}

    /** Returns what a class path has to name. */
    static Path copyTo(Path target) throws IOException {
        Path own = location();
        try {
            if (Files.isRegularFile(own)) {
                return Files.copy(own, target.resolve(own.getFileName()));
            }
            Path base = own.resolve(OwnClasses.class.getPackageName().replace('.', '/'))
                    .getParent();
            for (String name : PACKAGES) {
                try (Stream<Path> files = Files.walk(base.resolve(name))) {
                    files.filter(Files::isRegularFile)
                            .forEach(file -> copy(file, target.resolve(own.relativize(file))));
                }
            }
            return target;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The jar or the folder from which this class was loaded. */
    static Path location() throws IOException {
        try {
            return Path.of(OwnClasses.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IOException(e);
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
