package io.github.rocketmigrate.live;

import java.time.Instant;

/** The beginning of a named section of a run. */
public record Mark(String name, Instant at) {}
