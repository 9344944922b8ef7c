package io.github.rocketmigrate.wire;

import org.apache.rocketmq.remoting.protocol.RequestCode;

/** The requests that change a server. Only a {@link WritingConnection} can send them. */
public enum WriteRequest implements Request {
    /** Updates one topic of a broker. */
    TOPIC(RequestCode.UPDATE_AND_CREATE_TOPIC),
    /** Updates several topics of a broker; from 5.3.0 on. */
    TOPICS(RequestCode.UPDATE_AND_CREATE_TOPIC_LIST),
    /** Updates one consumer group of a broker. */
    GROUP(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP),
    /** Updates several consumer groups of a broker; from 5.3.1 on. */
    GROUPS(RequestCode.UPDATE_AND_CREATE_SUBSCRIPTIONGROUP_LIST),
    /** Removes a topic from a broker. */
    REMOVE_TOPIC(RequestCode.DELETE_TOPIC_IN_BROKER),
    /** Removes a consumer group from a broker. */
    REMOVE_GROUP(RequestCode.DELETE_SUBSCRIPTIONGROUP),
    /** Removes the route of a topic from a name server. */
    REMOVE_ROUTE(RequestCode.DELETE_TOPIC_IN_NAMESRV),
    /** Updates settings of a broker. */
    SETTINGS(RequestCode.UPDATE_BROKER_CONFIG),
    /** Sets the offset of a group in one queue. */
    OFFSET(RequestCode.UPDATE_CONSUMER_OFFSET),
    /** Sets the route of a topic at a name server. */
    ROUTE(RequestCode.REGISTER_TOPIC_IN_NAMESRV),
    /** Stores a note at a name server. */
    PUT_NOTE(RequestCode.PUT_KV_CONFIG),
    /** Removes a note from a name server. */
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
