package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of the file from which servers start: recorded, made once, used while it is whole and fits. */
final class ClassArchiveTest {
    @TempDir
    Path root;

    private Path repository;
    private Path server;
    private Path jar;

    @BeforeEach
    void aJarAndAServerThatHasRecorded() throws IOException {
        repository = Files.createDirectories(root.resolve("repository of R&D"));
        server = Files.createDirectories(root.resolve("source-a"));
        jar = repository.resolve("rocketmq-broker-5.5.0.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            String entry = Packed.class.getName().replace('.', '/') + ".class";
            out.putNextEntry(new JarEntry(entry));
            out.write(Packed.class.getClassLoader().getResourceAsStream(entry).readAllBytes());
        }
        String own = Packed.class.getName().replace('.', '/');
        Files.writeString(
                server.resolve(ClassArchive.CLASSES),
                "java/lang/Object id: 0\n" + own + " id: 1\norg/gone/Missing id: 2\njava/lang/Str",
                UTF_8);
    }

    /** The class in the jar. */
    private record Packed(int number) {}

    @Test
    void isMadeOnceFromWhatServersRecordedAndJvmsStartFromIt() throws Exception {
        assertThat(archive().jvmOptions(server))
                .containsExactly("-XX:DumpLoadedClassList=" + server.resolve(ClassArchive.CLASSES));

        // Several builds start a sandbox at the same time.
        IntStream.range(0, 4).parallel().forEach(i -> archive().make(List.of(server)));
        Eventually.holds(
                "the archive is whole",
                () -> archive().file().isPresent() && files("").size() == 2);

        Path made = archive().file().orElseThrow();
        assertThat(files(".jsa")).containsExactly(made);
        assertThat(archive().jvmOptions(server)).containsExactly("-XX:SharedArchiveFile=" + made);
        assertThat(run("-Xshare:on", "-XX:SharedArchiveFile=" + made)).isZero();

        archive().make(List.of(server));
        assertThat(files("")).describedAs("nothing is made again").containsExactlyInAnyOrder(jar, made);
    }

    /** A JVM that maps a file without its end crashes. */
    @Test
    void aFileWithoutItsEndIsNotUsed() throws Exception {
        Path whole = madeUp(1_000);
        assertThat(archive().file()).contains(whole);

        try (RandomAccessFile file = new RandomAccessFile(whole.toFile(), "rw")) {
            file.setLength(999);
        }
        assertThat(archive().jvmOptions(server).toString()).contains("DumpLoadedClassList");
    }

    @Test
    void anotherJarNeedsAnotherArchive() throws Exception {
        madeUp(1_000);
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minus(Duration.ofDays(1))));
        assertThat(archive().file()).isEmpty();
    }

    @Test
    void anAttemptThatWasKilledIsRepeatedLater() throws Exception {
        Path claim = claim();
        Files.writeString(claim, "java/lang/Object\n", UTF_8);
        archive().make(List.of(server));
        assertThat(Files.readString(claim, UTF_8))
                .describedAs("another process is making it")
                .isEqualTo("java/lang/Object\n");

        Files.setLastModifiedTime(claim, FileTime.from(Instant.now().minus(Duration.ofMinutes(11))));
        archive().make(List.of(server));
        Eventually.holds(
                "the archive is whole",
                () -> archive().file().isPresent() && files("").size() == 2);
    }

    @Test
    void whatNobodyUsesAnyLongerIsDeleted() throws Exception {
        Path old = Files.writeString(repository.resolve("sandbox-0123456789abcdef-4.jsa"), "old", UTF_8);
        Path used = Files.writeString(repository.resolve("sandbox-fedcba9876543210-4.jsa"), "used", UTF_8);
        Path killed = Files.writeString(repository.resolve("sandbox-0123456789abcdef.17.part"), "killed", UTF_8);
        for (Path file : List.of(old, killed, jar)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(31))));
        }
        Files.writeString(claim(), "another process makes it", UTF_8);
        archive().make(List.of(server));
        assertThat(old).doesNotExist();
        assertThat(killed).doesNotExist();
        assertThat(used).exists();
        assertThat(jar).exists();
    }

    @Test
    void jarsThatAreGoneHaveNoArchive() throws Exception {
        Files.delete(jar);
        assertThat(archive().jvmOptions(server)).isEmpty();
        archive().make(List.of(server));
        assertThat(files("")).isEmpty();
    }

    private ClassArchive archive() {
        return ClassArchive.of(List.of(jar));
    }

    /** A file with the name that the archive would have with this size. */
    private Path madeUp(int size) throws IOException {
        Path part = Files.write(root.resolve("part"), new byte[size]);
        return Files.move(part, ClassArchive.whole(base(), part));
    }

    private Path claim() {
        return ArchiveMain.claim(base());
    }

    private Path base() {
        return ClassArchive.base(List.of(jar)).orElseThrow();
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(repository)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private int run(String... options) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Stream<String> command = Stream.of(
                        Stream.of(java),
                        Stream.of(options),
                        Stream.of("-XX:+UseSerialGC", "-cp", jar + File.pathSeparator + server))
                .flatMap(it -> it);
        return new ProcessBuilder(Stream.concat(command, Stream.of("-version")).toList())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("java.out").toFile())
                .start()
                .waitFor();
    }
}
