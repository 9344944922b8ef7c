package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Every master of an earlier run is there, for a name server forgets a broker the moment it dies; and the masters that
 * have the topic give the same access to it.
 */
final class BrokersPresent implements Check {
    private static final Set<Purpose> BEFORE =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(Purpose.WRITE_OBJECTS, Purpose.JOIN)));

    @Override
    public String name() {
        return "brokers-present";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String passesWhen() {
        return "every name server lists every master of earlier runs, and all masters of a cluster give "
                + "the topic the same access; checked whatever is planned while a master of an earlier run "
                + "is missing";
    }

    @Override
    public Set<Purpose> before() {
        return BEFORE;
    }

    /** What an absent broker holds is not seen: nothing can be said of the cluster as a whole. */
    @Override
    public boolean isDueAnyway(Situation situation) {
        return Arrays.stream(Side.values())
                .anyMatch(side -> !situation.absent(side).isEmpty());
    }

    @Override
    public Findings judge(Situation situation, Optional<TopicStep> step) {
        Findings findings = new Findings();
        absent(situation, findings);
        // Finishing a half-made write is what brings masters that disagree to one access.
        step.filter(it -> !it.rung().isFor(Purpose.FINISH)).ifPresent(it -> accesses(it, findings));
        int recorded = situation.recorded().mastersOf(Side.SOURCE).size()
                + situation.recorded().mastersOf(Side.DESTINATION).size();
        return findings.elsePassed(
                recorded == 0
                        ? "no earlier run has recorded any"
                        : "all " + recorded + " of earlier runs are at every name server");
    }

    private static void absent(Situation situation, Findings findings) {
        List<String> gone = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Side side : Side.values()) {
            SortedSet<String> absent = situation.absent(side);
            if (!absent.isEmpty()) {
                gone.add("the " + side.word() + "'s " + String.join(", ", absent));
                names.addAll(absent);
            }
        }
        if (!gone.isEmpty()) {
            findings.failed(
                    String.join(" and ", gone) + " took part in an earlier run, and not every name server lists "
                            + (names.size() == 1 ? "it" : "them") + " now",
                    "Start " + (names.size() == 1 ? "it" : "them")
                            + "; or, if taken out for good: mvn migrate:apply -Dmigrate.forgetBrokers="
                            + String.join(",", names));
        }
    }

    private static void accesses(TopicStep step, Findings findings) {
        for (Side side : Side.values()) {
            SortedMap<String, TopicSettings> found = step.situation().at(side).topic(step.name());
            SortedMap<String, String> accesses = new TreeMap<>();
            found.forEach((broker, topic) -> accesses.put(broker, topic.access().word()));
            if (accesses.values().stream().distinct().count() > 1) {
                findings.failed(
                        "the " + side.word() + "'s masters give different access to it: "
                                + accesses.entrySet().stream()
                                        .map(broker -> broker.getKey() + " " + broker.getValue())
                                        .collect(joining(", ")),
                        "Give it the same permission on all of them.");
            }
        }
    }
}
