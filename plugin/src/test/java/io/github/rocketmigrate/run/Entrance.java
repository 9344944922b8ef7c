package io.github.rocketmigrate.run;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.wire.Credentials;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How goals get into both clusters.
 *
 * @param accounts as which they sign in; none where nobody has to
 * @param authority the file of the authority of all servers, if these are to use TLS
 */
record Entrance(Map<Side, Credentials> accounts, Optional<Path> authority) implements Accounts {
    static final Entrance OPEN = new Entrance(Map.of(), Optional.empty());

    Entrance {
        accounts = Map.copyOf(accounts);
    }

    /** The same account on both sides. */
    static Entrance of(Optional<Credentials> account) {
        return account.map(pair -> new Entrance(Map.of(Side.SOURCE, pair, Side.DESTINATION, pair), Optional.empty()))
                .orElse(OPEN);
    }

    /** The keys of a cluster in a plan, each behind a comma. */
    String keys(Side side) {
        return (accounts.containsKey(side) ? ", credentials: " + side.word() : "")
                + (authority.isPresent() ? ", tls: true" : "");
    }

    @Override
    public Credentials find(String id) {
        return accounts.entrySet().stream()
                .filter(account -> account.getKey().word().equals(id))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new Fault("no account " + id, "none is needed"));
    }

    @Override
    public Optional<Path> trustedCertificates() {
        return authority;
    }
}
