package io.github.rocketmigrate.check;

import io.github.rocketmigrate.check.Verdict.Failed;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Rung.Purpose;
import io.github.rocketmigrate.model.Side;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Every master is there, and those that have the topic give the same access to it. */
final class TopicPresent implements TopicCheck {
    private final BrokersPresent brokers = new BrokersPresent();

    @Override
    public CheckName name() {
        return CheckName.BROKERS_PRESENT;
    }

    @Override
    public boolean looksAtTraffic() {
        return false;
    }

    @Override
    public Findings judge(TopicStep move) {
        Findings findings = new Findings();
        Verdict present = brokers.judge(move.situation());
        if (present instanceof Failed failed) {
            findings.failed(failed.what(), failed.fix());
        }
        for (Side side : Side.values()) {
            SortedMap<String, TopicSettings> found = move.situation().at(side).topic(move.name());
            SortedMap<String, String> accesses = new TreeMap<>();
            found.forEach((broker, topic) -> accesses.put(broker, topic.access().word()));
            if (!mends(move.rung()) && accesses.values().stream().distinct().count() > 1) {
                findings.failed(
                        "the " + side.word() + "'s masters give different access to it: "
                                + accesses.entrySet().stream()
                                        .map(broker -> broker.getKey() + " " + broker.getValue())
                                        .collect(Collectors.joining(", ")),
                        "Give it the same permission on all of them.");
            }
        }
        return findings.elsePassed(present.what());
    }

    /** Whether a step brings masters that disagree to one access. */
    private static boolean mends(Rung rung) {
        return rung instanceof Rung.Writes writes && writes.purpose() == Purpose.FINISH;
    }
}
