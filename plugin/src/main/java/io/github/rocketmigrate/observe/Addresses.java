package io.github.rocketmigrate.observe;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Tells which addresses belong to the same server.
 *
 * @param resolved the {@code ip:port} pairs of each address that was looked up; addresses are in lower case
 */
public record Addresses(Map<String, Set<String>> resolved) {
    public static final Addresses AS_WRITTEN = new Addresses(Map.of());

    public Addresses {
        resolved = Map.copyOf(resolved);
    }

    /** The form in which addresses are looked up and compared. */
    public static String key(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether an address belongs to the server of one of the others. */
    public boolean isAmong(String address, Collection<String> others) {
        return others.stream().anyMatch(other -> isSame(address, other));
    }

    private boolean isSame(String one, String other) {
        return key(one).equals(key(other)) || !Collections.disjoint(places(one), places(other));
    }

    private Set<String> places(String address) {
        return resolved.getOrDefault(key(address), Set.of());
    }
}
