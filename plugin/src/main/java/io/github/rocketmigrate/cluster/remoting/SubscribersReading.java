package io.github.rocketmigrate.cluster.remoting;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.SystemNames;
import io.github.rocketmigrate.cluster.WrongAnswer;
import io.github.rocketmigrate.cluster.remoting.RequestGroup.Asked;
import io.github.rocketmigrate.wire.ReadRequest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Reads which groups consume topics. A broker that names the topic as a group of itself has the defect of 5.3.3, or a group
 * of that name: then the members of its groups decide. Other brokers need one request for each topic.
 */
final class SubscribersReading {
    private final Supplier<RequestGroup> requests;

    SubscribersReading(Supplier<RequestGroup> requests) {
        this.requests = requireNonNull(requests, "requests is null");
    }

    /** What one broker says of one topic. */
    private record Listed(Broker broker, String topic, Asked<SortedSet<String>> answer) {
        /** Whether the answer may be that of 5.3.3; forks with its defect are known by a group that does not exist. */
        boolean isDoubtful() {
            return answer.value().contains(topic)
                    && (WrongAnswer.TOPIC_AS_GROUP.isBy(broker.version())
                            || !broker.groups().containsKey(topic));
        }

        /** Whether the group can be online at this broker. */
        boolean mayHave(String group) {
            return broker.groups().containsKey(group) || topic.equals(group);
        }
    }

    Subscribers read(Metadata metadata, Collection<String> topics) throws InterruptedException {
        List<Listed> all = ask(metadata, topics);
        List<Listed> doubtful = all.stream().filter(Listed::isDoubtful).toList();
        Map<String, SortedSet<String>> groups = new HashMap<>();
        for (Listed listed : all) {
            SortedSet<String> named = new TreeSet<>(listed.answer().value());
            if (doubtful.contains(listed)) {
                named.remove(listed.topic());
            }
            groups.computeIfAbsent(listed.topic(), key -> new TreeSet<>()).addAll(named);
        }
        Clients members = members(doubtful);
        doubtful.forEach(listed -> members.groups().forEach((group, online) -> {
            if (online.topics().contains(listed.topic())) {
                groups.get(listed.topic()).add(group);
            }
        }));
        Map<String, String> noGroups = new HashMap<>();
        for (Listed listed : doubtful) {
            if (!groups.get(listed.topic()).contains(listed.topic())) {
                noGroups.put(listed.topic(), listed.broker().name());
            }
        }
        return new Subscribers(groups, noGroups);
    }

    private List<Listed> ask(Metadata metadata, Collection<String> topics) throws InterruptedException {
        RequestGroup group = requests.get();
        List<Listed> listed = new ArrayList<>();
        for (String topic : topics) {
            for (String name : metadata.topic(topic).keySet()) {
                Broker broker = metadata.brokers().get(name);
                Asked<SortedSet<String>> answer = group.ask(
                        broker.address(),
                        ReadRequest.SUBSCRIBERS,
                        Map.of("topic", topic),
                        it -> BrokerDecoder.subscribers(it.body()),
                        CompletableFuture::failedFuture);
                listed.add(new Listed(broker, topic, answer));
            }
        }
        group.await();
        return listed;
    }

    /** The members of all groups that may consume the topics of doubtful answers. */
    private Clients members(List<Listed> doubtful) throws InterruptedException {
        SortedSet<String> names = new TreeSet<>();
        for (Listed listed : doubtful) {
            names.add(listed.topic());
            names.addAll(listed.broker().groups().keySet());
        }
        names.removeIf(SystemNames::isGroup);
        return new ClientsReading(requests)
                .members(
                        names,
                        name -> doubtful.stream()
                                .filter(listed -> listed.mayHave(name))
                                .map(Listed::broker)
                                .distinct());
    }
}
