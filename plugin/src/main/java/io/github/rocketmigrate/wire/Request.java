package io.github.rocketmigrate.wire;

/** Something that a server can be asked for, or told to do. */
sealed interface Request permits ReadRequest, WriteRequest {
    /** RocketMQ's number for it. */
    int code();
}
