package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * An account of ACL 1.0, or a user of ACL 2.0, without its secret.
 *
 * @param isPlain whether it is of ACL 1.0
 * @param isAdmin whether it may do everything
 * @param isEnabled whether it may sign in; ACL 1.0 cannot disable an account
 * @param rules what it may do with single resources
 * @param defaults of ACL 1.0: the actions on every topic or group ({@code Topic}, {@code Group}) that no rule names
 * @param whiteAddress of ACL 1.0: from where it needs neither a signature nor a rule
 */
public record AclAccount(
        boolean isPlain,
        boolean isAdmin,
        boolean isEnabled,
        List<AclRule> rules,
        SortedMap<String, SortedSet<String>> defaults,
        Optional<String> whiteAddress) {
    public AclAccount {
        rules = List.copyOf(rules);
        defaults = unmodifiableSortedMap(new TreeMap<>(defaults));
        requireNonNull(whiteAddress, "whiteAddress is null");
    }

    /** An enabled user of ACL 2.0. */
    public static AclAccount user(boolean isAdmin, AclRule... rules) {
        return new AclAccount(false, isAdmin, true, List.of(rules), new TreeMap<>(), Optional.empty());
    }
}
