package io.github.rocketmigrate.cluster;

import io.github.rocketmigrate.model.ServerVersion;
import io.github.rocketmigrate.wire.ReadRequest;

/** An answer of some releases that is not true, and what becomes of it. The documentation has the same table. */
public enum WrongAnswer {
    TOPIC_AS_GROUP(
            ReadRequest.SUBSCRIBERS,
            "5.3.3",
            "5.3.3",
            9352,
            "lists the topic itself as a group, and leaves out groups that are online and have no offsets",
            "corrected: the members of all groups of the broker are read"),
    OFFSETS_OF_DELETED_TOPICS(
            ReadRequest.OFFSETS,
            "4.0.0",
            "4.9.8",
            0,
            "has the offsets of a topic that was deleted, so that a new topic of this name looks drained",
            "unknown: an offset after the end of its queue, of any release"),
    TIMERS_BELOW_ZERO(
            ReadRequest.TIMERS,
            "5.0.0",
            "5.1.4",
            7381,
            "counts fewer timed messages than there are, down to less than zero",
            "unknown, if a count of any release is less than zero");

    private final ReadRequest request;
    private final String first;
    private final String last;
    private final int issue;
    private final String answer;
    private final String handling;

    WrongAnswer(ReadRequest request, String first, String last, int issue, String answer, String handling) {
        this.request = request;
        this.first = first;
        this.last = last;
        this.issue = issue;
        this.answer = answer;
        this.handling = handling;
    }

    public boolean isBy(ServerVersion version) {
        return version.compareTo(release(first)) >= 0 && version.compareTo(release(last)) <= 0;
    }

    private static ServerVersion release(String text) {
        return ServerVersion.of(text).orElseThrow();
    }

    /** The releases, and the report of the defect to RocketMQ: {@code RocketMQ 5.3.3, apache/rocketmq#9352}. */
    public String source() {
        return "RocketMQ " + releases() + (issue == 0 ? "" : ", apache/rocketmq#" + issue);
    }

    private String releases() {
        return first.equals(last) ? first : first + " to " + last;
    }

    /** Its row in the documentation, in Markdown. */
    public String row() {
        String reported = issue == 0 ? "" : "[" + issue + "](https://github.com/apache/rocketmq/issues/" + issue + ")";
        return "| " + request.code() + " | " + releases() + " | " + answer + " | " + handling + " | " + reported + " |";
    }
}
