package io.github.rocketmigrate.report;

import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.DueTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Counts what is left of topics at the source, which keeps them from their next stage. */
final class MessagesLeft {
    private final Traffic traffic;
    private final Collection<String> topics;

    MessagesLeft(Traffic traffic, Collection<String> topics) {
        this.traffic = traffic;
        this.topics = List.copyOf(topics);
    }

    /** {@code 40 unread, 3 delayed, 1 half message; the last delayed one is due at …}; empty if nothing is left or known. */
    Optional<String> words() {
        List<String> parts = new ArrayList<>(2);
        add(parts, unread(), "unread");
        addHeld(parts);
        return parts.isEmpty() ? Optional.empty() : Optional.of(joined(parts) + due());
    }

    /** The same of what brokers hold back, and without what is unread. */
    Optional<String> held() {
        List<String> parts = new ArrayList<>(2);
        addHeld(parts);
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts) + due());
    }

    /** Whether everything was read, and nothing is left. */
    boolean isNothing() {
        return topics.stream()
                        .allMatch(topic -> traffic.covers(topic)
                                && (traffic.backlogOf(Side.SOURCE, topic).isPresent()
                                        || traffic.groupsOf(topic).isEmpty()))
                && traffic.at(Side.SOURCE).held().kinds().values().stream()
                        .map(Amount::unseen)
                        .allMatch(Optional::isEmpty)
                && words().isEmpty();
    }

    private void addHeld(List<String> parts) {
        add(
                parts,
                topics.stream()
                        .map(topic -> traffic.delayedIn(Side.SOURCE, topic))
                        .mapToLong(count -> count.orElse(0))
                        .sum(),
                "delayed");
        add(
                parts,
                topics.stream()
                        .mapToLong(topic -> traffic.halfIn(Side.SOURCE, topic))
                        .sum(),
                "half");
    }

    private long unread() {
        return topics.stream()
                .map(topic -> traffic.backlogOf(Side.SOURCE, topic))
                .filter(OptionalLong::isPresent)
                .mapToLong(OptionalLong::getAsLong)
                .sum();
    }

    /** {@code 2 unread, 1 half message}. */
    private static String joined(List<String> parts) {
        String last = parts.get(parts.size() - 1);
        return String.join(", ", parts) + (last.startsWith("1 ") ? " message" : " messages");
    }

    private static void add(List<String> parts, long count, String word) {
        if (count > 0) {
            parts.add(count + " " + word);
        }
    }

    private String due() {
        Optional<Instant> last = topics.stream()
                .flatMap(topic -> traffic.lastDue(Side.SOURCE, topic).stream())
                .max(Comparator.naturalOrder());
        return last.map(at -> "; the last delayed one is due " + DueTime.at(at, traffic.readAt()))
                .orElse("");
    }
}
