package io.github.rocketmigrate.change;

import static java.util.function.Predicate.not;

import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.ObjectSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/** Lists the attributes that an alignment changes; the same change on several masters is listed once. */
public final class Differences {
    /** Stands for all attributes where a master lacks the object. */
    public static final String EVERYTHING = "everything";

    private static final String MISSING = "absent";

    private Differences() {}

    public static List<Difference> of(Change.AlignObject change) {
        return between(change.before(), change.after());
    }

    /** The attributes of an object as reports show them. */
    public static Map<String, String> words(ObjectSettings settings) {
        return settings instanceof TopicSettings topic ? words(topic) : words((GroupSettings) settings);
    }

    /** The attributes of a topic as reports show them. */
    private static Map<String, String> words(TopicSettings topic) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("type", topic.type());
        words.put(
                "queues",
                topic.readQueues() == topic.writeQueues()
                        ? Integer.toString(topic.readQueues())
                        : topic.readQueues() + " to read, " + topic.writeQueues() + " to write");
        words.put("access", topic.access().brief());
        words.put("ordered", yesOrNo(topic.order()));
        topic.otherAttributes().forEach(words::put);
        return words;
    }

    /** The attributes of a group as reports show them. */
    static Map<String, String> words(GroupSettings group) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("order", group.order().name());
        words.put("retries", Integer.toString(group.retries()));
        words.put("broadcast", yesOrNo(group.broadcast()));
        words.put("enabled", yesOrNo(group.enabled()));
        words.put("from first message", yesOrNo(group.fromFirst()));
        words.put("retry queues", Integer.toString(group.retryQueues()));
        words.put("broker to read from", Long.toString(group.broker()));
        words.put("broker when slow", Long.toString(group.slowBroker()));
        words.put("members notified", yesOrNo(group.notified()));
        words.put("system flag", Integer.toString(group.systemFlag()));
        words.put("timeout minutes", Integer.toString(group.timeoutMinutes()));
        words.put("retry policy", group.retryPolicy().isEmpty() ? "by count" : group.retryPolicy());
        group.attributes().forEach(words::put);
        return words;
    }

    private static String yesOrNo(boolean value) {
        return value ? "yes" : "no";
    }

    private static List<Difference> between(
            SortedMap<String, ObjectSettings> before, SortedMap<String, ObjectSettings> after) {
        Map<List<String>, TreeSet<String>> found = new LinkedHashMap<>();
        after.forEach((broker, to) -> {
            ObjectSettings from = before.get(broker);
            if (from == null) {
                found.computeIfAbsent(List.of(EVERYTHING, MISSING, "created"), key -> new TreeSet<>())
                        .add(broker);
                return;
            }
            Map<String, String> had = words(from);
            Map<String, String> gets = words(to);
            List<String> order = new ArrayList<>(gets.keySet());
            had.keySet().stream().filter(not(gets::containsKey)).forEach(order::add);
            order.forEach(name -> {
                String one = Optional.ofNullable(had.get(name)).orElse("–");
                String other = Optional.ofNullable(gets.get(name)).orElse("–");
                if (!one.equals(other)) {
                    found.computeIfAbsent(List.of(name, one, other), key -> new TreeSet<>())
                            .add(broker);
                }
            });
        });
        return found.entrySet().stream()
                .map(entry -> new Difference(
                        entry.getKey().get(0),
                        entry.getKey().get(1),
                        entry.getKey().get(2),
                        entry.getValue(),
                        grows(entry.getKey())))
                .toList();
    }

    private static boolean grows(List<String> difference) {
        return difference.get(0).endsWith("queues")
                && difference.get(1).matches("\\d+")
                && difference.get(2).matches("\\d+")
                && Integer.parseInt(difference.get(1)) < Integer.parseInt(difference.get(2));
    }
}
