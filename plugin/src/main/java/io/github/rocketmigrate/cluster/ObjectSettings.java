package io.github.rocketmigrate.cluster;

import java.util.SortedMap;

/** What brokers keep of an object by its name: a topic or a consumer group. */
public sealed interface ObjectSettings permits TopicSettings, GroupSettings {
    SortedMap<String, String> attributes();
}
