package io.github.rocketmigrate.cluster;

import io.github.rocketmigrate.model.ServerVersion;

/** An answer of some releases that is not true. */
public enum WrongAnswer {
    /** Asked for the groups of a topic, the broker names the topic, and no group that is online and has no offsets. */
    TOPIC_AS_GROUP("5.3.3", "5.3.3", "apache/rocketmq#9352");

    private final String first;
    private final String last;
    private final String issue;

    WrongAnswer(String first, String last, String issue) {
        this.first = first;
        this.last = last;
        this.issue = issue;
    }

    public boolean isBy(ServerVersion version) {
        return version.compareTo(release(first)) >= 0 && version.compareTo(release(last)) <= 0;
    }

    private static ServerVersion release(String text) {
        return ServerVersion.of(text).orElseThrow();
    }

    /** The report of the defect to RocketMQ. */
    public String issue() {
        return issue;
    }
}
