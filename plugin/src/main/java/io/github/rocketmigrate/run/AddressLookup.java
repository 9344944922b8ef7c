package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.cluster.ClientReports;
import io.github.rocketmigrate.observe.Addresses;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Resolves each address of a name server once, to find addresses of the same server. */
final class AddressLookup {
    private final Map<String, Set<String>> resolved = new HashMap<>();

    /** Resolves the addresses of the plan and those that clients use. */
    Addresses addresses(MigrationPlan plan, ClientReports reports) {
        Set<String> known = Stream.concat(
                        plan.destination().nameServers().stream(), plan.traits().clientAddresses().stream())
                .map(Located::value)
                .map(Addresses::key)
                .collect(toSet());
        Set<String> used = new TreeSet<>();
        reports.members()
                .values()
                .forEach(group -> group.values()
                        .forEach(member -> member.nameServers().stream()
                                .map(Addresses::key)
                                .forEach(used::add)));
        used.removeAll(known);
        if (!used.isEmpty()) {
            Stream.concat(known.stream(), used.stream())
                    .forEach(address -> resolved.computeIfAbsent(address, AddressLookup::places));
        }
        return new Addresses(resolved);
    }

    private static Set<String> places(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 1) {
            return Set.of();
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(address.substring(0, colon)))
                    .map(place -> place.getHostAddress() + address.substring(colon))
                    .collect(toSet());
        } catch (UnknownHostException e) {
            return Set.of();
        }
    }
}
