package io.github.rocketmigrate.wire;

import org.apache.rocketmq.remoting.protocol.RequestCode;

/** The requests that look and change nothing: all that a {@link ReadingConnection} can send. */
public enum ReadRequest implements Request {
    /** What a name server knows of brokers and clusters. */
    BROKERS(RequestCode.GET_BROKER_CLUSTER_INFO, "its brokers"),
    /** The names of all topics that a name server can route. */
    TOPIC_NAMES(RequestCode.GET_ALL_TOPIC_LIST_FROM_NAMESERVER, "the names of its topics"),
    /** A broker's figures, its version among them. */
    RUNTIME(RequestCode.GET_BROKER_RUNTIME_INFO, "its version"),
    /** A broker's settings. */
    SETTINGS(RequestCode.GET_BROKER_CONFIG, "its settings"),
    /** All topics of a broker; without header fields, which makes every version answer in one piece. */
    TOPICS(RequestCode.GET_ALL_TOPIC_CONFIG, "all its topics"),
    /** All consumer groups of a broker; likewise. */
    GROUPS(RequestCode.GET_ALL_SUBSCRIPTIONGROUP_CONFIG, "all its consumer groups"),
    /** How far every group has come on every topic. */
    OFFSETS(RequestCode.GET_ALL_CONSUMER_OFFSET, "all its consumer offsets"),
    /** All producers that are connected to a broker; from 4.9.4 on, earlier ones never answer. */
    PRODUCERS(RequestCode.GET_ALL_PRODUCER_INFO, "its producers"),
    /** First and next offset of each queue of a topic. */
    TOPIC_OFFSETS(RequestCode.GET_TOPIC_STATS_INFO, "the offsets of a topic"),
    /** First offset of one queue. */
    FIRST_OFFSET(RequestCode.GET_MIN_OFFSET, "the first offset of a queue"),
    /** Next offset of one queue. */
    NEXT_OFFSET(RequestCode.GET_MAX_OFFSET, "the next offset of a queue"),
    /** The clients of a group. */
    CONSUMERS(RequestCode.GET_CONSUMER_CONNECTION_LIST, "the clients of a group"),
    /** What a member of a group says of itself; the broker passes the question on. */
    RUNNING(RequestCode.GET_CONSUMER_RUNNING_INFO, "what a client does"),
    /** The groups that consume a topic, or hold offsets of it. */
    SUBSCRIBERS(RequestCode.QUERY_TOPIC_CONSUME_BY_WHO, "the groups of a topic"),
    /** Up to where delayed messages were delivered. */
    DELAYS(RequestCode.GET_ALL_DELAY_OFFSET, "its delayed messages"),
    /** How many messages wait for a point in time; from 5.x on, earlier ones do not answer. */
    TIMERS(RequestCode.GET_TIMER_METRICS, "its timed messages"),
    /** Messages of a queue; nothing is committed, and nothing is waited for. */
    MESSAGES(RequestCode.PULL_MESSAGE, "messages"),
    /** Where the messages of a queue are in the broker's log. */
    QUEUE_INDEX(RequestCode.QUERY_CONSUME_QUEUE, "the index of a queue"),
    /** One message of the broker's log. */
    MESSAGE(RequestCode.VIEW_MESSAGE_BY_ID, "a message"),
    /** Where a name server sends the clients of a topic. */
    ROUTE(RequestCode.GET_ROUTEINFO_BY_TOPIC, "the route of a topic"),
    /** One thing of what a name server keeps for us. */
    NOTE(RequestCode.GET_KV_CONFIG, "a note of a migration"),
    /** What a name server keeps for us. */
    NOTES(RequestCode.GET_KVLIST_BY_NAMESPACE, "what migrations have left there");

    private final int code;
    private final String what;

    ReadRequest(int code, String what) {
        this.code = code;
        this.what = what;
    }

    @Override
    public int code() {
        return code;
    }

    /** What is asked for, in words that follow "asked for". */
    public String what() {
        return what;
    }
}
