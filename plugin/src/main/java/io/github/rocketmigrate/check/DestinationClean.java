package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.JOIN;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Names;
import java.util.Set;
import java.util.TreeSet;

/** When clusters join, topics of one name become one topic with the queues of both. */
final class DestinationClean implements ClusterCheck {
    private static final int MOST_NAMED = 5;

    @Override
    public String name() {
        return "destination-clean";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String passesWhen() {
        return "before the first join no planned topic is at the destination, and no topic outside the "
                + "plan is in both clusters";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(JOIN);
    }

    @Override
    public Findings judge(Situation situation) {
        Set<String> there = situation.destination().topics();
        // Once brokers have joined, planned topics come to the destination as they step. A join that was lost at the
        // restart of the last of them is made again, or what has moved would be cut off from the source.
        boolean first = !situation.isAnyJoined()
                && situation.recorded().joined().isEmpty()
                && situation
                        .plan()
                        .topics()
                        .noneMatch(topic -> hasMoved(topic.name().value(), situation));
        Set<String> planned = situation
                .plan()
                .topics()
                .map(topic -> topic.name().value())
                .filter(name -> first && there.contains(name))
                .collect(toCollection(TreeSet::new));
        Set<String> both = new TreeSet<>(there);
        both.retainAll(situation.source().topics());
        situation.plan().topics().forEach(topic -> both.remove(topic.name().value()));
        if (planned.isEmpty() && both.isEmpty()) {
            return Findings.passed("no topic of the source is at the destination yet");
        }
        if (planned.isEmpty() && haveAllJoinedBefore(situation)) {
            return Findings.passed("its brokers join again, and clients have missed them since; "
                    + topics(both.size()) + " that the plan does not know in both clusters: "
                    + Names.of(both, MOST_NAMED));
        }
        return new Findings()
                .failed(
                        planned.isEmpty()
                                ? topics(both.size()) + " that the plan does not know in both clusters: "
                                        + Names.of(both, MOST_NAMED)
                                : topics(planned.size()) + " of the plan at the destination already: "
                                        + Names.of(planned, MOST_NAMED),
                        "Joined, these would become one topic each with the queues of both clusters. Delete or rename them"
                                + " at the destination first.");
    }

    /** A topic that cannot be written in the source any more says that brokers had joined, if nobody remembers it. */
    private static boolean hasMoved(String topic, Situation situation) {
        return situation.source().topic(topic).values().stream()
                .anyMatch(settings -> !settings.access().isWritable());
    }

    /** A join that was lost has cut clients off: to make it again is less bad than whatever came in between. */
    private static boolean haveAllJoinedBefore(Situation situation) {
        return situation
                .source()
                .servers()
                .filter(server -> !situation.isJoined(server))
                .allMatch(server -> situation.recorded().joined().contains(server.name()));
    }

    private static String topics(int count) {
        return count == 1 ? "there is 1 topic" : "there are " + count + " topics";
    }
}
