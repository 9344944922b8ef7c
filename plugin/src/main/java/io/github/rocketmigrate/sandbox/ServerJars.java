package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.ServerVersion;
import java.nio.file.Path;
import java.util.List;

/** Where the jars of the servers come from. */
@FunctionalInterface
public interface ServerJars {
    /** The artifacts that make up a RocketMQ cluster, all of group {@code org.apache.rocketmq}. */
    List<String> ARTIFACTS = List.of("rocketmq-namesrv", "rocketmq-broker");

    /** {@link #ARTIFACTS} in {@code version} with all that they need at run time. */
    List<Path> resolve(ServerVersion version);
}
