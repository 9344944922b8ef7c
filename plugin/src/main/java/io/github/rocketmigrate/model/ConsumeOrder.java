package io.github.rocketmigrate.model;

/** Whether a consumer group consumes the messages of a queue one by one or in parallel. */
public enum ConsumeOrder {
    CONCURRENT,
    ORDERLY
}
