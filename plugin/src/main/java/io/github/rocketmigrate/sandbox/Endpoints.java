package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Collections.unmodifiableMap;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.wire.Credentials;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The addresses of a sandbox's clusters, which plans read as properties {@code migrate.sandbox.*}.
 *
 * @param acl whether clients must sign in as {@link #admin()} or {@link #reader()}
 */
public record Endpoints(Map<Side, SandboxCluster> clusters, boolean acl) {
    /** The file in the sandbox's folder with the properties, for later builds. */
    public static final String FILE = "endpoints.properties";

    public static final String PREFIX = "migrate.sandbox.";

    private static final String BROKER = "broker.";
    private static final String NAME_SERVERS = "nameServers";
    private static final String CLUSTER = "cluster";
    private static final String VERSION = "version";
    private static final String ACL = "acl";

    /**
     * One cluster of a sandbox.
     *
     * @param brokers the addresses of the masters by broker name
     */
    public record SandboxCluster(String name, ServerVersion version, String nameServers, Map<String, String> brokers) {
        public SandboxCluster {
            requireNonNull(name, "name is null");
            requireNonNull(version, "version is null");
            requireNonNull(nameServers, "nameServers is null");
            brokers = unmodifiableMap(new TreeMap<>(brokers));
        }

        List<String> brokerAddresses() {
            return List.copyOf(brokers.values());
        }
    }

    public Endpoints {
        clusters = Map.copyOf(clusters);
    }

    public SandboxCluster cluster(Side side) {
        return clusters.get(side);
    }

    /** The user with all permissions, if the sandbox has ACL. */
    public Optional<Credentials> admin() {
        return acl ? Optional.of(ServerFiles.ADMIN) : Optional.empty();
    }

    /** The user with permission to read only, if the sandbox has ACL. */
    public Optional<Credentials> reader() {
        return acl ? Optional.of(ServerFiles.READER) : Optional.empty();
    }

    /** Sorted by name. */
    public Map<String, String> asProperties() {
        Map<String, String> properties = new TreeMap<>();
        clusters.forEach((side, cluster) -> {
            String prefix = PREFIX + side.word() + ".";
            properties.put(prefix + NAME_SERVERS, cluster.nameServers());
            properties.put(prefix + CLUSTER, cluster.name());
            properties.put(prefix + VERSION, cluster.version().toString());
            cluster.brokers().forEach((broker, address) -> properties.put(prefix + BROKER + broker, address));
        });
        properties.put(PREFIX + ACL, Boolean.toString(acl));
        return properties;
    }

    /** The properties that every sandbox sets, without those of its brokers. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(Set.of(PREFIX + ACL));
        for (Side side : Side.values()) {
            for (String name : List.of(NAME_SERVERS, CLUSTER, VERSION)) {
                names.add(PREFIX + side.word() + "." + name);
            }
        }
        return names;
    }

    void write(Path folder) throws IOException {
        List<String> lines = asProperties().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
        Files.write(folder.resolve(FILE), lines, UTF_8);
    }

    /** Reads the endpoints in {@code folder}, if a sandbox was started there completely. */
    static Optional<Endpoints> read(Path folder) throws IOException {
        Properties properties = new Properties();
        try (Reader file = new InputStreamReader(Files.newInputStream(folder.resolve(FILE)), ISO_8859_1)) {
            properties.load(file);
        } catch (NoSuchFileException | IllegalArgumentException noneOrNotOurs) {
            return Optional.empty();
        }
        Map<Side, SandboxCluster> clusters = new EnumMap<>(Side.class);
        for (Side side : Side.values()) {
            cluster(properties, PREFIX + side.word() + ".").ifPresent(cluster -> clusters.put(side, cluster));
        }
        return clusters.size() == Side.values().length
                ? Optional.of(new Endpoints(clusters, Boolean.parseBoolean(properties.getProperty(PREFIX + ACL))))
                : Optional.empty();
    }

    private static Optional<SandboxCluster> cluster(Properties properties, String prefix) {
        String name = properties.getProperty(prefix + CLUSTER);
        String nameServers = properties.getProperty(prefix + NAME_SERVERS);
        Optional<ServerVersion> version = ServerVersion.of(properties.getProperty(prefix + VERSION, ""));
        Map<String, String> brokers = new TreeMap<>();
        String broker = prefix + BROKER;
        properties.stringPropertyNames().stream()
                .filter(property -> property.startsWith(broker))
                .forEach(
                        property -> brokers.put(property.substring(broker.length()), properties.getProperty(property)));
        return name == null || nameServers == null || version.isEmpty() || brokers.isEmpty()
                ? Optional.empty()
                : Optional.of(new SandboxCluster(name, version.get(), nameServers, brokers));
    }
}
