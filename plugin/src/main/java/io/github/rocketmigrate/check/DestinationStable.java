package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MaintenanceWindow;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Nobody is restarting or updating the destination's brokers, and all of them can be written. */
final class DestinationStable implements Check {
    private static final int READ_AND_WRITE = 6;

    @Override
    public CheckName name() {
        return CheckName.DESTINATION_STABLE;
    }

    @Override
    public Verdict judge(Situation situation) {
        SortedSet<ServerVersion> versions = situation.destination().versions();
        if (versions.size() > 1) {
            return new Failed(
                    "the destination's brokers run different releases: "
                            + versions.stream().map(ServerVersion::toString).collect(joining(", ")),
                    "Wait until its update is done; during one, creating topics fails and messages are doubled.");
        }
        List<String> closed = situation
                .destination()
                .masters()
                .filter(broker -> !isOpen(broker))
                .map(Broker::name)
                .toList();
        if (!closed.isEmpty()) {
            return new Failed(
                    "the destination's broker " + String.join(", ", closed) + " is not open for reading and writing",
                    "Set its brokerPermission to 6.");
        }
        Optional<MaintenanceWindow> window =
                situation.plan().traits().maintenance().map(MaintenanceWindow::of);
        if (window.filter(it -> it.holds(situation.measured())).isPresent()) {
            return new Failed(
                    "it is " + window.get().timeAt(situation.measured()) + ", inside the destination's maintenance"
                            + " window " + window.get(),
                    "Run again after " + window.get().end() + ".");
        }
        return new Passed("its brokers all run " + versions.first()
                + window.map(it -> ", and it is outside the window " + it).orElse(""));
    }

    private static boolean isOpen(Broker broker) {
        String permission = broker.settings().getOrDefault("brokerPermission", "6");
        return permission.matches("\\d{1,3}") && (Integer.parseInt(permission) & READ_AND_WRITE) == READ_AND_WRITE;
    }
}
