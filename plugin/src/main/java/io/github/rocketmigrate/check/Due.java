package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.CheckName.BROKERS_PRESENT;
import static io.github.rocketmigrate.model.CheckName.BROKER_NAMES_DISTINCT;
import static io.github.rocketmigrate.model.CheckName.CLUSTER_NAMES_DISTINCT;
import static io.github.rocketmigrate.model.CheckName.CONSUMERS_SWITCHED;
import static io.github.rocketmigrate.model.CheckName.DESTINATION_CLEAN;
import static io.github.rocketmigrate.model.CheckName.DESTINATION_STABLE;
import static io.github.rocketmigrate.model.CheckName.FENCE_READY;
import static io.github.rocketmigrate.model.CheckName.GROUPS_PLANNED;
import static io.github.rocketmigrate.model.CheckName.NOTHING_STRANDED;
import static io.github.rocketmigrate.model.CheckName.NO_AUTO_CREATE;
import static io.github.rocketmigrate.model.CheckName.NO_GRPC_CLIENTS;
import static io.github.rocketmigrate.model.CheckName.QUEUES_ASSIGNED;
import static io.github.rocketmigrate.model.CheckName.SOURCE_DRAINED;
import static io.github.rocketmigrate.model.CheckName.SOURCE_QUIET;

import io.github.rocketmigrate.model.CheckName;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Rung.Purpose;
import io.github.rocketmigrate.model.Side;
import java.util.EnumSet;
import java.util.Optional;
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
        return EnumSet.of(BROKER_NAMES_DISTINCT, CLUSTER_NAMES_DISTINCT, DESTINATION_CLEAN, NO_AUTO_CREATE);
    }

    /** Before the join is left. */
    public static Set<CheckName> beforeLeaving() {
        return EnumSet.of(BROKERS_PRESENT);
    }

    /** Before a topic takes a step; none where there is no step to take. */
    public static Set<CheckName> before(Rung rung) {
        return purpose(rung)
                .map(purpose -> {
                    Set<CheckName> due = EnumSet.of(BROKERS_PRESENT);
                    if (purpose.mayWait()) {
                        due.add(DESTINATION_STABLE);
                    }
                    due.addAll(before(purpose, rung));
                    return due;
                })
                .orElseGet(() -> EnumSet.noneOf(CheckName.class));
    }

    private static Optional<Purpose> purpose(Rung rung) {
        if (rung instanceof Rung.Writes writes) {
            return Optional.of(writes.purpose());
        }
        return rung instanceof Rung.Wait wait ? Optional.of(wait.purpose()) : Optional.empty();
    }

    private static Set<CheckName> before(Purpose purpose, Rung rung) {
        return switch (purpose) {
            case LEAVE_SOURCE -> EnumSet.of(GROUPS_PLANNED, CONSUMERS_SWITCHED, NO_GRPC_CLIENTS);
            case OPEN_BOTH, TO_DESTINATION -> EnumSet.of(GROUPS_PLANNED, QUEUES_ASSIGNED, NO_GRPC_CLIENTS);
            case CLOSE_FENCE -> EnumSet.of(GROUPS_PLANNED, QUEUES_ASSIGNED, NO_GRPC_CLIENTS, FENCE_READY);
            // From here on nothing gets worse by going on, and a topic must not stay in the fence.
            case OPEN_FENCE ->
                isForward(rung)
                        ? EnumSet.of(GROUPS_PLANNED, SOURCE_QUIET, SOURCE_DRAINED)
                        : EnumSet.of(SOURCE_QUIET, SOURCE_DRAINED);
            case LEAVE_BEHIND -> EnumSet.of(GROUPS_PLANNED, SOURCE_QUIET, SOURCE_DRAINED);
            case BACK -> EnumSet.of(NOTHING_STRANDED);
            // What a stopped run left is mended first; its checks were made then.
            case FINISH -> EnumSet.noneOf(CheckName.class);
        };
    }

    private static boolean isForward(Rung rung) {
        return rung instanceof Rung.Wait wait && wait.until() == Side.SOURCE;
    }

    /** Those before a step that an earlier step of ours makes fail, and that pass by themselves after a while. */
    public static Set<CheckName> awaited(Rung rung) {
        Set<CheckName> awaited = EnumSet.of(SOURCE_QUIET, SOURCE_DRAINED, QUEUES_ASSIGNED);
        if (NothingStranded.takesAway(rung)) {
            awaited.add(NOTHING_STRANDED);
        }
        awaited.retainAll(before(rung));
        return awaited;
    }
}
