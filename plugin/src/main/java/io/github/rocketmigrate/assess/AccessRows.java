package io.github.rocketmigrate.assess;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.AclAccount;
import io.github.rocketmigrate.cluster.AclRule;
import io.github.rocketmigrate.cluster.AclTable;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rules about accounts: which of the source the destination lacks, with the commands that create them, and what of ACL 1.0
 * has no equal in ACL 2.0.
 *
 * <p>Longer than 300 lines: the rows describe one translation, and each needs its text beside its judgment.
 */
final class AccessRows {
    private static final String TRACE = AclRule.TOPIC + ":RMQ_SYS_TRACE_TOPIC";
    private static final String SOURCES =
            "RocketMQ 4.9.7, PlainPermissionManager; 5.3.3, AuthMigrator and AclAuthorizationHandler";
    private static final String VERIFIED = "2026-11-30";
    private static final String COPY_FILES =
            "Copy the accounts in conf/plain_acl.yml of the source's brokers to each broker of"
                    + " the destination: both have ACL 1.0";

    private AccessRows() {}

    static RowRule accounts() {
        return new RowRule(
                "RMA-501",
                "Accounts at the destination",
                new RowText(
                        "an account of the source is missing or disabled at the destination, or the destination requires no"
                                + " accounts",
                        "Create each missing user with its secret of the source, which its clients keep.",
                        "Which accounts does the source have, and does the destination have them all?"),
                RowSource.of(SOURCES, VERIFIED),
                AccessRows::accounts);
    }

    private static RowFinding accounts(Observation seen) {
        AclOfSide source = AclOfSide.of(seen, Side.SOURCE);
        if (!source.isRequired()) {
            return RowFinding.notFired("no broker of the source requires accounts");
        }
        String all = Counts.of(source.accounts().size(), "account");
        AclOfSide destination = destination(seen, all);
        if (!destination.isRequired()) {
            return RowFinding.risk("the source has " + all + ", and no broker of the destination requires any")
                    .next(
                            "Set up ACL 2.0 at the destination (authenticationEnabled and authorizationEnabled), or accept"
                                    + " that everybody who reaches it may read and write.")
                    .objects(source.accounts().keySet())
                    .effort(source.accounts().size(), "account to create");
        }
        List<String> missing = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        source.accounts().forEach((name, account) -> {
            AclAccount there = destination.accounts().get(name);
            if (there == null || !there.isEnabled()) {
                missing.add(name);
                words.add(there == null ? name : name + " (disabled)");
                commands.add(
                        there == null
                                ? commands(seen).create(name, account.isAdmin())
                                : commands(seen).enable(name));
            }
        });
        if (missing.isEmpty()) {
            return RowFinding.notFired("the destination has each of " + all);
        }
        RowFinding found = RowFinding.fired(
                        severity(seen),
                        missing.size() + " of " + all + " "
                                + Counts.verb(missing.size(), "is", "are") + " missing at the destination: "
                                + Names.of(words, Counts.MOST_NAMED))
                .objects(missing)
                .effort(missing.size(), "account to create");
        return destination.isPlain() ? found.next(COPY_FILES) : found.commands(commands);
    }

    /** A client has one access key for the brokers of both clusters. */
    private static RowSeverity severity(Observation seen) {
        return seen.joins() ? RowSeverity.BLOCKER : RowSeverity.RISK;
    }

    private static AclOfSide destination(Observation seen, String found) {
        if (seen.destination().absent().isPresent()) {
            throw new Measured.NotMeasured("the source has " + found + "; "
                    + seen.destination().absent().get());
        }
        return AclOfSide.of(seen, Side.DESTINATION);
    }

    private static AclCommands commands(Observation seen) {
        Metadata metadata = seen.metadata(Side.DESTINATION);
        return new AclCommands(
                seen.plan().destination().nameServers().stream()
                        .map(Located::value)
                        .toList(),
                metadata.cluster());
    }

    static RowRule rules() {
        return new RowRule(
                "RMA-502",
                "Rules at the destination",
                new RowText(
                        "an account of the source may do something that it may not do at the destination",
                        "Grant these rules before the applications switch: ACL 2.0 denies what no rule allows.",
                        "Which topics and groups may each account use at the destination?"),
                RowSource.of(SOURCES, VERIFIED),
                AccessRows::rules);
    }

    private static RowFinding rules(Observation seen) {
        AclOfSide source = AclOfSide.of(seen, Side.SOURCE);
        if (!source.isRequired()) {
            return RowFinding.notFired("no broker of the source requires accounts");
        }
        int rules = source.accounts().values().stream()
                .mapToInt(account -> wanted(account).size())
                .sum();
        String all =
                Counts.of(rules, "rule") + " of " + Counts.of(source.accounts().size(), "account");
        AclOfSide destination = destination(seen, all);
        if (!destination.isRequired() || !checksRules(seen)) {
            return RowFinding.notFired(all + "; the destination checks no rules");
        }
        SortedMap<String, List<AclRule>> missing = new TreeMap<>();
        source.accounts().forEach((name, account) -> {
            List<AclRule> some = missing(account, destination.accounts().get(name));
            if (!some.isEmpty()) {
                missing.put(name, some);
            }
        });
        if (missing.isEmpty()) {
            return RowFinding.notFired("the destination has each of " + all);
        }
        return missing(seen, destination, missing, severity(seen));
    }

    private static RowFinding missing(
            Observation seen, AclOfSide destination, SortedMap<String, List<AclRule>> missing, RowSeverity severity) {
        int count = missing.values().stream().mapToInt(List::size).sum();
        List<String> words = missing.entrySet().stream()
                .map(one -> one.getKey() + ": "
                        + Names.of(one.getValue().stream().map(AclRule::words).toList(), Counts.MOST_NAMED))
                .toList();
        RowFinding found = RowFinding.fired(
                        severity,
                        Counts.of(count, "rule") + " of " + Counts.of(missing.size(), "account") + " "
                                + Counts.verb(count, "is", "are") + " missing at the destination; "
                                + Names.clauses(words, Counts.MOST_NAMED))
                .objects(missing.keySet())
                .effort(count, "rule to grant");
        return destination.isPlain()
                ? found.next(COPY_FILES)
                : found.commands(missing.entrySet().stream()
                        .flatMap(one -> commands(seen).grant(one.getKey(), one.getValue()).stream())
                        .toList());
    }

    /** Without authorization, every user may do everything. ACL 1.0 always checks rules. */
    private static boolean checksRules(Observation seen) {
        return seen.metadata(Side.DESTINATION)
                .masters()
                .anyMatch(broker -> broker.has(Broker.AUTHORIZATION) || !broker.has(Broker.AUTHENTICATION));
    }

    /** The rules of an account, with its defaults as rules for every topic or group. An administrator needs none. */
    private static List<AclRule> wanted(AclAccount account) {
        List<AclRule> wanted = new ArrayList<>();
        if (!account.isAdmin()) {
            account.rules().forEach(rule -> needed(account, rule).ifPresent(wanted::add));
            account.defaults().forEach((type, actions) -> wanted.add(AclRule.allow(type + ":*", actions)));
        }
        return wanted;
    }

    /** Of ACL 1.0, a denial is needed only against a default: ACL 2.0 denies what nothing allows. */
    private static Optional<AclRule> needed(AclAccount account, AclRule rule) {
        if (rule.isAllowed() || !account.isPlain()) {
            return Optional.of(rule);
        }
        String type = rule.resource().substring(0, rule.resource().indexOf(':'));
        SortedSet<String> actions = new TreeSet<>(rule.actions());
        actions.retainAll(account.defaults().getOrDefault(type, new TreeSet<>()));
        return actions.isEmpty() ? Optional.empty() : Optional.of(AclRule.deny(rule.resource(), actions));
    }

    private static List<AclRule> missing(AclAccount account, AclAccount there) {
        if (there != null && there.isAdmin()) {
            return List.of();
        }
        List<AclRule> has = there == null ? List.of() : withDefaults(there);
        return wanted(account).stream()
                .filter(rule -> !rule.actions().stream()
                        .allMatch(action -> has.stream().anyMatch(one -> one.decides(rule, action))))
                .toList();
    }

    private static List<AclRule> withDefaults(AclAccount account) {
        List<AclRule> rules = new ArrayList<>(account.rules());
        account.defaults().forEach((type, actions) -> rules.add(AclRule.allow(type + ":*", actions)));
        return rules;
    }

    static RowRule whiteLists() {
        return new RowRule(
                "RMA-503",
                "White lists",
                new RowText(
                        "the source lets clients at some addresses in without an account or without a rule. ACL 2.0 has no"
                                + " equal: its source addresses restrict a rule",
                        "Give the clients at these addresses an account with rules, and its secret, before they switch.",
                        "Which clients need no account at the source because of their address?"),
                RowSource.of(SOURCES + ": Environment.sourceIps", VERIFIED),
                AccessRows::whiteLists);
    }

    private static RowFinding whiteLists(Observation seen) {
        AclOfSide source = AclOfSide.of(seen, Side.SOURCE);
        List<String> words = new ArrayList<>();
        List<String> objects = new ArrayList<>();
        source.whites().forEach(address -> {
            words.add("every client at " + address);
            objects.add(address);
        });
        source.accounts()
                .forEach((name, account) -> account.whiteAddress().ifPresent(address -> {
                    words.add(name + " at " + address);
                    objects.add(name);
                }));
        return words.isEmpty()
                ? RowFinding.notFired(
                        source.isPlain()
                                ? "no account and no broker of the source has one"
                                : "the source has no ACL 1.0")
                : RowFinding.risk(
                                Counts.of(words.size(), "white list") + ": " + Names.clauses(words, Counts.MOST_NAMED))
                        .objects(objects)
                        .effort(words.size(), "white list to replace");
    }

    static RowRule defaults() {
        return new RowRule(
                "RMA-504",
                "Default permissions",
                new RowText(
                        "an account of the source may use topics or groups that no rule of it names. ACL 2.0 denies them"
                                + " unless a rule for all of them is granted",
                        "Name the topics and groups that the account really uses, or grant the rule for all of them that"
                                + " RMA-502 proposes.",
                        "Which accounts rely on defaultTopicPerm or defaultGroupPerm?"),
                RowSource.of(SOURCES + ": PolicyType.DEFAULT, which mqadmin cannot create", VERIFIED),
                AccessRows::defaults);
    }

    private static RowFinding defaults(Observation seen) {
        AclOfSide source = AclOfSide.of(seen, Side.SOURCE);
        SortedMap<String, String> found = new TreeMap<>();
        source.accounts().forEach((name, account) -> {
            if (!account.isAdmin() && !account.defaults().isEmpty()) {
                found.put(
                        name,
                        name + ": "
                                + account.defaults().entrySet().stream()
                                        .map(one -> "every " + one.getKey().toLowerCase(Locale.ROOT) + " "
                                                + String.join(",", one.getValue()))
                                        .collect(joining(", ")));
            }
        });
        return found.isEmpty()
                ? RowFinding.notFired(
                        source.isPlain()
                                ? "none of " + Counts.of(source.accounts().size(), "account")
                                : "the source has no ACL 1.0")
                : RowFinding.note(Names.clauses(found.values(), Counts.MOST_NAMED))
                        .objects(found.keySet())
                        .effort(found.size(), "account to review");
    }

    static RowRule trace() {
        return new RowRule(
                "RMA-505",
                "Trace topic",
                new RowText(
                        "an account may not send to RMQ_SYS_TRACE_TOPIC at the destination: ACL 1.0 lets every account trace,"
                                + " ACL 2.0 needs a rule",
                        "Grant these rules if the applications trace messages: traces are lost without them, and clients log"
                                + " errors.",
                        "Which accounts trace messages, and may they send to the trace topic at the destination?"),
                RowSource.of(SOURCES + ": RMQ_SYS_TRACE_TOPIC", VERIFIED),
                AccessRows::trace);
    }

    private static RowFinding trace(Observation seen) {
        AclOfSide source = AclOfSide.of(seen, Side.SOURCE);
        if (!source.isPlain()) {
            return RowFinding.notFired("the source has no ACL 1.0");
        }
        AclOfSide destination = destination(seen, Counts.of(source.accounts().size(), "account"));
        if (!destination.isRequired() || destination.isPlain() || !checksRules(seen)) {
            return RowFinding.notFired("the destination does not check rules of ACL 2.0");
        }
        AclRule rule = AclRule.allow(TRACE, Set.of(AclRule.SEND));
        SortedMap<String, List<AclRule>> missing = new TreeMap<>();
        source.accounts().forEach((name, account) -> {
            AclAccount there = destination.accounts().get(name);
            boolean may = account.isAdmin()
                    || (there != null
                            && (there.isAdmin()
                                    || there.rules().stream().anyMatch(one -> one.decides(rule, AclRule.SEND))));
            if (!may) {
                missing.put(name, List.of(rule));
            }
        });
        return missing.isEmpty()
                ? RowFinding.notFired(Counts.of(source.accounts().size(), "account") + " may send to it")
                : missing(seen, destination, missing, RowSeverity.NOTE);
    }

    static RowRule alike() {
        return new RowRule(
                "RMA-506",
                "Accounts of all brokers",
                new RowText(
                        "brokers of one cluster have different accounts or rules: a client is denied by some of them",
                        "Give all brokers of the cluster the same accounts and rules.",
                        "Do all brokers of each cluster have the same accounts?"),
                RowSource.of(SOURCES + ": each broker keeps accounts of its own", VERIFIED),
                AccessRows::alike);
    }

    private static RowFinding alike(Observation seen) {
        List<String> objects = new ArrayList<>();
        int brokers = 0;
        for (Side side : Side.values()) {
            if (seen.at(side).absent().isPresent()) {
                continue;
            }
            SortedMap<String, AclTable> tables = AclOfSide.tables(seen, side);
            brokers += tables.size();
            SortedSet<String> names = new TreeSet<>();
            tables.values().forEach(table -> names.addAll(table.accounts().keySet()));
            for (String name : names) {
                Set<AclAccount> different = new HashSet<>();
                tables.values().forEach(table -> different.add(table.accounts().get(name)));
                if (different.size() > 1) {
                    objects.add(side.word() + " " + name);
                }
            }
        }
        return objects.isEmpty()
                ? RowFinding.notFired(
                        brokers == 0 ? "no broker requires accounts" : "alike on " + Counts.of(brokers, "broker"))
                : RowFinding.risk(Counts.of(objects.size(), "account") + " "
                                + Counts.verb(objects.size(), "is", "are") + " not alike on all brokers: "
                                + Names.of(objects, Counts.MOST_NAMED))
                        .objects(objects)
                        .effort(objects.size(), "account to align");
    }
}
