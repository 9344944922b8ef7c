package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.CheckName.BROKERS_PRESENT;
import static io.github.rocketmigrate.model.CheckName.BROKER_NAMES_DISTINCT;
import static io.github.rocketmigrate.model.CheckName.CLIENT_COMPATIBLE;
import static io.github.rocketmigrate.model.CheckName.CLUSTER_NAMES_DISTINCT;
import static io.github.rocketmigrate.model.CheckName.CONSUMERS_SWITCHED;
import static io.github.rocketmigrate.model.CheckName.DESTINATION_CLEAN;
import static io.github.rocketmigrate.model.CheckName.DESTINATION_STABLE;
import static io.github.rocketmigrate.model.CheckName.FEATURES_FIT;
import static io.github.rocketmigrate.model.CheckName.FENCE_READY;
import static io.github.rocketmigrate.model.CheckName.GROUPS_PLANNED;
import static io.github.rocketmigrate.model.CheckName.NOTHING_LEFT_BEHIND;
import static io.github.rocketmigrate.model.CheckName.NOTHING_STRANDED;
import static io.github.rocketmigrate.model.CheckName.NO_AUTO_CREATE;
import static io.github.rocketmigrate.model.CheckName.NO_GRPC_CLIENTS;
import static io.github.rocketmigrate.model.CheckName.PRODUCERS_SWITCHED;
import static io.github.rocketmigrate.model.CheckName.QUEUES_ASSIGNED;
import static io.github.rocketmigrate.model.CheckName.SOURCE_DRAINED;
import static io.github.rocketmigrate.model.CheckName.SOURCE_QUIET;
import static io.github.rocketmigrate.model.CheckName.TYPE_MATCHES;

import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.Rung.Purpose;
import java.util.EnumSet;
import java.util.Set;

/** Which checks stand before which step. */
public final class Due {
    private Due() {}

    /** Before topics and groups are written to the destination. */
    public static Set<CheckName> beforeMetadata() {
        return EnumSet.of(DESTINATION_STABLE);
    }

    /** Before source brokers join the destination's name servers. */
    public static Set<CheckName> beforeJoining() {
        return EnumSet.of(
                BROKER_NAMES_DISTINCT, CLUSTER_NAMES_DISTINCT, DESTINATION_CLEAN, CLIENT_COMPATIBLE, NO_AUTO_CREATE);
    }

    /** Before the join is left. */
    public static Set<CheckName> beforeLeaving() {
        return EnumSet.of(BROKERS_PRESENT, NOTHING_LEFT_BEHIND);
    }

    /** Before a topic takes a step. */
    public static Set<CheckName> before(Purpose purpose) {
        Set<CheckName> due = EnumSet.of(BROKERS_PRESENT, DESTINATION_STABLE, NO_GRPC_CLIENTS);
        due.addAll(
                switch (purpose) {
                    case LEAVE_SOURCE -> EnumSet.of(GROUPS_PLANNED, CONSUMERS_SWITCHED, TYPE_MATCHES, FEATURES_FIT);
                    case OPEN_BOTH, TO_DESTINATION -> EnumSet.of(GROUPS_PLANNED, QUEUES_ASSIGNED, PRODUCERS_SWITCHED);
                    case CLOSE_FENCE -> EnumSet.of(GROUPS_PLANNED, QUEUES_ASSIGNED, PRODUCERS_SWITCHED, FENCE_READY);
                    case OPEN_FENCE, LEAVE_BEHIND -> EnumSet.of(GROUPS_PLANNED, SOURCE_QUIET, SOURCE_DRAINED);
                    case BACK -> EnumSet.of(NOTHING_STRANDED);
                    // What a stopped run left is mended first; its checks were made then.
                    case FINISH -> EnumSet.noneOf(CheckName.class);
                });
        return due;
    }
}
