package io.github.rocketmigrate.model;

/** The type of a topic's messages. Brokers of 5.x store it for each topic; brokers of 4.x do not know it. */
public enum MessageType {
    NORMAL,
    FIFO,
    DELAY,
    TRANSACTION,
    MIXED
}
