package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.AclAccount;
import io.github.rocketmigrate.cluster.AclRule;
import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The accounts of one cluster, of all its masters together.
 *
 * @param isRequired whether any broker requires accounts
 * @param isPlain whether a broker has ACL 1.0
 * @param accounts by name; of brokers that differ, the rules of all
 */
record AclOfSide(
        boolean isRequired, boolean isPlain, SortedMap<String, AclAccount> accounts, SortedSet<String> whites) {
    /** What was read of a cluster; without it, no row about accounts can be judged. */
    static AclOfSide of(Observation seen, Side side) {
        Map<String, AclTable> tables = tables(seen, side);
        SortedMap<String, AclAccount> accounts = new TreeMap<>();
        SortedSet<String> whites = new TreeSet<>();
        tables.values().forEach(table -> {
            table.accounts().forEach((name, account) -> accounts.merge(name, account, AclOfSide::both));
            whites.addAll(table.whiteAddresses());
        });
        return new AclOfSide(!tables.isEmpty(), tables.values().stream().anyMatch(AclTable::isPlain), accounts, whites);
    }

    /** The accounts of each master that requires accounts. */
    static SortedMap<String, AclTable> tables(Observation seen, Side side) {
        List<Broker> requiring =
                seen.metadata(side).masters().filter(Broker::requiresAccounts).toList();
        requiring.forEach(broker ->
                BrokerRows.requireSettings(side, broker.servers().findFirst().orElseThrow()));
        SortedMap<String, AclTable> tables = new TreeMap<>();
        if (requiring.isEmpty()) {
            return tables;
        }
        tables.putAll(seen.at(side).acls().needed());
        String unread = tables.values().stream()
                .flatMap(table -> table.unread().stream())
                .collect(joining(", "));
        if (!unread.isEmpty()) {
            throw new Measured.NotMeasured("the accounts of the " + side.word() + " were not read: " + unread);
        }
        return tables;
    }

    private static AclAccount both(AclAccount one, AclAccount other) {
        List<AclRule> rules = new ArrayList<>(one.rules());
        other.rules().stream().filter(rule -> !one.rules().contains(rule)).forEach(rules::add);
        SortedMap<String, SortedSet<String>> defaults = new TreeMap<>();
        List.of(one.defaults(), other.defaults())
                .forEach(some -> some.forEach((type, actions) ->
                        defaults.computeIfAbsent(type, key -> new TreeSet<>()).addAll(actions)));
        return new AclAccount(
                one.isPlain(),
                one.isAdmin() || other.isAdmin(),
                one.isEnabled() && other.isEnabled(),
                rules,
                defaults,
                one.whiteAddress().or(other::whiteAddress));
    }
}
