package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.JOIN;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.ZonesOfBrokers;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;

/** A name server hides brokers of other zones, and brokers without a zone, from clients in zone mode. */
final class ZonesMatch implements ClusterCheck {
    @Override
    public String name() {
        return "zones-match";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "no broker is in a zone, or the brokers of both clusters are in the same zones";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(JOIN);
    }

    @Override
    public Findings judge(Situation situation) {
        ZonesOfBrokers zones = ZonesOfBrokers.in(situation);
        if (zones.areNone()) {
            return Findings.passed("no broker of either cluster is in a zone");
        }
        String seen = "after the join, clients in zone mode see " + seen(zones);
        return zones.areEqual()
                ? Findings.passed("both clusters have brokers in the same zones; " + seen)
                : new Findings()
                        .failed(
                                Arrays.stream(Side.values())
                                                .map(side -> found(side, zones))
                                                .collect(joining(", ")) + "; " + seen,
                                "If clients run with ROCKETMQ_ZONE_MODE=true, start the brokers of both clusters in the"
                                        + " same zones (ROCKETMQ_ZONE; 4.x brokers have none), or turn zone mode off in"
                                        + " the clients. If no client is in zone mode, waive this check.");
    }

    private static String found(Side side, ZonesOfBrokers zones) {
        return "the " + side.word() + " has "
                + zones.at(side).entrySet().stream()
                        .map(zone -> Counts.of(zone.getValue().size(), "broker")
                                + (zone.getKey().isEmpty() ? " without a zone" : " in zone " + zone.getKey())
                                + names(zone))
                        .collect(joining(" and "));
    }

    private static String names(Map.Entry<String, SortedSet<String>> zone) {
        return " (" + Names.of(zone.getValue(), Counts.MOST_NAMED) + ")";
    }

    private static String seen(ZonesOfBrokers zones) {
        return zones.names().stream()
                .map(zone -> "in zone " + zone + " only "
                        + Names.of(
                                Arrays.stream(Side.values())
                                        .flatMap(side -> zones.at(side).entrySet().stream()
                                                .filter(one -> one.getKey().equalsIgnoreCase(zone))
                                                .flatMap(one -> one.getValue().stream()))
                                        .toList(),
                                Counts.MOST_NAMED))
                .collect(joining(", "));
    }
}
