package io.github.rocketmigrate.sandbox;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A sandbox some of whose servers run.
 *
 * @param down the names of the servers that do not run
 */
public record SandboxState(Endpoints endpoints, List<String> down) {
    public SandboxState {
        requireNonNull(endpoints, "endpoints is null");
        down = List.copyOf(down);
    }

    public boolean isWhole() {
        return down.isEmpty();
    }
}
