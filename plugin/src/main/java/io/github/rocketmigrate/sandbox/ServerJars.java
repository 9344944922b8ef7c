package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ServerVersion;
import java.nio.file.Path;
import java.util.List;

/** Finds the jars of the servers: Maven's repositories for users, the local repository for tests. */
@FunctionalInterface
public interface ServerJars {
    /** The artifacts of a RocketMQ cluster, all of group {@code org.apache.rocketmq}. */
    List<String> ARTIFACTS = List.of("rocketmq-namesrv", "rocketmq-broker");

    /** Returns {@link #ARTIFACTS} of this version with their runtime dependencies. */
    List<Path> resolve(ServerVersion version);
}
