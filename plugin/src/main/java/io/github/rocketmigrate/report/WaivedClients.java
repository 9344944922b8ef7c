package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toCollection;

import io.github.rocketmigrate.check.Finding;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.SwitchedProducers;
import io.github.rocketmigrate.text.Names;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Says which clients do not follow a topic, because the plan waives the check that would wait for them. */
final class WaivedClients {
    private static final int MOST_NAMED = 3;

    private final Situation situation;
    private final List<Judgement> judgements;

    WaivedClients(Situation situation, List<Judgement> judgements) {
        this.situation = requireNonNull(situation, "situation is null");
        this.judgements = List.copyOf(judgements);
    }

    /** What producers and consumers of a topic do once the source is closed for writing. */
    String follow(String topic, String within) {
        Optional<SwitchedProducers> producers =
                situation.traffic().flatMap(traffic -> SwitchedProducers.of(situation, traffic, topic));
        boolean areOthers = producers
                .filter(they ->
                        !they.old().isEmpty() && they.count() == they.old().size())
                .isEmpty();
        String write = "producers write to the destination within " + within;
        return cutOff(topic)
                        .map(cut -> cut + (areOthers ? "; the other " + write : ""))
                        .orElse(write) + "; " + consumers(topic);
    }

    /** The producers that are known to use the source only, or that nobody knows; empty if no waiver passes over any. */
    Optional<String> cutOff(String topic) {
        List<Finding> waived = waived("producers-switched", topic);
        if (waived.isEmpty()) {
            return Optional.empty();
        }
        String then = " cannot send from then on: \"No route info of this topic\" (producers-switched is waived)";
        boolean isKnown = waived.stream().anyMatch(finding -> finding.verdict() instanceof Verdict.Failed);
        return Optional.of(situation
                        .traffic()
                        .flatMap(traffic -> SwitchedProducers.of(situation, traffic, topic))
                        .filter(producers -> isKnown && !producers.old().isEmpty())
                        .map(producers -> "producer " + Names.of(producers.old().keySet(), MOST_NAMED))
                        .orElse("producers that use the source only")
                + then);
    }

    private String consumers(String topic) {
        SortedSet<String> outside = groups("consumers-switched", topic);
        SortedSet<String> unread = groups("queues-assigned", topic);
        return "consumers read both clusters already"
                + (outside.isEmpty()
                        ? ""
                        : ", except clients of " + Names.of(outside, MOST_NAMED)
                                + " that use the source only (consumers-switched is waived)")
                + (unread.isEmpty()
                        ? ""
                        : ", except queues that no client of " + Names.of(unread, MOST_NAMED)
                                + " reads (queues-assigned is waived)");
    }

    /** Whether a topic leaves messages behind that belong to no group, such as delayed ones. */
    boolean leavesMessages(String topic) {
        return waived("source-drained", topic).stream()
                .anyMatch(finding -> finding.group().isEmpty());
    }

    /** The groups some of whose clients a waiver of this check is for. */
    SortedSet<String> groups(String check, String topic) {
        return waived(check, topic).stream()
                .flatMap(finding -> finding.group().stream())
                .collect(toCollection(TreeSet::new));
    }

    private List<Finding> waived(String check, String topic) {
        return judgements.stream()
                .filter(judgement -> judgement.check().name().equals(check)
                        && judgement.topic().equals(Optional.of(topic)))
                .flatMap(judgement -> judgement.passedOver().stream())
                .map(Judgement.PassedOver::finding)
                .toList();
    }
}
