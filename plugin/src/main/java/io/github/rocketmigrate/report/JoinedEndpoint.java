package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.observe.Situation;
import java.util.Optional;

/** Tells applications their new name servers, as soon as they can change and until the migration is complete. */
final class JoinedEndpoint {
    private JoinedEndpoint() {}

    /** The notice; empty before the join and after its end. */
    static Optional<String> notice(Situation situation) {
        boolean isJoined = situation.isJoining()
                && situation.source().servers().allMatch(situation::isJoined)
                && situation.plan().traffic().filter(it -> it.complete()).isEmpty();
        return isJoined
                ? Optional.of("Joined: applications can now change their name servers to "
                        + situation.destination().nameServers().stream()
                                .map(NameServer::address)
                                .collect(joining(";"))
                        + ". Once one of their topics has left source, they must not change them back.")
                : Optional.empty();
    }
}
