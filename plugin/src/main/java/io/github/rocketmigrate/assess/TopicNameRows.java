package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.Profile;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** Rules about the names of topics: whether the destination takes them, and what has the same name. */
final class TopicNameRows {
    private static final String DELETE =
            "Delete or rename these topics at the destination, or leave them out of the plan: with a join, one topic has the"
                    + " queues of both clusters.";

    private TopicNameRows() {}

    static RowRule names() {
        return new RowRule(
                "RMA-211",
                "Topic names",
                new RowText(
                        "the name of a topic is too long or too short for the destination, or has characters that it denies",
                        "Create a topic with another name, and change its applications before the move: a topic cannot be"
                                + " renamed.",
                        "Do the names of all topics fit the destination?"),
                RowSource.of(
                        "RocketMQ 5.5.0, TopicValidator: up to 127 characters; profiles of managed destinations: their"
                                + " documentation",
                        "2026-11-30"),
                TopicNameRows::names);
    }

    private static RowFinding names(Observation seen) {
        SortedSet<String> topics = seen.metadata(Side.SOURCE).topics();
        Profile.ProfileNames allowed = seen.plan().profile().topics();
        List<String> wrong = topics.stream().filter(name -> !allowed.fits(name)).toList();
        return (wrong.isEmpty()
                        ? RowFinding.notFired("the names of " + Counts.of(topics.size(), "topic") + " fit")
                        : RowFinding.blocker(Names.of(wrong, Counts.MOST_NAMED))
                                .objects(wrong)
                                .effort(wrong.size(), "topic to rename"))
                .limit(limit(allowed, seen.plan().profile()));
    }

    static String limit(Profile.ProfileNames allowed, Profile profile) {
        return allowed.shortest() + " to " + allowed.longest() + " of " + allowed.characters() + " (" + profile.title()
                + ")";
    }

    static RowRule inBoth() {
        return new RowRule(
                "RMA-215",
                "Topics that both clusters have",
                new RowText(
                        "a topic of the source is also at the destination, and no run of this plan has created it",
                        DELETE,
                        "Which topics does the destination have?"),
                RowSource.of(
                        "documentation of metadata import: topic exists already; check destination-clean",
                        "2026-11-30"),
                TopicNameRows::inBoth);
    }

    private static RowFinding inBoth(Observation seen) {
        SortedSet<String> both = new TreeSet<>(seen.metadata(Side.SOURCE).topics());
        both.retainAll(seen.metadata(Side.DESTINATION).topics());
        RecordedPlans recorded = seen.recorded().needed();
        both.removeIf(topic -> recorded.own().of(SettingsHash.topicKey(topic)).isPresent());
        if (both.isEmpty()) {
            return RowFinding.notFired("none");
        }
        SortedMap<String, SortedSet<String>> ofOthers = recorded.ofOthers(both, SettingsHash::topicKey);
        SortedSet<String> ofNobody = new TreeSet<>(both);
        ofOthers.values().forEach(names -> ofNobody.removeAll(names));
        RowFinding found = RowFinding.fired(
                        seen.joins() ? RowSeverity.BLOCKER : RowSeverity.RISK, foreign(ofNobody, ofOthers))
                .objects(both);
        return ofOthers.isEmpty()
                ? found.effort(both.size(), "topic to delete or rename")
                : found.next((ofNobody.isEmpty() ? "" : DELETE + " ") + seen.next(ofOthers));
    }

    /** Names first what no plan has recorded. */
    static String foreign(SortedSet<String> ofNobody, SortedMap<String, SortedSet<String>> ofOthers) {
        List<String> words = new ArrayList<>();
        if (!ofNobody.isEmpty()) {
            words.add(Names.of(ofNobody, Counts.MOST_NAMED));
        }
        if (!ofOthers.isEmpty()) {
            words.add(RecordedPlans.words(ofOthers));
        }
        return String.join("; ", words);
    }

    static RowRule namedLikeGroups() {
        return new RowRule(
                "RMA-216",
                "Topics named like groups",
                new RowText(
                        "a topic has the name of a group: managed destinations and plans allow each name once",
                        "Give the group another name before the move, and change its consumers.",
                        "Is any topic named like a group?"),
                RowSource.of(
                        "documentation of metadata import: a topic's name equals a group's; rule MIG-204",
                        "2026-11-30"),
                TopicNameRows::namedLikeGroups);
    }

    private static RowFinding namedLikeGroups(Observation seen) {
        Metadata source = seen.metadata(Side.SOURCE);
        SortedSet<String> same = source.topics();
        same.retainAll(source.groups());
        SortedSet<String> across = source.groups();
        seen.destination().metadata().known().ifPresent(destination -> {
            across.retainAll(destination.topics());
            same.addAll(across);
            SortedSet<String> other = source.topics();
            other.retainAll(destination.groups());
            same.addAll(other);
        });
        return same.isEmpty()
                ? RowFinding.notFired("none")
                : RowFinding.risk(Names.of(same, Counts.MOST_NAMED))
                        .objects(same)
                        .effort(same.size(), "group to rename");
    }
}
