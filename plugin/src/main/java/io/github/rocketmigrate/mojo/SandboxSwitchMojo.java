package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Shop;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Restarts the applications of the sandbox's shop with the destination's name servers, as their owners do in a migration
 * after the join. Or takes them offline, as if they had failed, and starts them again.
 *
 * <p>The consumers restart first, one member of each group after the other, then the producers. The rest of the sandbox
 * keeps running.
 *
 * @since 0.1.0
 */
@Mojo(name = "sandbox-switch", requiresProject = false, threadSafe = true)
public class SandboxSwitchMojo extends BuildSandboxMojo {
    private static final String TO = "migrate.sandbox.to";
    private static final String APPLICATIONS = "migrate.sandbox.applications";

    /**
     * Side whose name servers the applications use after the restart: {@code destination} or, for the way back,
     * {@code source}. With {@code offline}, the applications stop. With {@code online}, those that are offline start again
     * with the name servers that each of them had.
     *
     * @since 0.1.0
     */
    @Parameter(property = TO, defaultValue = "destination")
    private String to;

    /**
     * Applications to restart, separated by commas: names of groups for their consumers, names of topics for their
     * producers, {@code consumers} or {@code producers}. Default: all.
     *
     * @since 0.1.0
     */
    @Parameter(property = APPLICATIONS)
    private String applications;

    @Override
    void run() {
        switch (to) {
            case "offline" -> text().offline(sandbox().stopApplications(selected()), start());
            case "online" -> text().online(sandbox().startApplications(selected()));
            default -> {
                Side side = side();
                text().switched(sandbox().switchApplications(selected(), side), side);
            }
        }
    }

    private Side side() {
        return Arrays.stream(Side.values())
                .filter(side -> side.word().equals(to))
                .findFirst()
                .orElseThrow(() -> new Fault(
                        TO + "=" + to + " is neither a side nor a state.",
                        "Set source, destination, offline or online."));
    }

    private String start() {
        String command = "mvn migrate:sandbox-switch -D" + TO + "=online";
        String names = String.join(",", ParameterValues.names(applications));
        return names.isEmpty() ? command : command + " -D" + APPLICATIONS + "=" + names;
    }

    private List<String> selected() {
        Set<String> names = ParameterValues.names(applications);
        if (names.isEmpty()) {
            return Shop.applications();
        }
        List<String> selected = new ArrayList<>();
        for (String name : names) {
            selected.addAll(
                    switch (name) {
                        case "consumers" -> Shop.consumers();
                        case "producers" -> Shop.producers();
                        default -> List.of(known(name));
                    });
        }
        return selected;
    }

    private static String known(String name) {
        if (!Shop.applications().contains(name)) {
            throw new Fault(
                    APPLICATIONS + " names '" + name + "', which is no application of the shop.",
                    "Name consumers, producers, or some of: " + String.join(", ", Shop.applications()) + ".");
        }
        return name;
    }
}
