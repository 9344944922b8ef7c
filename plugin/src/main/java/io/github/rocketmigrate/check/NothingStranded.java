package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.BACK;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import java.util.List;
import java.util.Set;

/** A message that is left at the destination when reading ends there is lost to its consumers. */
final class NothingStranded implements TrafficCheck {
    @Override
    public String name() {
        return "nothing-stranded";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public List<String> waiverNamesOfGroups() {
        return waiverNames();
    }

    @Override
    public String passesWhen() {
        return "the destination stays open for reading, or is quiet and has no message of the topic";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(BACK);
    }

    @Override
    public String whyAwaited(FencePolicy policy) {
        return "consumers read what is left at the destination before it closes";
    }

    @Override
    public boolean endsByItself(Rung next) {
        return takesAway(next);
    }

    @Override
    public Findings judge(TopicStep step) {
        if (!takesAway(step.rung())) {
            return Findings.passed("messages at the destination can still be read");
        }
        // A producer that has not updated its routes since the last step back still sends there.
        Findings findings = Remaining.at(Side.DESTINATION, step);
        findings.addAll(Quiet.at(Side.DESTINATION, step));
        return findings;
    }

    /** Whether a step ends reading at the destination. */
    static boolean takesAway(Rung rung) {
        return rung instanceof Rung.Writes writes
                && writes.writes().contains(new Rung.AccessChange(Side.DESTINATION, Access.NONE));
    }
}
