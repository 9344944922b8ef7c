package io.github.rocketmigrate.check;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;

/** A step back leaves no message where nobody may read it any more. */
final class NothingStranded implements TopicCheck {
    @Override
    public CheckName name() {
        return CheckName.NOTHING_STRANDED;
    }

    @Override
    public Findings judge(TopicStep move) {
        if (!takesAway(move.rung())) {
            return Findings.passed("what the destination holds can still be read");
        }
        // A producer that has not asked for routes since the last step back still sends there.
        Findings findings = Remaining.at(Side.DESTINATION, move);
        findings.addAll(Quiet.at(Side.DESTINATION, move));
        return findings;
    }

    /** Whether a step ends reading at the destination. */
    static boolean takesAway(Rung rung) {
        return rung instanceof Rung.Writes writes
                && writes.writes().contains(new Rung.AccessChange(Side.DESTINATION, Access.NONE));
    }
}
