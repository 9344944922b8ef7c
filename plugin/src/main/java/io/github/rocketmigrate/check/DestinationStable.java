package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.JOIN;
import static io.github.rocketmigrate.model.Purpose.LEAVE_BEHIND;
import static io.github.rocketmigrate.model.Purpose.LEAVE_JOIN;
import static io.github.rocketmigrate.model.Purpose.LEAVE_SOURCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_BOTH;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;
import static io.github.rocketmigrate.model.Purpose.WRITE_OBJECTS;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MaintenanceWindow;
import io.github.rocketmigrate.text.Counts;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/** While the destination is updated or restarted, creating topics fails and messages are delivered twice. */
final class DestinationStable implements ClusterCheck {
    @Override
    public String name() {
        return "destination-stable";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "the destination's brokers run one version and are open for reading and writing, and the "
                + "time is outside `maintenance`";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(
                WRITE_OBJECTS, JOIN, LEAVE_JOIN, LEAVE_SOURCE, OPEN_BOTH, TO_DESTINATION, CLOSE_FENCE, LEAVE_BEHIND);
    }

    @Override
    public Findings judge(Situation situation) {
        Findings findings = new Findings();
        versions(situation, findings);
        closed(situation, findings);
        maintenance(situation, findings);
        return findings.all().isEmpty()
                ? findings.elsePassed("all brokers run "
                        + situation.destination().versions().first()
                        + window(situation)
                                .map(it -> "; the time is outside the window " + it)
                                .orElse(""))
                : findings;
    }

    private static void versions(Situation situation, Findings findings) {
        SortedSet<ServerVersion> versions = situation.destination().versions();
        if (versions.size() > 1) {
            findings.failed(
                    "the destination's brokers run different versions: "
                            + versions.stream().map(ServerVersion::toString).collect(joining(", ")),
                    "Wait until the update is complete: until then, creating topics fails and messages are delivered"
                            + " twice.");
        }
    }

    private static void closed(Situation situation, Findings findings) {
        List<String> closed = situation
                .destination()
                .masters()
                .filter(broker -> broker.access() != Access.READ_WRITE)
                .map(Broker::name)
                .toList();
        if (!closed.isEmpty()) {
            findings.failed(
                    Counts.of(closed.size(), "broker") + " of the destination " + Counts.isOrAre(closed.size())
                            + " not open for reading and writing: " + String.join(", ", closed),
                    "Set brokerPermission to 6 there.");
        }
    }

    private static void maintenance(Situation situation, Findings findings) {
        window(situation)
                .filter(window -> window.holds(situation.readAt()))
                .ifPresent(window -> findings.failed(
                        "it is " + window.timeAt(situation.readAt()) + ", inside the destination's maintenance window "
                                + window,
                        "Run again after " + window.end() + "."));
    }

    private static Optional<MaintenanceWindow> window(Situation situation) {
        return situation.plan().traits().maintenance().map(MaintenanceWindow::of);
    }
}
