package io.github.rocketmigrate.decide;

import static java.util.stream.Collectors.toMap;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.check.Checks;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict.Overruled;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import java.util.ArrayList;
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
        Set<Purpose> purposes = EnumSet.noneOf(Purpose.class);
        Map<String, PlannedTopic> topics =
                situation.scope().topics().stream().collect(toMap(PlannedTopic::name, Function.identity()));
        List<Judgement> judgements = new ArrayList<>();
        for (Change change : changes.changes()) {
            switch (change.kind()) {
                case CREATE_TOPIC, CREATE_GROUP, ALIGN_TOPIC, ALIGN_GROUP -> purposes.add(Purpose.WRITE_OBJECTS);
                case JOIN_BROKER -> purposes.add(Purpose.JOIN);
                case LEAVE_BROKER -> purposes.add(Purpose.LEAVE_JOIN);
                case MOVE_TOPIC -> {
                    Rung rung = ((Change.MoveTopic) change).rung();
                    PlannedTopic topic = topics.get(change.subject().name());
                    judgements.addAll(checks.ofTopic(topic, rung));
                }
            }
        }
        judgements.addAll(0, checks.ofClusters(purposes));
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
        return !judgement.verdict().letsPass() && judgement.check().canBeOverruled();
    }
}
