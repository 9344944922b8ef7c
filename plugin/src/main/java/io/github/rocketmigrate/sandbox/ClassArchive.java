package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The loaded and verified classes of a RocketMQ release in one file, which the JVMs of servers map into their memory.
 *
 * <p>The file is beside the jar of the broker, and belongs to one JDK and one list of jars. The first servers of a release
 * record the names of their classes; then a JVM in the background makes the file. Whatever prevents it, servers start
 * without it.
 */
final class ClassArchive {
    /** The file in a server's folder with the names of its classes. */
    static final String CLASSES = "classes.list";

    private static final String PREFIX = "sandbox-";
    private static final String SUFFIX = ".jsa";
    private static final String BROKER = "rocketmq-broker-";
    /** The time in which an archive is made; afterwards, the process that began has been killed. */
    private static final Duration ATTEMPT = Duration.ofMinutes(10);

    private static final Duration UNUSED = Duration.ofDays(30);

    private final List<Path> jars;
    private final Optional<Path> base;

    private ClassArchive(List<Path> jars, Optional<Path> base) {
        this.jars = List.copyOf(jars);
        this.base = requireNonNull(base, "base is null");
    }

    /** The archive of servers whose class path begins with {@code jars}. */
    static ClassArchive of(List<Path> jars) {
        return new ClassArchive(jars, isHotSpot() ? base(jars) : Optional.empty());
    }

    private static boolean isHotSpot() {
        String name = System.getProperty("java.vm.name", "");
        return name.contains("HotSpot") || name.contains("OpenJDK");
    }

    /** The path of the archive up to its size. */
    static Optional<Path> base(List<Path> jars) {
        try {
            for (Path jar : jars) {
                if (jar.getFileName().toString().startsWith(BROKER)) {
                    return Optional.of(jar.resolveSibling(PREFIX + key(jars)));
                }
            }
        } catch (IOException unreadable) {
            // The servers will say which jar.
        }
        return Optional.empty();
    }

    /** Changes with everything that makes an archive useless. */
    private static String key(List<Path> jars) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String property : List.of("java.home", "java.vm.name", "java.vm.version", "os.arch")) {
            text.append(System.getProperty(property)).append('\n');
        }
        for (Path jar : jars) {
            text.append(jar).append('\n').append(Files.size(jar)).append('\n');
            text.append(Files.getLastModifiedTime(jar).toMillis()).append('\n');
        }
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The JVM options with which a server starts from the archive or, if there is none, records what has to be in it.
     *
     * @param server the server's folder
     */
    List<String> jvmOptions(Path server) {
        Optional<Path> file = file();
        if (file.isPresent()) {
            touch(file.get());
            return List.of("-XX:SharedArchiveFile=" + file.get());
        }
        return base.map(Path::getParent)
                .filter(Files::isWritable)
                .map(writable -> List.of("-XX:DumpLoadedClassList=" + server.resolve(CLASSES)))
                .orElse(List.of());
    }

    /** The archive, if it exists and is whole: a JVM that maps a file without its end crashes. */
    Optional<Path> file() {
        return base.flatMap(it -> siblings(it).stream()
                .filter(file -> file.toString().startsWith(it + "-")
                        && file.toString().equals(whole(it, file).toString()))
                .findFirst());
    }

    /** The name that {@code made} has to have, now that its size is known. */
    static Path whole(Path base, Path made) {
        return Path.of(base + "-" + made.toFile().length() + SUFFIX);
    }

    /** For {@link #deleteUnused} of archives that nothing has used for a long time. */
    private static void touch(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException readOnly) {
            // Then it cannot be deleted either.
        }
    }

    /**
     * Makes the archive in a JVM of its own, which may outlive this one, unless there is one or another process makes it.
     *
     * @param servers the folders of servers that have recorded their classes
     */
    void make(List<Path> servers) {
        if (base.isEmpty() || file().isPresent()) {
            return;
        }
        try {
            deleteUnused();
            Path claim = ArchiveMain.claim(base.get());
            if (isOlder(claim, ATTEMPT)) {
                Files.deleteIfExists(claim);
            }
            Set<String> classes = new LinkedHashSet<>();
            for (Path server : servers) {
                classes.addAll(recorded(server.resolve(CLASSES)));
            }
            Files.write(claim, classes, UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            String classPath = jars.stream().map(Path::toString).collect(joining(File.pathSeparator));
            ServerProcess.launchAside(
                    base.get().getParent(),
                    ArchiveMain.class,
                    List.of(base.get().toString(), classPath));
        } catch (IOException notNow) {
            // Another process makes it, the disk is full, or nobody may write here: a later start tries again.
        }
    }

    /** Reads the list of a running server, whose last line may be incomplete. */
    private static List<String> recorded(Path list) throws IOException {
        if (!Files.exists(list)) {
            return List.of();
        }
        String text = Files.readString(list, UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                // A class of another loader; numbers of classes differ from server to server.
                .filter(line -> !line.contains(" source: "))
                .map(line -> line.startsWith("@") ? line : line.replaceFirst(" id: \\d+.*", ""))
                .toList();
    }

    /** Deletes what other JDKs and interrupted attempts have left. */
    private void deleteUnused() throws IOException {
        for (Path file : siblings(base.orElseThrow())) {
            if (isOlder(file, UNUSED)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isOlder(Path file, Duration age) throws IOException {
        return Files.exists(file)
                && Files.getLastModifiedTime(file)
                        .toInstant()
                        .isBefore(Instant.now().minus(age));
    }

    private static List<Path> siblings(Path base) {
        try (Stream<Path> files = Files.list(base.getParent())) {
            return files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
