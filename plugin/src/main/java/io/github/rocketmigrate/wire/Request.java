package io.github.rocketmigrate.wire;

/** A kind of request to a server. */
sealed interface Request permits ReadRequest, WriteRequest {
    /** The request code of RocketMQ's protocol. */
    int code();
}
