package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.check.Checks;
import io.github.rocketmigrate.check.Due;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict.Overruled;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Knows which checks stand before which changes: changes do not know of checks, nor checks of changes. */
public final class Judging {
    private Judging() {}

    /** Makes the checks that stand before the changes, and no others. */
    public static List<Judgement> of(Situation situation, ChangeSet changes) {
        Checks checks = new Checks(situation);
        Set<CheckName> ofClusters = EnumSet.noneOf(CheckName.class);
        Map<String, PlannedTopic> topics =
                situation.scope().topics().stream().collect(toMap(PlannedTopic::name, Function.identity()));
        List<Judgement> judgements = new ArrayList<>();
        for (Change change : changes.changes()) {
            switch (change.kind()) {
                case CREATE_TOPIC, CREATE_GROUP, ALIGN_TOPIC, ALIGN_GROUP -> ofClusters.addAll(Due.beforeMetadata());
                case JOIN_BROKER -> ofClusters.addAll(Due.beforeJoining());
                case LEAVE_BROKER -> ofClusters.addAll(Due.beforeLeaving());
                case MOVE_TOPIC -> {
                    Rung rung = ((Change.MoveTopic) change).rung();
                    PlannedTopic topic = topics.get(change.subject().name());
                    List<Judgement> ofTopic = checks.ofTopic(topic, rung, Due.before(rung));
                    judgements.addAll(
                            rung instanceof Rung.Wait && mayReorder(situation)
                                    ? overruled(ofTopic, Due.awaited(rung))
                                    : ofTopic);
                }
            }
        }
        // What a broker that is gone has held is not seen: nothing can be said of the cluster as a whole.
        if (Arrays.stream(Side.values())
                .anyMatch(side -> !situation.absent(side).isEmpty())) {
            ofClusters.add(CheckName.BROKERS_PRESENT);
        }
        judgements.addAll(0, checks.ofClusters(ofClusters));
        return judgements;
    }

    /** A fence that need not wait: what was found in front of it is told all the same. */
    private static List<Judgement> overruled(List<Judgement> judgements, Set<CheckName> awaited) {
        return judgements.stream()
                .map(judgement -> awaited.contains(judgement.check())
                                && !judgement.verdict().letsPass()
                        ? new Judgement(
                                judgement.check(),
                                judgement.topic(),
                                new Overruled(judgement.verdict(), "-Dmigrate.allowReordering"))
                        : judgement)
                .toList();
    }

    private static boolean mayReorder(Situation situation) {
        return situation
                .traffic()
                .filter(traffic -> traffic.limits().mayReorder())
                .isPresent();
    }
}
