package io.github.rocketmigrate.mojo;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.sandbox.SandboxProgress;
import io.github.rocketmigrate.sandbox.ServerJars;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.execution.MavenSession;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.resolution.DependencyResult;
import org.eclipse.aether.transfer.AbstractTransferListener;
import org.eclipse.aether.transfer.TransferEvent;

/** Resolves the jars of RocketMQ's servers through Maven, with its mirrors, proxies and offline mode. */
final class MavenServerJars implements ServerJars {
    private static final String GROUP = "org.apache.rocketmq";

    private final RepositorySystem repositories;
    private final MavenSession session;
    private final SandboxProgress progress;

    MavenServerJars(RepositorySystem repositories, MavenSession session, SandboxProgress progress) {
        this.repositories = repositories;
        this.session = session;
        this.progress = progress;
    }

    /** Adds up what is downloaded; several files are transferred at a time. */
    private static final class Downloads extends AbstractTransferListener {
        private final SandboxProgress progress;
        private int files;
        private long bytes;

        Downloads(SandboxProgress progress) {
            this.progress = progress;
        }

        @Override
        public synchronized void transferSucceeded(TransferEvent event) {
            files++;
            bytes += event.getTransferredBytes();
            progress.downloading(files, bytes);
        }

        synchronized void end() {
            if (files > 0) {
                progress.downloaded(files, bytes);
            }
        }
    }

    @Override
    public List<Path> resolve(ServerVersion version) {
        List<RemoteRepository> remotes = session.getCurrentProject().getRemotePluginRepositories();
        List<Dependency> wanted = ARTIFACTS.stream()
                .map(artifact ->
                        new Dependency(new DefaultArtifact(GROUP, artifact, "jar", version.toString()), "runtime"))
                .toList();
        CollectRequest request = new CollectRequest(wanted, List.of(), remotes);
        Downloads downloads = new Downloads(progress);
        try {
            DependencyResult result = repositories.resolveDependencies(
                    withoutDeclaredRepositories().setTransferListener(downloads), new DependencyRequest(request, null));
            downloads.end();
            return result.getArtifactResults().stream()
                    .map(found -> found.getArtifact().getFile().toPath())
                    .toList();
        } catch (DependencyResolutionException e) {
            throw unresolved(version, e);
        }
    }

    /** Ignores the snapshot repositories that RocketMQ's POMs declare, so that only the user's are asked. */
    private DefaultRepositorySystemSession withoutDeclaredRepositories() {
        return new DefaultRepositorySystemSession(session.getRepositorySession())
                .setIgnoreArtifactDescriptorRepositories(true);
    }

    private Fault unresolved(ServerVersion version, DependencyResolutionException e) {
        String coordinates = ARTIFACTS.stream()
                .map(artifact -> GROUP + ":" + artifact + ":" + version)
                .collect(joining(", "));
        String nextStep = session.isOffline()
                ? "Maven is offline. Run once without -o to download the jars."
                : "Check that this version is released and that one of the build's plugin repositories has it.";
        return new Fault(
                "RocketMQ " + version + " cannot be resolved: " + coordinates + ". " + e.getMessage(), nextStep, e);
    }
}
