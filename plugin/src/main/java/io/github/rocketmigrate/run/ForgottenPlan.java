package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.ForeignRecord;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.record.RecordedSource;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.RecordCopy;
import io.github.rocketmigrate.write.RecordKeeper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A plan whose record the user wants to be removed. Of the plan that runs, only what another plan of its name has recorded
 * is removed; of any other plan, everything.
 */
final class ForgottenPlan {
    private final Optional<String> name;
    private final MigrationPlan plan;
    private final Connections clusters;
    /** What another plan has recorded; empty before it was read. */
    private Optional<MigrationRecord> another = Optional.empty();

    private Optional<String> removed = Optional.empty();

    ForgottenPlan(Optional<String> name, MigrationPlan plan, Connections clusters) {
        this.name = requireNonNull(name, "name is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.clusters = requireNonNull(clusters, "clusters is null");
    }

    /** A situation in which the record has been removed. */
    Situation removedFrom(Situation situation) {
        if (name.isEmpty()) {
            return situation;
        }
        return isOfPlan() ? withoutForeign(situation) : withoutAnother(situation, name.get());
    }

    private boolean isOfPlan() {
        return name.filter(plan.name().value()::equals).isPresent();
    }

    private Situation withoutForeign(Situation situation) {
        Optional<ForeignRecord> foreign = ForeignRecord.in(situation);
        foreign.ifPresent(it -> removed = Optional.of(words(
                plan.name().value(),
                it.source(),
                it.batches().keySet().stream().toList(),
                it.batches().values().stream().mapToInt(Integer::intValue).sum())));
        return foreign.map(it -> situation.withRecorded(it.removedFrom(situation.recorded())))
                .orElse(situation);
    }

    private Situation withoutAnother(Situation situation, String other) {
        if (another.isEmpty()) {
            MigrationRecord found =
                    RecordFormat.read(other, clusters.one(Side.DESTINATION, (side, reader) -> reader.notes()));
            another = Optional.of(found);
            if (isAnotherRecorded()) {
                removed = Optional.of(words(
                        other,
                        found.source(),
                        found.batches().keySet().stream().toList(),
                        found.batches().values().stream()
                                .mapToInt(batch -> batch.objects().size())
                                .sum()));
            }
        }
        SortedSet<String> others = new TreeSet<>(situation.recorded().others());
        return others.remove(other)
                ? situation.withRecorded(situation.recorded().withOthers(others))
                : situation;
    }

    private static String words(String plan, Optional<RecordedSource> source, List<String> batches, int objects) {
        return "This run removes from the record of plan '" + plan + "'"
                + source.map(it -> " of source cluster " + it.cluster() + " ("
                                + Names.of(it.addresses(), Counts.MOST_NAMED) + ")")
                        .orElse("")
                + ": "
                + (batches.isEmpty()
                        ? "its masters"
                        : Counts.noun(batches.size(), "batch") + " " + Names.of(batches, Counts.MOST_NAMED) + " with "
                                + Counts.of(objects, "object"))
                + ".";
    }

    /** What is removed, or that nothing is. */
    List<String> words() {
        return name.map(it -> List.of(removed.orElseGet(
                        () -> "forgetPlan names '" + it + "', of which nothing is recorded that is not of this plan.")))
                .orElseGet(List::of);
    }

    /** Whether name servers still have the record of another plan that has to be removed. */
    boolean isAnotherRecorded() {
        return another.filter(found -> !found.equals(MigrationRecord.NOTHING.withOthers(found.others())))
                .isPresent();
    }

    /** Removes the record of another plan with its copy at the source. Returns warnings. */
    List<String> removeAnother() throws InterruptedException {
        List<String> warnings = new ArrayList<>();
        if (isAnotherRecorded()) {
            List<Notes> places = new ArrayList<>(List.of(clusters.destination()));
            Optional.ofNullable(clusters.writers().get(Side.SOURCE)).ifPresent(it -> places.add(new RecordCopy(it)));
            for (Notes place : places) {
                new RecordKeeper(place, name.orElseThrow(), false).forget().ifPresent(warnings::add);
            }
            another = Optional.of(MigrationRecord.NOTHING);
        }
        return warnings;
    }
}
