package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Clients.Client;
import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.Clients.ConsumerGroup;
import io.github.rocketmigrate.cluster.ProxiedClients.ProxiedClient;
import io.github.rocketmigrate.cluster.Proxies;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What brokers and proxies know of one application: all clients with one group on one host, in one language and version.
 *
 * @param kind {@code consumer} or {@code producer}
 * @param version as the client reports it; empty for gRPC clients, whose version proxies do not pass on
 * @param mode how it consumes; empty for producers
 * @param ids of its clients
 * @param isProxied whether it is connected to a proxy
 */
record Application(
        String kind,
        String group,
        String host,
        String language,
        String version,
        Optional<ConsumeMode> mode,
        List<String> ids,
        boolean isProxied) {
    private static final String GRPC = "gRPC ";
    /** What the gRPC client for Node.js calls its language, because proxies know no other word for it. */
    private static final String HTTP = "HTTP";

    private static final String NODE = "Node.js (reported as HTTP)";
    private static final Pattern VERSION = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4}).*");
    private static final String JAVA = "JAVA";
    private static final String CPP = "CPP";

    Application {
        requireNonNull(kind, "kind is null");
        requireNonNull(group, "group is null");
        requireNonNull(host, "host is null");
        requireNonNull(language, "language is null");
        requireNonNull(version, "version is null");
        requireNonNull(mode, "mode is null");
        ids = List.copyOf(ids);
    }

    /** The applications that are connected to either cluster. Those of both count once. */
    static List<Application> in(Observation seen) {
        SortedMap<String, Application> all = new TreeMap<>();
        for (Side side : Side.values()) {
            if (side == Side.SOURCE || seen.at(side).absent().isEmpty()) {
                add(seen.at(side).clients().needed(), all);
            }
        }
        return List.copyOf(all.values());
    }

    private static void add(Clients clients, Map<String, Application> all) {
        clients.groups().forEach((name, group) -> {
            if (!SystemNames.isGroup(name)) {
                group.members().values().forEach(member -> put(all, "consumer", name, group, member.client()));
            }
        });
        clients.proxied().all().forEach(member -> put(all, member));
        Map<String, Set<Client>> producers = clients.producers().orElse(Map.of());
        producers.forEach((name, members) -> {
            // Every Java client has this group, also one that only consumes.
            if (!name.equals(Clients.ALL_JAVA_CLIENTS) && !Proxies.isGroup(name)) {
                members.forEach(client -> put(all, "producer", name, ConsumerGroup.OFFLINE, client));
            }
        });
    }

    private static void put(
            Map<String, Application> all, String kind, String name, ConsumerGroup group, Client client) {
        Application one = new Application(
                kind,
                name,
                client.address().replaceFirst(":\\d+$", ""),
                client.language(),
                client.version(),
                group.mode(),
                List.of(client.id()),
                false);
        all.merge(one.words(), one, Application::and);
    }

    private static void put(Map<String, Application> all, ProxiedClient member) {
        Client client = member.client();
        Application one = new Application(
                "consumer",
                member.group(),
                client.address().replaceFirst(":\\d+$", ""),
                member.isGrpc()
                        ? GRPC + (client.language().equals(HTTP) ? NODE : client.language())
                        : client.language(),
                member.isGrpc() ? "" : client.version(),
                Optional.empty(),
                List.of(client.id()),
                true);
        all.merge(one.words(), one, Application::and);
    }

    private Application and(Application other) {
        List<String> both = new ArrayList<>(ids);
        other.ids.stream().filter(id -> !ids.contains(id)).forEach(both::add);
        return new Application(kind, group, host, language, version, mode, both, isProxied);
    }

    /** {@code consumer audit on 10.0.0.1, JAVA 4.9.7}. */
    String words() {
        return kind + " " + group + place();
    }

    /**
     * {@code producers a, b and 3 more on 10.0.0.1, JAVA 4.9.7; and 4 more}: those with one host and SDK in one clause.
     *
     * @param most clauses, and names in each
     */
    static String grouped(List<Application> all, int most) {
        Map<String, List<Application>> clauses = new LinkedHashMap<>();
        all.forEach(one -> clauses.computeIfAbsent(one.kind + one.place(), key -> new ArrayList<>())
                .add(one));
        String named = clauses.values().stream()
                .limit(most)
                .map(alike -> Counts.noun(alike.size(), alike.get(0).kind) + " "
                        + Names.of(alike.stream().map(Application::group).toList(), most)
                        + alike.get(0).place())
                .collect(joining("; "));
        int left = clauses.values().stream().skip(most).mapToInt(List::size).sum();
        return left > 0 ? named + "; and " + left + " more" : named;
    }

    private String place() {
        return " on " + host + ", " + sdk() + (isProxied ? ", through a proxy" : "");
    }

    /** {@code JAVA 4.9.7}. */
    String sdk() {
        return (language + " " + version).strip();
    }

    boolean isGrpc() {
        return language.startsWith(GRPC);
    }

    boolean isJava() {
        return language.equals(JAVA);
    }

    boolean isCpp() {
        return language.equals(CPP);
    }

    /** The release of its SDK; empty if the client does not say one. */
    Optional<ServerVersion> release() {
        Matcher number = VERSION.matcher(version);
        return number.matches()
                ? Optional.of(new ServerVersion(
                        Integer.parseInt(number.group(1)),
                        Integer.parseInt(number.group(2)),
                        Integer.parseInt(number.group(3))))
                : Optional.empty();
    }

    /** Whether it is a Java client that is older than a release. */
    boolean isJavaBefore(int major, int minor, int patch) {
        return isJava()
                && release()
                        .filter(version -> !version.isAtLeast(major, minor, patch))
                        .isPresent();
    }

    boolean isFour() {
        return release().filter(ServerVersion::isFour).isPresent();
    }
}
