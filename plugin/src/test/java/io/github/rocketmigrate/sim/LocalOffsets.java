package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.cluster.QueueKey;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a member of a broadcasting group knows of its offsets (LocalFileOffsetStore, 4.7.1 to 5.3.2): its memory keeps those
 * of queues that it has given away, and its file has only those of queues that it reads. It begins a queue where the file
 * says, and at the end of a queue that is not in the file. The file outlives the process.
 */
final class LocalOffsets {
    private final String application;
    private final SortedMap<String, Long> memory = new TreeMap<>();
    private final SortedMap<String, Long> file = new TreeMap<>();
    /** Where it was in queues that it gave away because name servers did not list their broker. */
    private final SortedMap<String, Long> hidden = new TreeMap<>();

    /** Creates an empty file for an application, which has to get every message. */
    LocalOffsets(String application) {
        this.application = application;
    }

    String application() {
        return application;
    }

    /** Another member of the same application, with a file of its own. */
    LocalOffsets beside() {
        return new LocalOffsets(application);
    }

    /** A process starts: its memory has what is in the file. */
    void load() {
        memory.clear();
        memory.putAll(file);
    }

    void consumed(String topic, QueueKey queue, long next) {
        memory.put(name(topic, queue), next);
    }

    /** Writes the offsets of the queues that the member reads; without any, the file stays as it is. */
    void persist(Map<String, List<QueueKey>> reads) {
        if (reads.values().stream().allMatch(List::isEmpty)) {
            return;
        }
        file.clear();
        reads.forEach((topic, queues) -> queues.forEach(queue -> {
            String name = name(topic, queue);
            if (memory.containsKey(name)) {
                file.put(name, memory.get(name));
            }
        }));
    }

    void hidden(String topic, QueueKey queue, long next) {
        hidden.putIfAbsent(name(topic, queue), next);
    }

    /** Where it was in a queue before name servers hid its broker; empty if they did not. */
    OptionalLong found(String topic, QueueKey queue) {
        Long next = hidden.remove(name(topic, queue));
        return next == null ? OptionalLong.empty() : OptionalLong.of(next);
    }

    OptionalLong stored(String topic, QueueKey queue) {
        return of(file, topic, queue);
    }

    /** What the member reports; empty if it has consumed nothing of a queue yet. */
    OptionalLong reported(String topic, QueueKey queue) {
        return of(memory, topic, queue);
    }

    private static OptionalLong of(SortedMap<String, Long> offsets, String topic, QueueKey queue) {
        Long offset = offsets.get(name(topic, queue));
        return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    private static String name(String topic, QueueKey queue) {
        return topic + " " + queue.broker() + " " + queue.queue();
    }
}
