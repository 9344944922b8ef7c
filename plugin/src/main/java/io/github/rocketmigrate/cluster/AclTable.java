package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedMap;
import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The accounts of one broker that requires accounts, and what they may do. It has no secrets: they are dropped where the
 * broker's answer is decoded.
 *
 * @param isPlain whether they are those of ACL 1.0, which a broker keeps in files
 * @param accounts by access key or user name
 * @param whiteAddresses from which clients need no account; ACL 2.0 has none
 * @param unread why the accounts could not be read; empty if they were
 */
public record AclTable(
        boolean isPlain,
        SortedMap<String, AclAccount> accounts,
        SortedSet<String> whiteAddresses,
        Optional<String> unread) {
    public AclTable {
        accounts = unmodifiableSortedMap(new TreeMap<>(accounts));
        whiteAddresses = unmodifiableSortedSet(new TreeSet<>(whiteAddresses));
        requireNonNull(unread, "unread is null");
    }

    /** The users of ACL 2.0. */
    public static AclTable ofUsers(Map<String, AclAccount> users) {
        return new AclTable(false, new TreeMap<>(users), new TreeSet<>(), Optional.empty());
    }

    /** The accounts of ACL 1.0. */
    public static AclTable plain(Map<String, AclAccount> accounts, SortedSet<String> whiteAddresses) {
        return new AclTable(true, new TreeMap<>(accounts), whiteAddresses, Optional.empty());
    }

    public static AclTable unread(boolean isPlain, String why) {
        return new AclTable(isPlain, new TreeMap<>(), new TreeSet<>(), Optional.of(why));
    }
}
