package io.github.rocketmigrate.observe;

import java.util.Collection;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which addresses of servers mean the same server.
 *
 * @param resolved the {@code ip:port}s that an address stands for, for those that were looked up, in small letters
 */
public record Addresses(Map<String, Set<String>> resolved) {
    public static final Addresses AS_WRITTEN = new Addresses(Map.of());

    public Addresses {
        resolved = Map.copyOf(resolved);
    }

    /** An address as it is looked up and compared. */
    public static String key(String address) {
        return address.strip().toLowerCase(Locale.ROOT);
    }

    /** Whether an address means one of several. */
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
