package io.github.rocketmigrate.model;

/** What clients may do with a topic in one cluster. */
public enum Access {
    NONE,
    READ,
    WRITE,
    READ_WRITE
}
