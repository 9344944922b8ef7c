package io.github.rocketmigrate.observe;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Clients;
import io.github.rocketmigrate.cluster.Progress;
import io.github.rocketmigrate.cluster.Ranges;
import io.github.rocketmigrate.cluster.Subscribers;
import io.github.rocketmigrate.cluster.Waiting;

/** What goes on in one cluster: how far groups have come, what topics hold, who is connected, and what waits. */
public record Flow(Progress progress, Ranges ranges, Clients clients, Subscribers subscribers, Waiting waiting) {
    public Flow {
        requireNonNull(progress, "progress is null");
        requireNonNull(ranges, "ranges is null");
        requireNonNull(clients, "clients is null");
        requireNonNull(subscribers, "subscribers is null");
        requireNonNull(waiting, "waiting is null");
    }

    public static Flow of(Progress progress, Ranges ranges, Clients clients) {
        return new Flow(progress, ranges, clients, Subscribers.NONE, Waiting.NOT_READ);
    }

    /** The same with what was read of other topics and groups. */
    public Flow and(Ranges moreRanges, Clients moreClients) {
        return new Flow(progress, ranges.and(moreRanges), clients.and(moreClients), subscribers, waiting);
    }
}
