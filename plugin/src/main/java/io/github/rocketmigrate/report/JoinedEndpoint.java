package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.NameServer;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import java.util.Optional;

/** Tells applications their new name servers, as soon as they can change and until the migration is complete. */
final class JoinedEndpoint {
    private JoinedEndpoint() {}

    /** The notice; empty before the join and after its end. */
    static Optional<String> notice(Situation situation) {
        return isDuring(situation) && situation.isJoined()
                ? Optional.of("Joined: applications can now change their name servers to "
                        + situation.destination().nameServers().stream()
                                .map(NameServer::address)
                                .collect(joining(";"))
                        + ". Once one of their topics has left source, they must not change them back.")
                : Optional.empty();
    }

    /** The warning not to change yet, while brokers of the source are missing in the join. */
    static Optional<String> tooEarly(Situation situation) {
        long all = situation.source().servers().count();
        long joined = situation.source().servers().filter(situation::isJoined).count();
        return isDuring(situation) && joined < all
                ? Optional.of("Not joined yet: the destination's name servers list " + joined + " of "
                        + Counts.of(all, "broker") + " of the source. Applications must keep their name servers until"
                        + " the join is applied.")
                : Optional.empty();
    }

    private static boolean isDuring(Situation situation) {
        return situation.isJoining()
                && situation.plan().traffic().filter(it -> it.complete()).isEmpty();
    }
}
