package io.github.rocketmigrate.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole Maven inside this JVM, as an IDE or a daemon has it, runs the goals again and again. */
final class EmbeddedMavenIT {
    private static final Path MAVEN = Path.of(System.getProperty("mavenHome"));
    private static final String PLUGIN =
            "io.github.rocketmigrate:migrate-maven-plugin:" + System.getProperty("pluginVersion");
    private static final long THREADS_END_WITHIN_SECONDS = 30;

    @TempDir
    Path folder;

    @Test
    void goalsRunTwiceInOneJvmAndLeaveNoThreadBehind() throws Exception {
        Set<Thread> before = threads();
        for (int run = 0; run < 2; run++) {
            String output = maven(PLUGIN + ":sandbox-start", PLUGIN + ":sandbox-stop");
            assertThat(output)
                    .contains("The sandbox is running (")
                    .contains("Ended destination-a, destination-nameserver, source-a, source-nameserver.");
        }
        assertThat(left(before)).isEmpty();
    }

    /** Runs Maven's own launcher, class loaders and all, and returns what it printed. */
    private String maven(String... goals) throws Exception {
        Path log = folder.resolve("build.log");
        Path settings = folder.resolve("settings.xml");
        String template = Files.readString(Path.of(System.getProperty("settingsFile")), UTF_8);
        Files.writeString(
                settings,
                template.replace(
                        "@localRepositoryUrl@",
                        Path.of(System.getProperty("localRepository")).toUri().toString()),
                UTF_8);
        List<String> arguments = new ArrayList<>(List.of(
                "-B",
                "-ntp",
                "-l",
                log.toString(),
                "-s",
                settings.toString(),
                "-Dmaven.repo.local=" + System.getProperty("installedRepository")));
        arguments.addAll(List.of(goals));

        Properties properties = (Properties) System.getProperties().clone();
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        try (URLClassLoader worlds =
                new URLClassLoader(new URL[] {classWorlds()}, ClassLoader.getPlatformClassLoader())) {
            System.setProperty("maven.home", MAVEN.toString());
            System.setProperty("maven.multiModuleProjectDirectory", folder.toString());
            System.setProperty("classworlds.conf", MAVEN.resolve("bin/m2.conf").toString());
            System.setProperty("user.dir", folder.toString());
            Thread.currentThread().setContextClassLoader(worlds);
            Object status = worlds.loadClass("org.codehaus.plexus.classworlds.launcher.Launcher")
                    .getMethod("mainWithExitCode", String[].class)
                    .invoke(null, (Object) arguments.toArray(String[]::new));
            assertThat(status).describedAs(Files.readString(log, UTF_8)).isEqualTo(0);
        } finally {
            Thread.currentThread().setContextClassLoader(loader);
            System.setProperties(properties);
        }
        return Files.readString(log, UTF_8);
    }

    private static URL classWorlds() throws Exception {
        try (Stream<Path> boot = Files.list(MAVEN.resolve("boot"))) {
            return boot.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow()
                    .toUri()
                    .toURL();
        }
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** The threads that are still there when those that were about to end have had the time to. */
    private static Set<Thread> left(Set<Thread> before) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(THREADS_END_WITHIN_SECONDS);
        Set<Thread> left;
        do {
            TimeUnit.MILLISECONDS.sleep(100);
            left = threads();
            left.removeAll(before);
            // The JDK's own: they wait a minute for the next process to watch, or as long as the JVM lives.
            left.removeIf(thread ->
                    Set.of("process reaper", "CompletableFutureDelayScheduler").contains(thread.getName()));
        } while (!left.isEmpty() && System.nanoTime() < deadline);
        return left;
    }
}
