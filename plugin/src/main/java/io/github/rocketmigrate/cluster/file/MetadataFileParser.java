package io.github.rocketmigrate.cluster.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.cluster.file.StoredSettings.StoredTopic;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.ServerVersion;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses one file with topics and groups: of {@code mqadmin exportMetadata}, {@code exportConfigs} and {@code
 * exportMetadataInRocksDB}, of {@code export.sh}, which joins several of them, of a broker's own store, or of
 * {@code migrate:export}.
 */
final class MetadataFileParser {
    static final String TOPICS = "topicConfigTable";
    static final String GROUPS = "subscriptionGroupTable";
    /** What {@code migrate:export} adds to the format of mqadmin. */
    static final String EXPORTED = "migrate";

    static final int SCHEMA_VERSION = 1;

    /** Only the export of a whole cluster has it, which adds up the queues of all masters. */
    private static final String TIME_OF_SUM = "exportTime";

    private static final int MOST_MASTERS = 10_000;

    /** The text of {@code mqadmin exportMetadataInRocksDB} without {@code -j true}. */
    private static final Pattern LINE = Pattern.compile("\\d{1,9}, Key: (\\S{1,1024}), Value: (\\{.*)");

    private final String name;
    private Optional<SortedMap<String, TopicSettings>> topics = Optional.empty();
    private Optional<SortedMap<String, GroupSettings>> groups = Optional.empty();
    private final Set<String> inheriting = new HashSet<>();
    private boolean isSum;
    private OptionalInt masters = OptionalInt.empty();
    private final SortedMap<String, Map<String, String>> settings = new TreeMap<>();
    private Optional<ExportedBrokers> exported = Optional.empty();

    private MetadataFileParser(String name) {
        this.name = name;
    }

    /**
     * Parses a file.
     *
     * @param name of the file as the user named it, for messages
     */
    static StoredObjects parse(Path file, String name) {
        MetadataFileParser parser = new MetadataFileParser(name);
        try {
            parser.read(file);
        } catch (IOException e) {
            throw new Fault(name + " cannot be read: " + e, "Check that it is a file that you may read.", e);
        }
        return new StoredObjects(
                parser.topics,
                parser.groups,
                parser.inheriting,
                parser.isSum,
                parser.masters,
                parser.settings,
                parser.exported);
    }

    private void read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new Fault(name + (Files.exists(file) ? " is not a file." : " does not exist."), "Correct its name.");
        }
        long size = Files.size(file);
        if (size > JsonFile.MOST_BYTES) {
            throw JsonFile.unusable(
                    name,
                    "has " + (size >> 20) + " MiB, and a file of topics and groups at most "
                            + (JsonFile.MOST_BYTES >> 20) + " MiB");
        }
        try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file))) {
            bytes.mark(2);
            int first = bytes.read();
            int second = bytes.read();
            bytes.reset();
            if (first < 0) {
                throw JsonFile.unusable(name, "is empty");
            }
            if ((first == 0x1F && second == 0x8B) || (first == 'P' && second == 'K')) {
                throw new Fault(name + " is compressed.", "Unpack it first.");
            }
            if (first >= '0' && first <= '9') {
                readLines(bytes);
            } else {
                readJson(bytes);
            }
        }
        if (topics.isEmpty() && groups.isEmpty() && settings.isEmpty()) {
            throw JsonFile.unusable(name, "has neither " + TOPICS + " nor " + GROUPS);
        }
    }

    private void readJson(InputStream bytes) throws IOException {
        try (JsonFile json = new JsonFile(name, bytes)) {
            try {
                json.readWhole(field -> readRoot(field, json));
            } catch (IOException e) {
                throw json.problem(e);
            }
        }
    }

    private void readRoot(String field, JsonFile json) throws IOException {
        switch (field) {
            case TOPICS -> topics = Optional.of(topics(json));
            case GROUPS -> groups = Optional.of(groups(json));
            case TIME_OF_SUM -> {
                isSum = true;
                json.skip();
            }
            // export.sh joins three files.
            case "metadata", "configs" -> json.readObject(inner -> readRoot(inner, json));
            case "clusterScale" ->
                json.readObject(inner -> {
                    if (inner.equals("masterBrokerSize")) {
                        masters = OptionalInt.of(json.number(1, MOST_MASTERS));
                    } else {
                        json.skip();
                    }
                });
            case "brokerConfigs" -> json.readTable(broker -> settings.put(broker, texts(json)));
            case EXPORTED -> exported = Optional.of(exported(json));
            default -> json.skip();
        }
    }

    private SortedMap<String, TopicSettings> topics(JsonFile json) throws IOException {
        StoredSettings reading = new StoredSettings(json);
        SortedMap<String, TopicSettings> table = new TreeMap<>();
        json.readTable(topic -> table.put(topic, topic(topic, reading)));
        return table;
    }

    private TopicSettings topic(String topic, StoredSettings reading) throws IOException {
        StoredTopic stored = reading.topic(topic);
        if (stored.isInherited()) {
            inheriting.add(topic);
        }
        return stored.settings();
    }

    private static SortedMap<String, GroupSettings> groups(JsonFile json) throws IOException {
        StoredSettings reading = new StoredSettings(json);
        SortedMap<String, GroupSettings> table = new TreeMap<>();
        json.readTable(group -> table.put(group, reading.group(group)));
        return table;
    }

    private static Map<String, String> texts(JsonFile json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        json.readObject(field -> {
            if (json.isNull()) {
                json.skip();
            } else {
                texts.put(field, json.text());
            }
        });
        return texts;
    }

    /** What a broker has otherwise than the tables, with null for what it does not have. */
    private static final class Exported {
        private int schemaVersion;
        private String cluster = "";
        private final SortedMap<String, ExportedBrokers.OwnSettings> brokers = new TreeMap<>();
    }

    private ExportedBrokers exported(JsonFile json) throws IOException {
        Exported read = new Exported();
        json.readObject(field -> {
            switch (field) {
                case "schemaVersion" -> read.schemaVersion = json.number(SCHEMA_VERSION, SCHEMA_VERSION);
                case "cluster" -> read.cluster = json.text();
                case "brokers" -> json.readTable(broker -> read.brokers.put(broker, differences(json)));
                default -> json.skip();
            }
        });
        if (read.schemaVersion == 0 || read.cluster.isEmpty() || read.brokers.isEmpty()) {
            throw json.problem(EXPORTED + " needs schemaVersion, cluster and brokers");
        }
        return new ExportedBrokers(read.cluster, read.brokers);
    }

    private ExportedBrokers.OwnSettings differences(JsonFile json) throws IOException {
        StoredSettings reading = new StoredSettings(json);
        Map<String, Optional<TopicSettings>> ofTopics = new HashMap<>();
        Map<String, Optional<GroupSettings>> ofGroups = new HashMap<>();
        SortedMap<String, ServerVersion> version = new TreeMap<>();
        json.readObject(field -> {
            switch (field) {
                case "version" ->
                    version.put(
                            field,
                            ServerVersion.of(json.text()).orElseThrow(() -> json.problem("version is not a version")));
                case TOPICS ->
                    json.readTable(topic ->
                            ofTopics.put(topic, json.isNull() ? Optional.empty() : Optional.of(topic(topic, reading))));
                case GROUPS ->
                    json.readTable(group ->
                            ofGroups.put(group, json.isNull() ? Optional.empty() : Optional.of(reading.group(group))));
                default -> json.skip();
            }
        });
        return new ExportedBrokers.OwnSettings(
                version.getOrDefault("version", ServerVersion.UNKNOWN), ofTopics, ofGroups);
    }

    /** Each line is one topic or one group. */
    private void readLines(InputStream bytes) throws IOException {
        SortedMap<String, TopicSettings> foundTopics = new TreeMap<>();
        SortedMap<String, GroupSettings> foundGroups = new TreeMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                bytes,
                UTF_8.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    readLine(line, number, foundTopics, foundGroups);
                }
            }
        }
        topics = Optional.of(foundTopics).filter(found -> !found.isEmpty());
        groups = Optional.of(foundGroups).filter(found -> !found.isEmpty());
    }

    private void readLine(
            String line,
            int number,
            SortedMap<String, TopicSettings> foundTopics,
            SortedMap<String, GroupSettings> foundGroups)
            throws IOException {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new Fault(
                    name + ":" + number + ":1: it is neither JSON nor a line of mqadmin exportMetadataInRocksDB.",
                    "Export it again with -j true, or correct the line.");
        }
        String key = parts.group(1);
        try (JsonFile json = new JsonFile(name, parts.group(2), number, parts.start(2) + 1)) {
            boolean isGroup = parts.group(2).contains("\"groupName\"");
            if (isGroup ? foundGroups.containsKey(key) : foundTopics.containsKey(key)) {
                throw new Fault(name + ":" + number + ":1: '" + key + "' is there twice.", "Export it again.");
            }
            try {
                json.begin();
                StoredSettings reading = new StoredSettings(json);
                if (isGroup) {
                    foundGroups.put(key, reading.group(key));
                } else {
                    foundTopics.put(key, topic(key, reading));
                }
            } catch (IOException e) {
                throw json.problem(e);
            }
        }
    }
}
