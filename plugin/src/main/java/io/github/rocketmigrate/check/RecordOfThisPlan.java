package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.ForeignRecord;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.record.RecordedSource;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.Names;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Two plans of one name would leave each other's join, and delete each other's batches from the record. */
final class RecordOfThisPlan implements ClusterCheck {
    /** The way back and the opening of a fence do not wait for it. */
    private static final Set<Purpose> BEFORE =
            Arrays.stream(Purpose.values()).filter(Purpose::mayWait).collect(toUnmodifiableSet());

    @Override
    public String name() {
        return "record-of-this-plan";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String protects() {
        return "keeps the record and the join of another plan";
    }

    @Override
    public String passesWhen() {
        return "the record under the plan's name is of the plan's source, and the plan has every recorded batch, "
                + "or the objects of this batch";
    }

    @Override
    public Set<Purpose> before() {
        return BEFORE;
    }

    @Override
    public boolean isDueAnyway(Situation situation) {
        return ForeignRecord.in(situation).isPresent();
    }

    @Override
    public boolean isAlarm() {
        return true;
    }

    @Override
    public Findings judge(Situation situation) {
        String name = situation.plan().name().value();
        Findings findings = new Findings();
        Optional<ForeignRecord> foreign = ForeignRecord.in(situation);
        foreign.flatMap(ForeignRecord::source)
                .ifPresent(source -> findings.failed(
                        "the destination's name servers have a record of plan '" + name + "' of another source, "
                                + words(source) + "; the source of this plan is "
                                + words(RecordedSource.of(situation.source())),
                        "Give one of the two plans another name. If the other migration is over, remove its record:"
                                + forget(situation, name)));
        foreign.filter(it -> it.source().isEmpty())
                .ifPresent(it -> findings.failed(
                        "the record of plan '" + name + "' has "
                                + it.batches().entrySet().stream()
                                        .map(batch -> "batch " + batch.getKey() + " with "
                                                + Counts.of(batch.getValue(), "object"))
                                        .collect(joining(", "))
                                + " that this plan does not have",
                        "If another file has the same name, give it another one. If you have taken the objects out of this"
                                + " plan, put them back, or, if they stay where they are, remove them from the record:"
                                + forget(situation, name)));
        return findings.elsePassed("the record under the name of this plan is of no other plan");
    }

    private static String forget(Situation situation, String name) {
        return " " + situation.plan().command("apply", GoalCommand.parameter("forgetPlan", name));
    }

    private static String words(RecordedSource source) {
        return "cluster " + source.cluster() + " with " + Names.of(source.addresses(), Counts.MOST_NAMED);
    }
}
