package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Profile;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Features of RocketMQ that a topic uses at the source, and that brokers of the destination may not have. */
final class FeaturesFit implements TrafficCheck {
    private static final String SQL_FILTER = "sql-filter";
    private static final String DELAY = "delay";
    private static final String MESSAGE_SIZE = "message-size";
    private static final String TOPIC_KIND = "topic-kind";
    private static final String ORDER_CONFIG = "order-config";

    private static final String LITE = "LITE";
    private static final int MEBIBYTE = 1 << 20;

    @Override
    public String name() {
        return "features-fit";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public List<String> items() {
        return List.of(SQL_FILTER, DELAY, MESSAGE_SIZE, TOPIC_KIND, ORDER_CONFIG);
    }

    @Override
    public List<String> waiverNamesOfGroups() {
        return List.of(name(), part(SQL_FILTER));
    }

    @Override
    public String passesWhen() {
        return "the destination's brokers support the filters of the topic's online groups, and the delays and "
                + "sizes of its sampled messages; the topic is neither a static nor a lite topic; and if its order is "
                + "kept, no name server publishes an order for it";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(Purpose.LEAVE_SOURCE);
    }

    @Override
    public Findings judge(TopicStep step) {
        Findings findings = new Findings();
        filters(step, findings);
        step.traffic()
                .sample(step.name())
                .ifPresentOrElse(
                        sample -> messages(step, sample, findings),
                        () -> findings.unknown("the topic's messages were not sampled"));
        kind(step, findings);
        orders(step, findings);
        return findings.elsePassed("the destination has every feature that the topic was seen to use");
    }

    private static void filters(TopicStep step, Findings findings) {
        SortedSet<String> without = brokers(step, broker -> !broker.has(Broker.PROPERTY_FILTER));
        if (without.isEmpty()) {
            return;
        }
        for (String group : step.groups()) {
            boolean filters = Stream.of(Side.values())
                    .anyMatch(side -> step.traffic()
                            .at(side)
                            .clients()
                            .group(group)
                            .filtered()
                            .contains(step.name()));
            if (filters) {
                findings.ofItem(SQL_FILTER)
                        .failed(
                                group,
                                "group " + group + " selects messages with SQL92, and " + named(without)
                                        + " of the destination "
                                        + Counts.verb(without.size(), "has ", "have ") + Broker.PROPERTY_FILTER
                                        + "=false",
                                "Set " + Broker.PROPERTY_FILTER
                                        + "=true on the broker: otherwise the clients of the group"
                                        + " consume nothing there.");
            }
        }
    }

    private static void messages(TopicStep step, MessageSample sample, Findings findings) {
        for (int level : sample.delayLevels()) {
            level(step, level, findings);
        }
        if (sample.timed() > 0) {
            SortedSet<String> without = brokers(step, broker -> !broker.has(Broker.TIMERS));
            if (!without.isEmpty()) {
                findings.ofItem(DELAY)
                        .failed(
                                Counts.of(sample.timed(), "sampled message") + " "
                                        + Counts.verb(sample.timed(), "has", "have")
                                        + " a time of delivery, and " + named(without)
                                        + " of the destination cannot deliver at a time",
                                "Set " + Broker.TIMERS + "=true on a broker of 5.x and restart it.");
            }
        }
        for (Broker broker : masters(step)) {
            limit(step, broker)
                    .filter(most -> sample.largest() > most)
                    .ifPresent(most -> findings.ofItem(MESSAGE_SIZE)
                            .failed(
                                    "a sampled message has " + sample.largest()
                                            + " bytes, and the destination's broker " + broker.name() + " takes up to "
                                            + most,
                                    "Set " + Broker.MOST_BYTES + " there as at the source, or send smaller messages."));
        }
        sample.unseen().ifPresent(why -> findings.unknown("not all messages of the sample were read: " + why));
    }

    private static void level(TopicStep step, int level, Findings findings) {
        Optional<String> here = step.situation()
                .source()
                .masters()
                .flatMap(broker -> broker.delay(level).stream())
                .findFirst();
        SortedSet<String> others = brokers(step, broker -> !broker.delay(level).equals(here));
        if (!others.isEmpty()) {
            Broker other = step.situation().destination().brokers().get(others.first());
            findings.ofItem(DELAY)
                    .failed(
                            "delay level " + level + " is in use: " + here.orElse("no delay") + " at the source, and "
                                    + other.delay(level).orElse("no such level") + " at " + named(others)
                                    + " of the destination",
                            "Set " + Broker.DELAY_LEVELS + " of the destination's brokers as at the source, and restart"
                                    + " them.");
        }
    }

    /** The size that a broker takes; a managed destination has a limit of its own. */
    private static Optional<Integer> limit(TopicStep step, Broker broker) {
        String setting = broker.settings().getOrDefault(Broker.MOST_BYTES, "");
        Optional<Integer> ofBroker =
                setting.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(setting)) : Optional.empty();
        Profile profile = step.situation().plan().profile();
        Optional<Integer> ofProfile = profile.managed()
                ? profile.limits().messageMegabytes().map(megabytes -> megabytes * MEBIBYTE)
                : Optional.empty();
        return Stream.of(ofBroker, ofProfile).flatMap(Optional::stream).min(Integer::compare);
    }

    private static void kind(TopicStep step, Findings findings) {
        boolean isStatic = step.situation()
                .source()
                .masters()
                .anyMatch(broker -> broker.staticTopics().contains(step.name()));
        boolean isLite = step.situation().source().topic(step.name()).values().stream()
                .anyMatch(settings -> LITE.equals(settings.type()));
        if (isStatic || isLite) {
            findings.ofItem(TOPIC_KIND)
                    .failed(
                            "the topic is a " + (isStatic ? "static" : "lite")
                                    + " topic of the source, and would become an" + " ordinary one",
                            "Move its applications to an ordinary topic first. Waive the check if they do not depend on"
                                    + (isStatic ? " fixed queues." : " lite topics."));
        }
    }

    /** Only producers that keep an order ask for it. */
    private static void orders(TopicStep step, Findings findings) {
        if (!step.topic().isFenced()) {
            return;
        }
        List<String> publishing = new ArrayList<>();
        for (Side side : Side.values()) {
            step.traffic().ordered().getOrDefault(side, Map.of()).forEach((nameServer, topics) -> {
                if (topics.contains(step.name())) {
                    publishing.add("the " + side.word() + "'s name server " + nameServer);
                }
            });
        }
        if (!publishing.isEmpty()) {
            findings.ofItem(ORDER_CONFIG)
                    .failed(
                            Names.of(publishing, Counts.MOST_NAMED) + " "
                                    + Counts.verb(publishing.size(), "publishes", "publish")
                                    + " an order for the topic (ORDER_TOPIC_CONFIG), and producers then ignore permissions",
                            "Remove it: mqadmin deleteKvConfig -s ORDER_TOPIC_CONFIG -k " + step.name()
                                    + " at these name servers.");
        }
    }

    private static List<Broker> masters(TopicStep step) {
        return step.situation().destination().masters().toList();
    }

    private static SortedSet<String> brokers(TopicStep step, Predicate<Broker> condition) {
        return masters(step).stream().filter(condition).map(Broker::name).collect(toCollection(TreeSet::new));
    }

    private static String named(SortedSet<String> brokers) {
        return Counts.noun(brokers.size(), "broker") + " " + Names.of(brokers, Counts.MOST_NAMED);
    }
}
