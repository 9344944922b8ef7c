package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.NameServersOfBrokers;
import io.github.rocketmigrate.observe.NameServersOfBrokers.Unplanned;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Name servers do not share what they know. One that the plan leaves out may list brokers that no other one lists, and a
 * run that knows only that one does not see the leases of this plan.
 */
final class NameServersPlanned implements ClusterCheck {
    /** Steps that can be made later as well: a closed fence opens, and the way back stays open. */
    private static final Set<Purpose> BEFORE = Arrays.stream(Purpose.values())
            .filter(Purpose::mayWait)
            .filter(purpose -> purpose != Purpose.WRITE_OBJECTS)
            .collect(toUnmodifiableSet());

    @Override
    public String name() {
        return "name-servers-planned";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "the plan lists every name server that the brokers of both clusters report in `namesrvAddr`; the "
                + "check does not compare addresses that may belong to the same name servers, and brokers that ask an "
                + "address server or DNS";
    }

    @Override
    public Set<Purpose> before() {
        return BEFORE;
    }

    @Override
    public Findings judge(Situation situation) {
        NameServersOfBrokers reported = NameServersOfBrokers.in(situation);
        Findings findings = new Findings();
        reported.unplanned().stream()
                .filter(Unplanned::isMissing)
                .forEach(missing -> findings.failed(what(missing), fix(missing)));
        return findings.elsePassed(passed(reported));
    }

    private static String what(Unplanned missing) {
        String registering = "the " + missing.side().word() + "'s "
                + Counts.noun(missing.servers().size(), "broker") + " "
                + Names.of(
                        missing.servers().stream()
                                .map(server -> server.name() + " (" + server.address() + ")")
                                .toList(),
                        Counts.MOST_NAMED)
                + " " + Counts.verb(missing.servers().size(), "registers", "register") + " with "
                + String.join(", ", missing.addresses()) + ", ";
        return missing.others().isEmpty()
                ? registering + "which the plan does not list"
                : registering + "of which the plan's " + String.join(", ", missing.others()) + " can be "
                        + missing.others().size() + " at most";
    }

    private static String fix(Unplanned missing) {
        String setting = missing.side().word() + ".nameServers";
        if (!missing.others().isEmpty()) {
            return "List all of them in " + setting + ", instead of " + String.join(", ", missing.others()) + ".";
        }
        Server first = missing.servers().get(0);
        Set<String> rest = new LinkedHashSet<>(first.nameServers());
        rest.removeAll(missing.addresses());
        return "Add " + String.join(", ", missing.addresses()) + " to " + setting + ". If "
                + Counts.verb(missing.addresses().size(), "this name server is", "these name servers are")
                + " gone, remove " + Counts.itOrThem(missing.addresses().size())
                + " from the broker: mqadmin updateBrokerConfig -b " + first.address() + " -k " + Server.NAME_SERVERS
                + " -v '" + Server.list(rest) + "'.";
    }

    private static String passed(NameServersOfBrokers reported) {
        if (reported.reporting() == 0) {
            return "no broker reports its name servers, so they are not compared with the plan";
        }
        List<String> rest = new ArrayList<>();
        for (Unplanned other : reported.unplanned()) {
            rest.add(names(other.servers()) + " " + Counts.verb(other.servers().size(), "lists", "list") + " "
                    + String.join(", ", other.addresses()) + ", which may be the plan's "
                    + String.join(", ", other.others()));
        }
        if (!reported.silent().isEmpty()) {
            rest.add(names(reported.silent()) + " "
                    + Counts.verb(reported.silent().size(), "reports", "report") + " no name servers");
        }
        reported.byDns().stream()
                .collect(groupingBy(Server::nameServers, LinkedHashMap::new, toList()))
                .forEach((name, servers) -> rest.add(names(servers) + " " + Counts.verb(servers.size(), "asks", "ask")
                        + " DNS for " + String.join(", ", name)));
        return rest.isEmpty()
                ? "the plan lists every name server that brokers report"
                : "no name server is known to be missing from the plan; not compared: " + String.join("; ", rest);
    }

    private static String names(List<Server> servers) {
        return Names.of(servers.stream().map(Server::name).toList(), Counts.MOST_NAMED);
    }
}
