package io.github.rocketmigrate.write;

import io.github.rocketmigrate.change.Differences;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.QueueOffsets;
import io.github.rocketmigrate.cluster.RouteEntry;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.text.Counts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads and writes the settings of one kind of object on masters: topics or consumer groups.
 *
 * @param <T> the settings of an object
 */
public interface SettingsStore<T extends ObjectSettings> {
    /** Names the kind of object: "topic" or "group". */
    String what();

    Map<String, T> read(Broker master) throws InterruptedException;

    Claim write(Broker master, Map<String, T> objects) throws InterruptedException;

    boolean takesLists(Broker master);

    /** Returns whether some release checks the right to write for a single object; for a list, no release does. */
    boolean isGuarded();

    /** Returns whether to write an object alone, because a refusal of it would spoil its list. */
    boolean isDelicate(T settings);

    /** Returns why planned updates are no longer safe, by object: messages have arrived since. */
    Map<String, String> dangers(List<ObjectUpdate<T>> works) throws InterruptedException;

    /** Returns the objects whose current settings some name server does not show yet. */
    Set<String> unseen(Map<String, Map<String, T>> objects) throws InterruptedException;

    /** Makes name servers show what brokers have, where they show something else. */
    void register(Map<String, Map<String, T>> objects, WriteGuard guard) throws InterruptedException, Halt;

    /** The same store, whose objects the name servers of other clusters have to show. */
    SettingsStore<T> shownBy(List<ClusterWriter> clusters);

    /**
     * Reads and writes topics, whose routes name servers show.
     *
     * @param cluster the cluster of the masters
     * @param seers the clusters whose name servers must show the topics
     * @param router the one of them whose name servers can be told a route
     */
    record TopicStore(ClusterWriter writer, Metadata cluster, List<ClusterWriter> seers, Optional<ClusterWriter> router)
            implements SettingsStore<TopicSettings> {
        public TopicStore(ClusterWriter writer, Metadata cluster, List<ClusterWriter> seers) {
            this(writer, cluster, seers, Optional.empty());
        }

        @Override
        public String what() {
            return "topic";
        }

        @Override
        public Map<String, TopicSettings> read(Broker master) throws InterruptedException {
            return writer.topics(master);
        }

        @Override
        public Claim write(Broker master, Map<String, TopicSettings> objects) throws InterruptedException {
            return writer.writeTopics(master, objects);
        }

        @Override
        public boolean takesLists(Broker master) {
            return writer.takesTopicLists(master);
        }

        @Override
        public boolean isGuarded() {
            return true;
        }

        /** Each broker may refuse attributes other than the type, and the type MIXED. */
        @Override
        public boolean isDelicate(TopicSettings settings) {
            return !settings.otherAttributes().isEmpty() || settings.type().equals(MessageType.MIXED.name());
        }

        @Override
        public Map<String, String> dangers(List<ObjectUpdate<TopicSettings>> works) throws InterruptedException {
            List<ObjectUpdate<TopicSettings>> risky =
                    works.stream().filter(TopicStore::couldLose).toList();
            if (risky.isEmpty()) {
                return Map.of();
            }
            QueueOffsets held = writer.reader()
                    .queueOffsets(
                            cluster, risky.stream().map(ObjectUpdate::name).toList());
            Map<String, String> dangers = new HashMap<>();
            for (ObjectUpdate<TopicSettings> work : risky) {
                work.after().forEach((broker, after) -> {
                    TopicSettings before = work.before(broker);
                    boolean retyped = before != null && !before.type().equals(after.type());
                    // Ranges were read for exactly the topics that existed before.
                    long there = before == null
                            ? 0
                            : held.heldFrom(work.name(), broker, retyped ? 0 : after.queues())
                                    .orElseThrow();
                    if (there > 0) {
                        dangers.put(
                                work.name(),
                                Counts.of(there, "message has", "messages have") + " arrived at broker " + broker
                                        + (retyped ? "" : ", in queues to be removed,") + " since it was planned");
                    }
                });
            }
            return dangers;
        }

        /** Returns whether some master gets fewer queues or another type. */
        private static boolean couldLose(ObjectUpdate<TopicSettings> work) {
            return work.after().entrySet().stream().anyMatch(broker -> {
                TopicSettings before = work.before(broker.getKey());
                TopicSettings after = broker.getValue();
                return before != null
                        && (after.queues() < before.queues() || !after.type().equals(before.type()));
            });
        }

        @Override
        public TopicStore shownBy(List<ClusterWriter> clusters) {
            return new TopicStore(writer, cluster, clusters);
        }

        /**
         * Sets the routes that some name server does not show. A broker that could not reach it reports its next change
         * and not the one before, so that the old route would stay. Where name servers cannot be told a route, the broker
         * gets the same settings again.
         */
        @Override
        public void register(Map<String, Map<String, TopicSettings>> objects, WriteGuard guard)
                throws InterruptedException, Halt {
            if (router.isPresent()) {
                setRoutes(objects, guard);
            }
            writeAgain(objects, guard);
        }

        /** Brokers from 5.2.0 on say yes to what they have already, and do not register it. */
        private void writeAgain(Map<String, Map<String, TopicSettings>> objects, WriteGuard guard)
                throws InterruptedException, Halt {
            Map<String, Map<String, TopicSettings>> old = new HashMap<>();
            objects.forEach((topic, brokers) -> {
                Map<String, TopicSettings> registering = new TreeMap<>(brokers);
                registering
                        .keySet()
                        .removeIf(name -> cluster.brokers().get(name).ignoresSameTopics());
                if (!registering.isEmpty()) {
                    old.put(topic, registering);
                }
            });
            for (String topic : old.isEmpty() ? Set.<String>of() : new TreeSet<>(unseen(old))) {
                for (Map.Entry<String, TopicSettings> broker : old.get(topic).entrySet()) {
                    Broker master = cluster.brokers().get(broker.getKey());
                    Claim unused = guard.send(
                            what(),
                            master,
                            Set.of(topic),
                            () -> writer.writeTopics(master, Map.of(topic, broker.getValue())));
                }
            }
        }

        private void setRoutes(Map<String, Map<String, TopicSettings>> objects, WriteGuard guard)
                throws InterruptedException, Halt {
            for (String nameServer : router.get().nameServers()) {
                Map<String, Map<String, RouteEntry>> routes =
                        router.get().reader().routes(nameServer, objects.keySet());
                for (Map.Entry<String, Map<String, TopicSettings>> object : objects.entrySet()) {
                    String topic = object.getKey();
                    Map<String, TopicSettings> other = new TreeMap<>(object.getValue());
                    other.entrySet().removeIf(broker -> isShown(routes.get(topic), broker.getKey(), broker.getValue()));
                    other.keySet().retainAll(routes.get(topic).keySet());
                    if (!other.isEmpty()) {
                        Claim unused = guard.send(
                                "route",
                                nameServer,
                                List.of(topic),
                                () -> router.get().setRoute(nameServer, topic, other));
                    }
                }
            }
        }

        private boolean isShown(Map<String, RouteEntry> route, String broker, TopicSettings settings) {
            return RouteEntry.of(settings, cluster.brokers().get(broker)).equals(route.get(broker));
        }

        @Override
        public Set<String> unseen(Map<String, Map<String, TopicSettings>> objects) throws InterruptedException {
            Set<String> unseen = new TreeSet<>();
            for (ClusterWriter seer : seers) {
                seer.reader()
                        .routes(objects.keySet())
                        .values()
                        .forEach(routes -> objects.forEach((topic, brokers) -> brokers.forEach((broker, settings) -> {
                            if (!isShown(routes.get(topic), broker, settings)) {
                                unseen.add(topic);
                            }
                        })));
            }
            return unseen;
        }
    }

    /** Reads and writes consumer groups; name servers do not know them. */
    record GroupStore(ClusterWriter writer) implements SettingsStore<GroupSettings> {
        @Override
        public String what() {
            return "group";
        }

        @Override
        public Map<String, GroupSettings> read(Broker master) throws InterruptedException {
            return writer.groups(master);
        }

        @Override
        public Claim write(Broker master, Map<String, GroupSettings> objects) throws InterruptedException {
            return writer.writeGroups(master, objects);
        }

        @Override
        public boolean takesLists(Broker master) {
            return writer.takesGroupLists(master);
        }

        @Override
        public boolean isGuarded() {
            return false;
        }

        @Override
        public boolean isDelicate(GroupSettings settings) {
            return !settings.attributes().isEmpty();
        }

        @Override
        public Map<String, String> dangers(List<ObjectUpdate<GroupSettings>> works) {
            return Map.of();
        }

        @Override
        public void register(Map<String, Map<String, GroupSettings>> objects, WriteGuard guard) {
            // No name server shows groups.
        }

        @Override
        public GroupStore shownBy(List<ClusterWriter> clusters) {
            return this;
        }

        @Override
        public Set<String> unseen(Map<String, Map<String, GroupSettings>> objects) {
            return Set.of();
        }
    }

    /** Describes where {@code one} and {@code other} differ, such as "queues 4, not 8". */
    default String difference(T one, T other) {
        if (one == null || other == null) {
            return one == null ? "absent" : "present";
        }
        Map<String, String> wanted = Differences.words(other);
        return Differences.words(one).entrySet().stream()
                .filter(word -> !word.getValue().equals(wanted.get(word.getKey())))
                .map(word -> word.getKey() + " " + word.getValue() + ", not " + wanted.get(word.getKey()))
                .collect(Collectors.joining("; "));
    }
}
