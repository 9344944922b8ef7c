package io.github.rocketmigrate.change;

import io.github.rocketmigrate.change.Impossible.Cause;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.cluster.NameServerLookup;
import io.github.rocketmigrate.cluster.NameServerLookup.Listed;
import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Plans which servers of the source join the destination's name servers, and when they leave. */
final class JoinPlanner {
    private final Situation situation;
    private final Draft draft;
    private final Position at;
    private final KeptNameServers kept;
    private final JoinByOwners byOwners;

    JoinPlanner(Situation situation, TrafficPlan traffic, Draft draft) {
        this.situation = situation;
        this.draft = draft;
        this.at = traffic.routing().at();
        this.kept = new KeptNameServers(situation);
        this.byOwners = new JoinByOwners(situation, draft, at);
    }

    void join() {
        situation.source().servers().forEach(server -> {
            if (situation.isJoined(server)) {
                draft.unchanged(subject(server));
            } else {
                join(server);
            }
        });
    }

    private void join(Server server) {
        Set<String> before = server.nameServers();
        Set<String> after = joined(server);
        if (situation.recorded().complete()) {
            draft.impossible(
                    subject(server),
                    Cause.FROZEN,
                    "this migration is complete: the source's broker " + server.name() + " cannot join again",
                    Impossible.COMPLETE_AGAIN);
        } else if (byOwners.canBeSet(server, after, Purpose.JOIN)) {
            draft.change(new Change.RegisterBroker(
                    subject(server), server.address(), Server.list(before), Server.list(after), true));
        }
    }

    /** The name servers of a server after the join. */
    private Set<String> joined(Server server) {
        Set<String> joined = new LinkedHashSet<>(server.nameServers());
        situation.destination().nameServers().stream().map(NameServer::address).forEach(joined::add);
        return joined;
    }

    /**
     * Plans to leave for servers that some name server lists, or will list after the join, and for those that would join
     * again. Clients of other plans know only the destination's name servers: the last plan leaves for all.
     */
    void leave() {
        boolean isAloneLeft = draft.size() == 0;
        boolean isNeededByOthers = !situation.recorded().others().isEmpty();
        situation.source().servers().forEach(server -> {
            if (isAloneLeft) {
                leaveNow(server, isNeededByOthers);
            } else if (!isNeededByOthers) {
                leaveLater(server);
            }
        });
    }

    private void leaveNow(Server server, boolean isNeededByOthers) {
        Set<String> before = server.nameServers();
        Set<String> after = kept.of(before);
        boolean isGone = !situation.isListed(server) && (after.equals(before) || !followsSetting(server));
        if (isNeededByOthers || isGone) {
            draft.unchanged(subject(server));
        } else if (!isLosing(server, before) && byOwners.canBeSet(server, after, Purpose.LEAVE_JOIN)) {
            draft.change(leave(server, before));
        }
    }

    /** Whether a server that has its name servers in its settings would lose its own cluster. */
    private boolean isLosing(Server server, Set<String> before) {
        Optional<KeptNameServers.Obstacle> obstacle =
                before.isEmpty() ? Optional.empty() : kept.obstacle(server, before);
        obstacle.ifPresent(it -> draft.impossible(subject(server), Cause.NO_NAME_SERVER_LEFT, it.what(), it.fix()));
        return obstacle.isPresent();
    }

    /** Other changes come first. Owners need not set a server by hand before that. */
    private void leaveLater(Server server) {
        boolean willJoin = draft.joins(subject(server));
        Set<String> before = willJoin ? joined(server) : server.nameServers();
        boolean hasJoined = willJoin || situation.isListed(server);
        if (followsSetting(server)
                && JoinByOwners.readsSettingAgain(server)
                && (hasJoined || !kept.of(before).equals(before))
                && kept.obstacle(server, before).isEmpty()) {
            draft.notUnchanged(Set.of(subject(server)));
            draft.change(leave(server, before));
        }
    }

    private Change.RegisterBroker leave(Server server, Set<String> before) {
        return new Change.RegisterBroker(
                subject(server), server.address(), Server.list(before), Server.list(kept.of(before)), false);
    }

    private static boolean followsSetting(Server server) {
        return NameServerLookup.of(server) instanceof Listed;
    }

    private Subject subject(Server server) {
        return JoinByOwners.subject(server, at);
    }
}
