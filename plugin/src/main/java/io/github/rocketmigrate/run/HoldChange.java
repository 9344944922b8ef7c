package io.github.rocketmigrate.run;

import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.report.Invocation;

/** What a run changes in the holds of topics, before anything else is planned. */
interface HoldChange {
    /** Leaves all holds as they are. */
    HoldChange NONE = new HoldChange() {
        @Override
        public Situation in(Situation found) {
            return found;
        }

        @Override
        public ChangeSet of(ChangeSet planned) {
            return planned;
        }
    };

    /** The plan as this run carries it out. */
    default MigrationPlan in(MigrationPlan plan) {
        return plan;
    }

    /** The situation with the holds as they shall be. */
    Situation in(Situation found);

    /** The changes that the run makes, of those that are planned then. */
    ChangeSet of(ChangeSet planned);

    /** The call of the goal with the parameters that say what it changes. */
    default Invocation in(Invocation called) {
        return called;
    }
}
