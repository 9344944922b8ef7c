package io.github.rocketmigrate.model;

/** What kind of message a topic carries; 5.x brokers know one per topic, 4.x brokers know none. */
public enum MessageType {
    NORMAL,
    FIFO,
    DELAY,
    TRANSACTION,
    MIXED
}
