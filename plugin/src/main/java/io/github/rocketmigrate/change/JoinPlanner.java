package io.github.rocketmigrate.change;

import io.github.rocketmigrate.change.Impossible.Reason;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.Traffic;
import io.github.rocketmigrate.plan.Position;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Plans which source brokers join the destination's name servers, and when they leave them. */
final class JoinPlanner {
    private static final String NAME_SERVERS = "namesrvAddr";
    private static final String BY_ADDRESS_SERVER = "fetchNamesrvAddrByAddressServer";
    private static final String SEPARATOR = ";";

    private final Situation situation;
    private final Draft draft;
    private final Position at;

    JoinPlanner(Situation situation, Traffic traffic, Draft draft) {
        this.situation = situation;
        this.draft = draft;
        this.at = traffic.routing().at();
    }

    void join() {
        for (Broker broker : situation.notJoined()) {
            Subject subject = subject(broker);
            Set<String> before = nameServers(broker);
            Set<String> after = new LinkedHashSet<>(before);
            situation.destination().nameServers().stream()
                    .map(NameServer::address)
                    .forEach(after::add);
            if (before.isEmpty() || broker.has(BY_ADDRESS_SERVER)) {
                draft.impossible(
                        subject,
                        Reason.JOIN_BY_ADDRESS_SERVER,
                        "the source's broker " + broker.name() + " finds its name servers through an address server",
                        "Let the address server tell it of the destination's name servers too, or set its "
                                + NAME_SERVERS + ".");
            } else if (!broker.version().isAtLeast(4, 9, 4) && !after.equals(before)) {
                draft.impossible(
                        subject,
                        Reason.JOIN_NEEDS_RESTART,
                        "the source's broker " + broker.name() + " runs " + broker.version()
                                + ", which reads its name servers at its start only",
                        "Set " + NAME_SERVERS + "=" + String.join(SEPARATOR, after)
                                + " in its configuration and restart it.");
            } else {
                draft.change(
                        new Change.JoinBroker(subject, String.join(SEPARATOR, before), String.join(SEPARATOR, after)));
            }
        }
        situation
                .source()
                .masters()
                .filter(Predicate.not(situation.notJoined()::contains))
                .forEach(broker -> draft.unchanged(subject(broker)));
    }

    void leave() {
        for (Broker broker : situation.joined()) {
            Set<String> before = nameServers(broker);
            Set<String> after = new LinkedHashSet<>(before);
            situation.destination().nameServers().stream()
                    .map(NameServer::address)
                    .forEach(after::remove);
            draft.change(new Change.LeaveBroker(
                    subject(broker), String.join(SEPARATOR, before), String.join(SEPARATOR, after)));
        }
    }

    private static Set<String> nameServers(Broker broker) {
        Set<String> addresses = new LinkedHashSet<>();
        Arrays.stream(broker.settings().getOrDefault(NAME_SERVERS, "").split(SEPARATOR, -1))
                .map(String::strip)
                .filter(address -> !address.isEmpty())
                .forEach(addresses::add);
        return addresses;
    }

    private Subject subject(Broker broker) {
        return new Subject(Subject.Kind.BROKER, broker.name(), Side.SOURCE, Optional.empty(), at);
    }
}
