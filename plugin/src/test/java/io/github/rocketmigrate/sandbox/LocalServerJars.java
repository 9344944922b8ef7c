package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ServerVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.internal.impl.DefaultLocalPathComposer;
import org.eclipse.aether.internal.impl.SimpleLocalRepositoryManagerFactory;
import org.eclipse.aether.repository.LocalRepository;
import org.eclipse.aether.repository.NoLocalRepositoryManagerException;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.util.repository.SimpleArtifactDescriptorPolicy;

/** Resolves the servers' jars from the local repository, which the build filled before the tests. */
public final class LocalServerJars implements ServerJars {
    /** A JVM of tests starts many sandboxes, and nothing in the local repository changes meanwhile. */
    private static final Map<ServerVersion, List<Path>> RESOLVED = new ConcurrentHashMap<>();

    @Override
    public List<Path> resolve(ServerVersion version) {
        return RESOLVED.computeIfAbsent(version, it -> resolve(it, ARTIFACTS));
    }

    /** The jars of a release for its clients: those of its servers if they are here, because their classes are archived. */
    public List<Path> resolveClient(ServerVersion version) {
        Path server = Path.of(
                System.getProperty("localRepository"),
                "org/apache/rocketmq/rocketmq-broker/%1$s/rocketmq-broker-%1$s.jar".formatted(version));
        return Files.exists(server) ? resolve(version) : resolve(version, List.of("rocketmq-client"));
    }

    /** The JVM options of a process whose class path begins with {@code jars}: it starts from their archive, if there is one. */
    public static List<String> archiveOptions(List<Path> jars) {
        return ClassArchive.of(jars)
                .file()
                .map(archive -> List.of("-Xlog:disable", "-XX:SharedArchiveFile=" + archive))
                .orElse(List.of());
    }

    /** Resolves artifacts of RocketMQ with their runtime dependencies. */
    static List<Path> resolve(ServerVersion version, List<String> artifacts) {
        RepositorySystem repositories = new RepositorySystemSupplier().get();
        try {
            DefaultRepositorySystemSession session = MavenRepositorySystemUtils.newSession();
            // The simple manager ignores from which remote repository a file came.
            session.setLocalRepositoryManager(new SimpleLocalRepositoryManagerFactory(new DefaultLocalPathComposer())
                    .newInstance(session, new LocalRepository(System.getProperty("localRepository"))));
            session.setOffline(true);
            session.setSystemProperties(System.getProperties());
            // POMs of versions that lose a conflict may be missing; their jars are not needed.
            session.setArtifactDescriptorPolicy(new SimpleArtifactDescriptorPolicy(true, false));
            List<Dependency> wanted = artifacts.stream()
                    .map(artifact -> new Dependency(
                            new DefaultArtifact("org.apache.rocketmq", artifact, "jar", version.toString()), "runtime"))
                    .toList();
            CollectRequest request = new CollectRequest(wanted, List.of(), List.of());
            return repositories
                    .resolveDependencies(session, new DependencyRequest(request, null))
                    .getArtifactResults()
                    .stream()
                    .map(found -> found.getArtifact().getFile().toPath())
                    .toList();
        } catch (DependencyResolutionException | NoLocalRepositoryManagerException e) {
            throw new IllegalStateException("Run `mvn verify` once: it downloads RocketMQ " + version + ".", e);
        } finally {
            repositories.shutdown();
        }
    }
}
