package io.github.rocketmigrate.cluster.file;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.text.Counts;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A cluster as its metadata files have it. The files in one folder are of one broker, unless they say that they are of a
 * whole cluster.
 *
 * @param names of the files as the user named them
 * @param cluster its name, if a file has it
 * @param brokers the masters by name
 */
public record StoredCluster(String names, Optional<String> cluster, SortedMap<String, Broker> brokers) {
    /** The name of a cluster that no file and no plan names. */
    public static final String UNNAMED = "source";

    /** The files of a broker's store and of mqadmin that a folder may have. */
    private static final Set<String> IN_FOLDERS = Set.of(
            "topics.json",
            "topic.json",
            "subscriptionGroup.json",
            "metadata.json",
            "configs.json",
            "rocketmq-metadata-export.json");

    public StoredCluster {
        requireNonNull(names, "names is null");
        requireNonNull(cluster, "cluster is null");
        brokers = unmodifiableSortedMap(brokers);
    }

    /**
     * Reads files, and the metadata files in folders.
     *
     * @param files by the names that the user gave them
     * @param masters over how many masters the numbers of queues are sums, if the user says it
     */
    public static StoredCluster read(Map<String, Path> files, OptionalInt masters) {
        SortedMap<String, FolderFiles> folders = new TreeMap<>();
        List<String> names = new ArrayList<>();
        inFolders(files).forEach((name, file) -> {
            names.add(name);
            folders.computeIfAbsent(
                            String.valueOf(file.toAbsolutePath().normalize().getParent()), key -> new FolderFiles())
                    .add(name, MetadataFileParser.parse(file, name));
        });
        Optional<String> cluster = Optional.empty();
        SortedMap<String, Broker> brokers = new TreeMap<>();
        for (Map.Entry<String, FolderFiles> folder : folders.entrySet()) {
            FolderFiles found = folder.getValue();
            found.brokers(Path.of(folder.getKey()), masters).forEach((name, broker) -> {
                if (brokers.put(name, broker) != null) {
                    throw new Fault("Two folders have the files of a broker " + name + ".", "Name each broker once.");
                }
            });
            cluster = cluster.or(found::cluster);
        }
        return new StoredCluster(String.join(", ", names), cluster, brokers);
    }

    private static Map<String, Path> inFolders(Map<String, Path> given) {
        Map<String, Path> files = new LinkedHashMap<>();
        given.forEach((name, path) -> {
            if (!Files.isDirectory(path)) {
                files.put(name, path);
                return;
            }
            SortedMap<String, Path> found = new TreeMap<>();
            try (DirectoryStream<Path> inside = Files.newDirectoryStream(path)) {
                for (Path file : inside) {
                    if (IN_FOLDERS.contains(String.valueOf(file.getFileName()))) {
                        found.put(Path.of(name).resolve(file.getFileName()).toString(), file);
                    }
                }
            } catch (IOException e) {
                throw new Fault(name + " cannot be read: " + e, "Check that it is a folder that you may read.", e);
            }
            if (found.isEmpty()) {
                throw new Fault(
                        name + " has no metadata file.",
                        "Name a folder with "
                                + new TreeSet<>(IN_FOLDERS).stream().collect(joining(", ")) + ", or a file.");
            }
            files.putAll(found);
        });
        return files;
    }

    /** The files in one folder, which complete each other. */
    private static final class FolderFiles {
        private final List<String> names = new ArrayList<>();
        private Optional<SortedMap<String, TopicSettings>> topics = Optional.empty();
        private Optional<SortedMap<String, GroupSettings>> groups = Optional.empty();
        private final Set<String> inheriting = new TreeSet<>();
        private boolean isSum;
        private OptionalInt masters = OptionalInt.empty();
        private final SortedMap<String, Map<String, String>> settings = new TreeMap<>();
        private Optional<ExportedBrokers> exported = Optional.empty();

        void add(String name, StoredObjects file) {
            names.add(name);
            topics = only(topics, file.topics(), "topics");
            groups = only(groups, file.groups(), "groups");
            exported = only(exported, file.exported(), "brokers");
            inheriting.addAll(file.inheriting());
            isSum |= file.isSum();
            if (masters.isEmpty()) {
                masters = file.masters();
            }
            settings.putAll(file.settings());
        }

        private <T> Optional<T> only(Optional<T> before, Optional<T> more, String what) {
            if (before.isPresent() && more.isPresent()) {
                throw new Fault(
                        "Two files in one folder have " + what + ": " + words() + ".",
                        "Put the files of each broker into a folder of its own, and name all folders.");
            }
            return before.or(() -> more);
        }

        private String words() {
            return String.join(", ", names);
        }

        Optional<String> cluster() {
            return exported.map(ExportedBrokers::cluster)
                    .or(() -> settings.values().stream()
                            .flatMap(one -> Optional.ofNullable(one.get("brokerClusterName")).stream())
                            .findFirst())
                    .or(this::clusterOfStore);
        }

        /** A broker stores a topic for the replies to its cluster. */
        private Optional<String> clusterOfStore() {
            String replies = "_REPLY_TOPIC";
            return topics.stream()
                    .flatMap(table -> table.keySet().stream())
                    .filter(topic -> topic.endsWith(replies)
                            && inheriting.contains(topic.substring(0, topic.length() - replies.length())))
                    .map(topic -> topic.substring(0, topic.length() - replies.length()))
                    .findFirst();
        }

        SortedMap<String, Broker> brokers(Path folder, OptionalInt saidMasters) {
            if (topics.isEmpty() || groups.isEmpty()) {
                String missing = topics.isEmpty() ? "topics" : "groups";
                throw new Fault(
                        words() + " " + Counts.hasOrHave(names.size()) + " no " + missing + ".",
                        "Also name the file with the " + missing + ", separated by a comma.");
            }
            if (exported.isPresent()) {
                return brokers(exported.get());
            }
            SortedMap<String, Broker> brokers = new TreeMap<>();
            QueueShare share = share(saidMasters);
            SortedMap<String, TopicSettings> ofEach = share.topics(topics.get());
            SortedMap<String, GroupSettings> groupsOfEach = share.groups(groups.get());
            for (String name : brokerNames(folder, share.masters())) {
                brokers.put(
                        name,
                        broker(
                                name,
                                ServerVersion.UNKNOWN,
                                settings.getOrDefault(name, Map.of()),
                                ofEach,
                                groupsOfEach));
            }
            return brokers;
        }

        /** Sums over one master are numbers of one broker. */
        private QueueShare share(OptionalInt saidMasters) {
            if (!isSum) {
                return new QueueShare(1, words());
            }
            if (saidMasters.isPresent()) {
                return new QueueShare(saidMasters.getAsInt(), words());
            }
            if (masters.isPresent()) {
                return new QueueShare(masters.getAsInt(), words());
            }
            throw new Fault(
                    words() + " " + Counts.verb(names.size(), "is", "are")
                            + " of mqadmin exportMetadata -c, which adds up the queues of"
                            + " all masters of the cluster, and " + Counts.verb(names.size(), "does", "do")
                            + " not say how many there are.",
                    "Add -Dmigrate.fromMasters= with the number of masters at that time. Better: export each broker with"
                            + " -b, or the cluster with the goal export.");
        }

        private List<String> brokerNames(Path folder, int count) {
            if (settings.size() == count) {
                return List.copyOf(settings.keySet());
            }
            String name = inheriting.stream()
                    .filter(topic -> !topic.equals("TBW102") && !cluster().equals(Optional.of(topic)))
                    .findFirst()
                    .orElseGet(() -> String.valueOf(folder.getFileName()));
            List<String> all = new ArrayList<>();
            for (int i = 1; i <= count; i++) {
                all.add(count == 1 ? name : name + "-" + i);
            }
            return all;
        }

        private SortedMap<String, Broker> brokers(ExportedBrokers all) {
            SortedMap<String, Broker> brokers = new TreeMap<>();
            all.brokers()
                    .forEach((name, one) -> brokers.put(
                            name,
                            broker(
                                    name,
                                    one.version(),
                                    Map.of(),
                                    ExportedBrokers.OwnSettings.of(topics.orElseThrow(), one.topics()),
                                    ExportedBrokers.OwnSettings.of(groups.orElseThrow(), one.groups()))));
            return brokers;
        }

        private static Broker broker(
                String name,
                ServerVersion version,
                Map<String, String> settings,
                SortedMap<String, TopicSettings> topics,
                SortedMap<String, GroupSettings> groups) {
            return new Broker(name, name, version, settings, topics, groups, List.of());
        }
    }
}
