package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Profile;
import io.github.rocketmigrate.plan.Profile.ProfileRange;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Rules about what brokers store: how full their disks are, how long they keep messages, and how large these may be. */
final class StorageRows {
    static final int MEBIBYTE = 1 << 20;

    /** At this share, brokers begin to delete messages before their time; the setting is diskMaxUsedSpaceRatio. */
    private static final double MOST_OF_DISK = 0.75;

    private static final String DISK = "commitLogDiskRatio";

    private StorageRows() {}

    static RowRule disk() {
        return new RowRule(
                "RMA-119",
                "Disk use",
                new RowText(
                        "the disk of a master is used by 75 % or more: brokers then delete messages before their time, and"
                                + " refuse messages at 90 %",
                        "Add disk space before topics move: the destination fills while the source still holds its messages.",
                        "How full are the disks of the brokers?"),
                RowSource.of("RocketMQ 5.5.0, MessageStoreConfig.diskMaxUsedSpaceRatio (75)", "2026-11-30"),
                StorageRows::disk);
    }

    private static RowFinding disk(Observation seen) {
        List<String> full = new ArrayList<>();
        double most = 0;
        int brokers = 0;
        for (Side side : Side.values()) {
            for (String broker : seen.metadata(side).brokers().keySet()) {
                String text = BrokerRows.runtime(seen, side, broker).getOrDefault(DISK, "");
                if (!text.matches("\\d+(\\.\\d+)?([eE]-?\\d+)?")) {
                    throw new Measured.NotMeasured(
                            "the " + side.word() + "'s broker " + broker + " does not report its " + DISK);
                }
                double used = Double.parseDouble(text);
                most = Math.max(most, used);
                brokers++;
                if (used >= MOST_OF_DISK) {
                    full.add(side.word() + " " + broker);
                }
            }
        }
        String value = "up to " + percent(most) + " used on " + Counts.of(brokers, "master");
        return (full.isEmpty()
                        ? RowFinding.notFired(value)
                        : RowFinding.risk(value + "; " + Names.of(full, Counts.MOST_NAMED))
                                .objects(full)
                                .effort(full.size(), "disk to extend"))
                .limit("below " + percent(MOST_OF_DISK));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", share * 100);
    }

    static RowRule retention() {
        return new RowRule(
                "RMA-120",
                "Retention",
                new RowText(
                        "the destination keeps messages for a shorter time than the source, or the source's time is outside"
                                + " the profile's range",
                        "Set fileReservedTime of the destination as at the source, or make sure that no consumer is ever"
                                + " offline for longer.",
                        "How many hours does the destination keep messages?"),
                RowSource.of(
                        "RocketMQ 5.5.0, MessageStoreConfig.fileReservedTime; the profile of a managed destination",
                        "2026-11-30"),
                StorageRows::retention);
    }

    private static RowFinding retention(Observation seen) {
        long source = setting(seen, Side.SOURCE, Broker.RETENTION)
                .max()
                .orElseThrow(() -> new Measured.NotMeasured("the source does not report " + Broker.RETENTION));
        Profile profile = seen.plan().profile();
        Optional<ProfileRange> range = profile.managed() ? profile.limits().retentionHours() : Optional.empty();
        if (range.isPresent()) {
            boolean fits =
                    source >= range.get().least() && source <= range.get().most();
            String value = "the source keeps messages for " + source + " h";
            return (fits ? RowFinding.notFired(value) : RowFinding.risk(value))
                    .limit(range.get().least() + " to " + range.get().most() + " h");
        }
        long destination = setting(seen, Side.DESTINATION, Broker.RETENTION)
                .min()
                .orElseThrow(() -> new Measured.NotMeasured("the destination does not report " + Broker.RETENTION));
        String value = "source " + source + " h, destination " + destination + " h";
        return (destination >= source ? RowFinding.notFired(value) : RowFinding.risk(value))
                .limit("as at the source: " + source + " h");
    }

    static RowRule sizes() {
        return new RowRule(
                "RMA-121",
                "Largest message allowed",
                new RowText(
                        "the destination allows smaller messages than the source",
                        "Set maxMessageSize of the destination as at the source, or compare with RMA-202, which has the sizes"
                                + " of real messages.",
                        "How large may a message be at the destination?"),
                RowSource.of(
                        "RocketMQ 4.9.7 and 5.5.0, MessageStoreConfig.maxMessageSize; documentation of managed RocketMQ 5.x:"
                                + " 4 MB",
                        "2026-11-30"),
                StorageRows::sizes);
    }

    private static RowFinding sizes(Observation seen) {
        long source = setting(seen, Side.SOURCE, Broker.MOST_BYTES)
                .max()
                .orElseThrow(() -> new Measured.NotMeasured("the source does not report " + Broker.MOST_BYTES));
        long destination = largestAllowed(seen);
        return (destination >= source
                        ? RowFinding.notFired("source " + Counts.bytes(source))
                        : RowFinding.risk("source " + Counts.bytes(source)))
                .limit("destination " + Counts.bytes(destination));
    }

    /** The size in bytes that every broker of the destination takes, and that its profile allows. */
    static long largestAllowed(Observation seen) {
        Profile profile = seen.plan().profile();
        LongStream ofProfile = profile.managed()
                ? profile.limits().messageMegabytes().stream().mapToLong(megabytes -> (long) megabytes * MEBIBYTE)
                : LongStream.empty();
        LongStream ofBrokers =
                profile.managed() ? LongStream.empty() : setting(seen, Side.DESTINATION, Broker.MOST_BYTES);
        OptionalLong least = LongStream.concat(ofProfile, ofBrokers).min();
        return least.orElseThrow(
                () -> new Measured.NotMeasured("the destination does not report " + Broker.MOST_BYTES));
    }

    /** A number among the settings of every master that has it. */
    static LongStream setting(Observation seen, Side side, String name) {
        return seen.metadata(side)
                .masters()
                .map(broker -> broker.settings().getOrDefault(name, ""))
                .filter(text -> text.matches("\\d{1,12}"))
                .mapToLong(Long::parseLong);
    }
}
