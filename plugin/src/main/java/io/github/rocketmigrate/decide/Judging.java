package io.github.rocketmigrate.decide;

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
                    judgements.addAll(checks.ofTopic(topic, rung, Due.before(rung)));
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

    /** Where fences need not wait, what was found in front of them is told all the same. */
    public static List<Judgement> overruled(List<Judgement> judgements, Set<String> topics) {
        return judgements.stream()
                .map(judgement -> isInFront(judgement)
                                && judgement.topic().filter(topics::contains).isPresent()
                        ? new Judgement(
                                judgement.check(),
                                judgement.topic(),
                                new Overruled(judgement.verdict(), "-Dmigrate.allowReordering"))
                        : judgement)
                .toList();
    }

    private static boolean isInFront(Judgement judgement) {
        return !judgement.verdict().letsPass()
                && (judgement.check() == CheckName.SOURCE_QUIET || judgement.check() == CheckName.SOURCE_DRAINED);
    }
}
