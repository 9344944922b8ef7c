package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import org.apache.maven.plugins.annotations.Parameter;

/** What the goals that stop and start one server of a sandbox have in common. */
abstract class SandboxServerMojo extends BuildSandboxMojo {
    /**
     * Name of the server: {@code source-nameserver}, {@code source-a}, {@code destination-nameserver},
     * {@code destination-a} and so on, or {@code shop} for its applications. The name of its folder in
     * {@code target/migrate/sandbox} is the same.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.sandbox.server")
    private String server;

    final String server() {
        return ParameterValues.given(server)
                .orElseThrow(() -> new Fault(
                        "migrate.sandbox.server is not set.",
                        "Name a server of the sandbox, for example -Dmigrate.sandbox.server=source-a"));
    }
}
