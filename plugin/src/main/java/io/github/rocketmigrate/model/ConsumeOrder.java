package io.github.rocketmigrate.model;

/** How a consumer group takes the messages of a queue. */
public enum ConsumeOrder {
    CONCURRENT,
    ORDERLY
}
