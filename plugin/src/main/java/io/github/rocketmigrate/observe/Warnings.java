package io.github.rocketmigrate.observe;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;

/** Lists what users should know about a situation although it blocks nothing. */
public final class Warnings {
    private static final int MOST_NAMED = 3;

    private Warnings() {}

    public static List<String> of(Situation situation) {
        List<String> warnings = new ArrayList<>(Disagreements.in(situation));
        warnings.addAll(TopicsInUse.warnings(situation));
        warnings.addAll(ConcurrentOnFifo.warnings(situation));
        if (situation.recorded().isCopy()) {
            warnings.add(
                    "The destination's name servers have lost the record of earlier runs. It was read from the copy at"
                            + " the source's name servers. The next apply writes it back, once all masters are present.");
        }
        for (Side side : Side.values()) {
            if (situation.plan().at(side).tls() == Tls.INSECURE) {
                warnings.add(side.word() + ".tls is insecure: certificates of the " + side.word()
                        + " are not verified. Any server that answers at its addresses is trusted.");
            }
        }
        boolean complete =
                situation.plan().traffic().filter(TrafficPlan::complete).isPresent();
        if (complete
                && situation.isAnyJoined()
                && !situation.recorded().others().isEmpty()) {
            warnings.add("The join stays, because other plans still need it: "
                    + Names.of(situation.recorded().others(), MOST_NAMED) + ". The last plan leaves it. If "
                    + situation.recorded().others().first()
                    + " was given up or is an earlier name of this plan, remove its record: "
                    + situation
                            .plan()
                            .command(
                                    "apply",
                                    GoalCommand.parameter(
                                            "forgetPlan",
                                            situation.recorded().others().first())));
        }
        return warnings;
    }
}
