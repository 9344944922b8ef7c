package io.github.rocketmigrate.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The checks that stand before the steps of a migration. */
public enum CheckName {
    BROKER_NAMES_DISTINCT("broker-names-distinct", false),
    CLUSTER_NAMES_DISTINCT("cluster-names-distinct", true),
    DESTINATION_CLEAN("destination-clean", false),
    CLIENT_COMPATIBLE("client-compatible", true),
    NO_AUTO_CREATE("no-auto-create", true),
    BROKERS_PRESENT("brokers-present", false),
    DESTINATION_STABLE("destination-stable", true),
    GROUPS_PLANNED("groups-planned", false),
    CONSUMERS_SWITCHED("consumers-switched", true),
    QUEUES_ASSIGNED("queues-assigned", true),
    PRODUCERS_SWITCHED("producers-switched", true),
    TYPE_MATCHES("type-matches", true),
    FEATURES_FIT("features-fit", true),
    NO_GRPC_CLIENTS("no-grpc-clients", false),
    FENCE_READY("fence-ready", false),
    SOURCE_QUIET("source-quiet", false),
    SOURCE_DRAINED("source-drained", true),
    NOTHING_STRANDED("nothing-stranded", true),
    NOTHING_LEFT_BEHIND("nothing-left-behind", true);

    private final String word;
    private final boolean waivable;

    CheckName(String word, boolean waivable) {
        this.word = word;
        this.waivable = waivable;
    }

    public static Optional<CheckName> of(String word) {
        return Arrays.stream(values()).filter(name -> name.word.equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(CheckName::word).toList();
    }

    /** The word for this check in plans, messages and reports. */
    public String word() {
        return word;
    }

    /** Whether a plan may pass over it, with a reason and for a while. */
    public boolean isWaivable() {
        return waivable;
    }
}
