package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.ThirdClusters;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.Collection;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds topics and groups of the source that only other clusters have at the destination's name servers. */
final class NamesOfThirdClusters {
    private final Situation situation;
    private final SortedMap<String, SortedSet<String>> listed;
    private final SortedSet<String> clusters;

    /** In a situation in which no broker of the source has joined. */
    NamesOfThirdClusters(Situation situation) {
        ThirdClusters others = new ThirdClusters(situation);
        this.situation = situation;
        this.listed = others.topics();
        this.clusters = others.clusters();
    }

    void fail(Findings findings) {
        SortedMap<String, String> topics = new TreeMap<>();
        SortedSet<String> ofSource = situation.source().topics();
        ofSource.addAll(situation.plan().plannedTopicNames());
        ofSource.forEach(topic -> topics.put(topic, topic));
        fail(topics, "topic", "", findings);
        SortedMap<String, String> retries = new TreeMap<>();
        SortedSet<String> groups = situation.source().groups();
        groups.addAll(situation.plan().plannedGroupNames());
        groups.forEach(group -> retries.put(Traffic.retries(group), group));
        fail(retries, "group", "retry topics of ", findings);
    }

    /**
     * Fails if some of these topics are listed.
     *
     * @param topics with the names of what they belong to
     */
    private void fail(SortedMap<String, String> topics, String noun, String prefix, Findings findings) {
        SortedMap<String, String> found = new TreeMap<>(topics);
        found.keySet().retainAll(listed.keySet());
        if (found.isEmpty()) {
            return;
        }
        SortedSet<String> nameServers = new TreeSet<>();
        found.keySet().forEach(topic -> nameServers.addAll(listed.get(topic)));
        findings.failed(
                "the destination's " + Counts.noun(nameServers.size(), "name server") + " "
                        + String.join(", ", nameServers) + " " + Counts.verb(nameServers.size(), "lists", "list") + " "
                        + prefix + Counts.of(found.size(), noun) + " of the source, which no broker of cluster "
                        + situation.destination().cluster() + " has: " + Names.of(found.values(), Counts.MOST_NAMED)
                        + also(nameServers.size()),
                clusters.isEmpty() ? delete(nameServers.first(), found.keySet()) : separate(noun));
    }

    private String also(int nameServers) {
        return clusters.isEmpty()
                ? ""
                : "; " + Counts.verb(nameServers, "it also serves ", "they also serve ")
                        + Counts.noun(clusters.size(), "cluster") + " " + Names.of(clusters, Counts.MOST_NAMED);
    }

    private static String separate(String noun) {
        return "Register the other cluster with name servers of its own, or rename its " + noun
                + "s: after the join, clients of a " + noun + " use the brokers of every cluster that has it.";
    }

    private String delete(String nameServer, Collection<String> topics) {
        return "Delete the routes that are left: "
                + topics.stream()
                        .limit(Counts.MOST_NAMED)
                        .map(topic -> "mqadmin deleteTopic -n " + nameServer + " -c "
                                + situation.destination().cluster() + " -t " + topic)
                        .collect(joining("; "))
                + ".";
    }
}
