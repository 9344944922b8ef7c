package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.LEAVE_SOURCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_BOTH;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.GroupMember;
import io.github.rocketmigrate.cluster.ClusterTraffic;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A gRPC client reaches brokers through a proxy, and no proxy can read from or write to a 4.x broker. */
final class NoGrpcClients implements TrafficCheck {
    /** Host, process id, counter, and time in base 36. */
    private static final String GRPC_ID = ".+@\\d+@\\d+@[0-9a-z]+";

    @Override
    public String name() {
        return "no-grpc-clients";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String passesWhen() {
        return "no 4.x broker has the topic, or no client of it uses gRPC; unknown while a proxy is "
                + "connected to the destination";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(LEAVE_SOURCE, OPEN_BOTH, TO_DESTINATION, CLOSE_FENCE);
    }

    @Override
    public Findings judge(TopicStep step) {
        SortedSet<String> old = step.situation()
                .source()
                .masters()
                .filter(broker -> broker.version().isFour() && broker.topics().containsKey(step.name()))
                .map(Broker::name)
                .collect(toCollection(TreeSet::new));
        if (old.isEmpty()) {
            return Findings.passed("no 4.x broker has the topic");
        }
        Traffic traffic = step.traffic();
        Findings findings = new Findings();
        SortedSet<String> seen = clients(traffic, step)
                .map(Client::id)
                .filter(id -> id.matches(GRPC_ID))
                .collect(toCollection(TreeSet::new));
        traffic.bySide().values().stream()
                .flatMap(flow -> flow.clients().proxied().all().stream())
                .filter(client -> client.isGrpc() && step.groups().contains(client.group()))
                .forEach(client -> seen.add(client.client().id()));
        if (!seen.isEmpty()) {
            findings.failed(
                    Counts.clients(seen.size()) + " of the topic " + Counts.verb(seen.size(), "uses", "use") + " gRPC: "
                            + Names.of(seen, Counts.MOST_NAMED),
                    "Switch " + Counts.itOrThem(seen.size())
                            + " to the remoting protocol until the topic is at stage destination: a proxy cannot use"
                            + " 4.x brokers (" + Names.of(old, Counts.MOST_NAMED) + ").");
        }
        Set<String> proxies =
                Proxies.among(traffic.at(Side.DESTINATION).clients()).keySet();
        if (!proxies.isEmpty()) {
            findings.unknown("the destination has " + Counts.of(proxies.size(), "proxy")
                    + ", whose clients are not visible to brokers: "
                    + Names.of(proxies, Counts.MOST_NAMED));
        }
        return findings.elsePassed(
                "no client of its groups and no producer at the destination uses gRPC, and no proxy hides clients");
    }

    /** Members of the topic's groups, and producers: gRPC producers register the topic as their group. */
    private static Stream<Client> clients(Traffic traffic, TopicStep step) {
        return traffic.bySide().values().stream()
                .flatMap(flow -> Stream.concat(members(flow, step.groups()), producers(flow, step.name())));
    }

    private static Stream<Client> members(ClusterTraffic flow, SortedSet<String> groups) {
        return groups.stream()
                .flatMap(group -> flow.clients().group(group).members().values().stream())
                .map(GroupMember::client);
    }

    private static Stream<Client> producers(ClusterTraffic flow, String topic) {
        return flow.clients().producers().orElse(Map.of()).getOrDefault(topic, Set.of()).stream();
    }
}
