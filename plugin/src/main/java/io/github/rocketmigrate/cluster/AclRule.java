package io.github.rocketmigrate.cluster;

import static java.util.Collections.unmodifiableSortedSet;
import static java.util.Objects.requireNonNull;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What an account may do with a resource, or may not, in the words of ACL 2.0.
 *
 * @param resource {@code Topic:orders}, {@code Topic:order*}, {@code Group:*} or {@code *}
 * @param actions such as {@code Pub} and {@code Sub}
 * @param isAllowed whether the actions are allowed or denied
 * @param sourceIps the only addresses for which the rule is; empty for all
 */
public record AclRule(String resource, SortedSet<String> actions, boolean isAllowed, SortedSet<String> sourceIps) {
    public static final String TOPIC = "Topic";
    public static final String GROUP = "Group";
    public static final String SEND = "Pub";
    public static final String RECEIVE = "Sub";

    private static final String EVERYTHING = "*";
    private static final String EVERY_ACTION = "All";

    public AclRule {
        requireNonNull(resource, "resource is null");
        actions = unmodifiableSortedSet(new TreeSet<>(actions));
        sourceIps = unmodifiableSortedSet(new TreeSet<>(sourceIps));
    }

    /** A rule for clients at all addresses. */
    public static AclRule allow(String resource, Set<String> actions) {
        return new AclRule(resource, new TreeSet<>(actions), true, new TreeSet<>());
    }

    public static AclRule deny(String resource, Set<String> actions) {
        return new AclRule(resource, new TreeSet<>(actions), false, new TreeSet<>());
    }

    /** Whether this rule decides about an action on everything that another rule names, wherever the client is. */
    public boolean decides(AclRule other, String action) {
        return isAllowed == other.isAllowed
                && (sourceIps.isEmpty() || sourceIps.equals(other.sourceIps))
                && (actions.contains(action) || actions.contains(EVERY_ACTION))
                && includes(other.resource);
    }

    private boolean includes(String other) {
        return resource.endsWith(EVERYTHING)
                ? other.startsWith(resource.substring(0, resource.length() - EVERYTHING.length()))
                : resource.equals(other);
    }

    /** {@code Topic:orders Pub,Sub}; {@code not} before what it denies. */
    public String words() {
        return resource + (isAllowed ? " " : " not ") + String.join(",", actions);
    }
}
