package io.github.rocketmigrate.report;

import io.github.rocketmigrate.change.Change;
import java.util.List;

/** What people have to look at before the join ends, because no check sees it and the way back is long. */
final class EndOfJoin {
    static final String HEADING = "To confirm before the join ends";
    static final String AFTERWARDS =
            "Afterwards, apply moves no topic of this plan. Only migrate:rollback goes back: it joins"
                    + " the clusters again, as long as the source runs and has its topics.";

    private EndOfJoin() {}

    /** Nothing if the join does not end. */
    static List<String> toConfirm(PlanReport report) {
        return report.unblocked().stream().anyMatch(Change::leavesJoin)
                ? List.of(
                        "The board of migrate:status shows an empty backlog in the source for every topic.",
                        "No application with the destination's name servers uses a topic of the source that is not in the"
                                + " plan: it would not find the topic anymore. Checks see its consumers, not its"
                                + " producers.",
                        "Every application has been restarted with the destination's name servers.")
                : List.of();
    }
}
