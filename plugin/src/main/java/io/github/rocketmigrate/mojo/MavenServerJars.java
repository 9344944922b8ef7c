package io.github.rocketmigrate.mojo;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.sandbox.ServerJars;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;

/** Gets the servers' jars the way Maven gets everything: local repository, mirrors, proxies, offline mode. */
final class MavenServerJars implements ServerJars {
    private static final String GROUP = "org.apache.rocketmq";

    private final RepositorySystem repositories;
    private final MavenSession session;

    MavenServerJars(RepositorySystem repositories, MavenSession session) {
        this.repositories = repositories;
        this.session = session;
    }

    @Override
    public List<Path> resolve(ServerVersion version) {
        List<RemoteRepository> remotes = session.getCurrentProject().getRemotePluginRepositories();
        List<Dependency> wanted = ARTIFACTS.stream()
                .map(artifact ->
                        new Dependency(new DefaultArtifact(GROUP, artifact, "jar", version.toString()), "runtime"))
                .toList();
        CollectRequest request = new CollectRequest(wanted, List.of(), remotes);
        try {
            DependencyResult result =
                    repositories.resolveDependencies(withoutStrangers(), new DependencyRequest(request, null));
            return result.getArtifactResults().stream()
                    .map(found -> found.getArtifact().getFile().toPath())
                    .toList();
        } catch (DependencyResolutionException e) {
            throw unresolved(version, e);
        }
    }

    /** RocketMQ's POMs name repositories of snapshots; only those that the user's build knows are asked. */
    private RepositorySystemSession withoutStrangers() {
        return new DefaultRepositorySystemSession(session.getRepositorySession())
                .setIgnoreArtifactDescriptorRepositories(true);
    }

    private Fault unresolved(ServerVersion version, DependencyResolutionException e) {
        String coordinates = ARTIFACTS.stream()
                .map(artifact -> GROUP + ":" + artifact + ":" + version)
                .collect(joining(", "));
        String nextStep = session.isOffline()
                ? "Maven is offline: run once without -o, so that the jars are in the local repository."
                : "Check that the version was released, and that Maven reaches a repository that has it.";
        return new Fault(
                "RocketMQ " + version + " cannot be resolved: " + coordinates + "\n" + e.getMessage(), nextStep, e);
    }
}
