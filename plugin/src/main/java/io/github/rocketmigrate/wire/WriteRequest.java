package io.github.rocketmigrate.wire;

import org.apache.rocketmq.remoting.protocol.RequestCode;

/** The requests that change something: what a {@link WritingConnection} can send besides {@link ReadRequest}s. */
public enum WriteRequest implements Request {
    /** One topic of a broker. */
    TOPIC(RequestCode.UPDATE_AND_CREATE_TOPIC),
    /** Several topics of a broker; from 5.3.0 on. */
    TOPICS(RequestCode.UPDATE_AND_CREATE_TOPIC_LIST),
    /** One consumer group of a broker. */
    GROUP(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP),
    /** Several consumer groups of a broker; from 5.3.1 on. */
    GROUPS(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST),
    /** Some settings of a broker. */
    SETTINGS(RequestCode.UPDATE_BROKER_CONFIG),
    /** How far a group has come in one queue. */
    OFFSET(RequestCode.UPDATE_CONSUMER_OFFSET),
    /** What a name server tells clients of a topic. */
    ROUTE(RequestCode.REGISTER_TOPIC_IN_NAMESRV),
    /** Something for a name server to keep for us. */
    PUT_NOTE(RequestCode.PUT_KV_CONFIG),
    /** Something that a name server need not keep any more. */
    REMOVE_NOTE(RequestCode.DELETE_KV_CONFIG);

    private final int code;

    WriteRequest(int code) {
        this.code = code;
    }

    @Override
    public int code() {
        return code;
    }
}
