package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Rules about the load of the source, and whether the destination can carry it. */
final class FitRows {
    private static final String CAPACITY = "commitLogDirCapacity";
    private static final Pattern FREE = Pattern.compile("Free : ([\\d.,]+) ?([KMGTP]?)i?B");
    private static final List<String> UNITS = List.of("", "K", "M", "G", "T", "P");
    private static final double KIBI = 1_024;
    /** Brokers delete messages before their time above this share; the setting is diskMaxUsedSpaceRatio. */
    private static final double USABLE = 0.75;

    private FitRows() {}

    static RowRule load() {
        return new RowRule(
                "RMA-601",
                "Load",
                new RowText(
                        "never by itself: the load of the source is measured while it is observed, and nobody knows what the"
                                + " destination can carry",
                        "Answer it in the plan.",
                        "Does the destination carry this load, and the peak of a usual week, with as many connections?"),
                RowSource.of(
                        "RocketMQ 4.7.1 to 5.5.0, AdminBrokerProcessor: msgPutTotalTodayNow and commitLogMaxOffset, as"
                                + " (end - beginning) / observed time, summed over masters",
                        "2026-11-30"),
                FitRows::load);
    }

    private static RowFinding load(Observation seen) {
        ObservedLoad load = seen.source().load().needed();
        Metadata source = seen.metadata(Side.SOURCE);
        long queues = source.topics().stream()
                .flatMap(topic -> source.topic(topic).values().stream())
                .mapToLong(TopicSettings::queues)
                .sum();
        throw new Measured.NotMeasured(
                "the source gets " + String.format(Locale.ROOT, "%.1f", load.messagesPerSecond()) + " messages/s, "
                        + Counts.bytes(Math.round(load.bytesPerSecond())) + "/s, observed for "
                        + Counts.span(load.took()) + ", from and to "
                        + Counts.of(Application.in(seen).size(), "listed application") + ", in "
                        + Counts.of(queues, "queue"));
    }

    static RowRule disk() {
        return new RowRule(
                "RMA-602",
                "Disk for the load",
                new RowText(
                        "the messages that come in the destination's retention do not fit its free disk space, if the observed"
                                + " load continues",
                        "Add disk space to the destination, or shorten its retention.",
                        "Has the destination disk space for all messages of its retention?"),
                RowSource.of(
                        "RocketMQ 5.5.0, MessageStoreConfig.fileReservedTime and diskMaxUsedSpaceRatio; needed = bytes/s *"
                                + " retention, free = 75 % of the masters' free space; replicas need as much each",
                        "2026-11-30"),
                FitRows::disk);
    }

    private static RowFinding disk(Observation seen) {
        ObservedLoad load = seen.source().load().needed();
        long hours = StorageRows.setting(seen, Side.DESTINATION, Broker.RETENTION)
                .max()
                .orElseThrow(() -> new Measured.NotMeasured("the destination does not report " + Broker.RETENTION));
        double needed = load.bytesPerSecond() * Duration.ofHours(hours).toSeconds();
        double free = 0;
        for (String broker : seen.metadata(Side.DESTINATION).brokers().keySet()) {
            free += free(broker, BrokerRows.runtime(seen, Side.DESTINATION, broker)) * USABLE;
        }
        String value = Counts.bytes(Math.round(needed)) + " in " + hours + " h";
        return (needed <= free
                        ? RowFinding.notFired(value)
                        : RowFinding.risk(value)
                                .objects(seen.metadata(Side.DESTINATION)
                                        .brokers()
                                        .keySet())
                                .effort(
                                        seen.metadata(Side.DESTINATION)
                                                .brokers()
                                                .size(),
                                        "disk to extend"))
                .limit(Counts.bytes(Math.round(free)) + " free");
    }

    private static double free(String broker, Map<String, String> state) {
        Matcher free = FREE.matcher(state.getOrDefault(CAPACITY, ""));
        if (!free.find()) {
            throw new Measured.NotMeasured("the destination's broker " + broker + " does not report its " + CAPACITY);
        }
        return Double.parseDouble(free.group(1).replace(',', '.')) * Math.pow(KIBI, UNITS.indexOf(free.group(2)));
    }
}
