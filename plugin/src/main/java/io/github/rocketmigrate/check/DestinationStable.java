package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.check.Verdict.Passed;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MaintenanceWindow;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Stream;

/** Nobody is restarting or updating the destination's brokers, and all of them can be written. */
final class DestinationStable implements Check {
    @Override
    public CheckName name() {
        return CheckName.DESTINATION_STABLE;
    }

    @Override
    public Verdict judge(Situation situation) {
        List<Failed> failures = Stream.of(releases(situation), closed(situation), maintenance(situation))
                .flatMap(Optional::stream)
                .toList();
        return failures.isEmpty()
                ? new Passed("its brokers all run "
                        + situation.destination().versions().first()
                        + window(situation)
                                .map(it -> ", and it is outside the window " + it)
                                .orElse(""))
                : new Failed(
                        failures.stream().map(Failed::what).collect(joining("; ")),
                        failures.stream().map(Failed::fix).collect(joining(" ")));
    }

    private static Optional<Failed> releases(Situation situation) {
        SortedSet<ServerVersion> versions = situation.destination().versions();
        return versions.size() <= 1
                ? Optional.empty()
                : Optional.of(new Failed(
                        "the destination's brokers run different releases: "
                                + versions.stream().map(ServerVersion::toString).collect(joining(", ")),
                        "Wait until its update is done; during one, creating topics fails and messages are doubled."));
    }

    private static Optional<Failed> closed(Situation situation) {
        List<String> closed = situation
                .destination()
                .masters()
                .filter(broker -> broker.access() != Access.READ_WRITE)
                .map(Broker::name)
                .toList();
        return closed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Failed(
                        "the destination's broker " + String.join(", ", closed)
                                + " is not open for reading and writing",
                        "Set its brokerPermission to 6."));
    }

    private static Optional<Failed> maintenance(Situation situation) {
        return window(situation)
                .filter(window -> window.holds(situation.measured()))
                .map(window -> new Failed(
                        "it is " + window.timeAt(situation.measured())
                                + ", inside the destination's maintenance window " + window,
                        "Run again after " + window.end() + "."));
    }

    private static Optional<MaintenanceWindow> window(Situation situation) {
        return situation.plan().traits().maintenance().map(MaintenanceWindow::of);
    }
}
