package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.plan.MigrationPlan.Group;
import io.github.rocketmigrate.plan.Profile.ProfileNames;
import io.github.rocketmigrate.record.SettingsHash;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Rules about the consumer groups of the source as brokers store them. */
final class GroupRows {
    private static final int MANY_TOPICS = 10;
    /** Group names may be 255 characters long before 5.4.0, and 120 from then on. */
    private static final int LONGEST_NAME = 120;

    private GroupRows() {}

    static RowRule retries() {
        return new RowRule(
                "RMA-305",
                "Retries of groups",
                new RowText(
                        "the plan gives a group another number of retries than it has at the source",
                        "Make sure that the owner of the group wants this number: dead letters come sooner or later.",
                        "How often does each group retry a message?"),
                RowSource.of("RocketMQ 4.7.1 to 5.5.0, SubscriptionGroupConfig.retryMaxTimes", "2026-11-26"),
                GroupRows::retries);
    }

    private static RowFinding retries(Observation seen) {
        Metadata source = seen.metadata(Side.SOURCE);
        List<String> other = new ArrayList<>();
        List<String> groups = new ArrayList<>();
        for (Group group : seen.plan().groups().toList()) {
            String name = group.name().value();
            int planned = group.retries()
                    .or(() -> seen.plan().defaults().retries())
                    .map(retries -> retries.value())
                    .orElse(-1);
            int here = source.group(name).values().stream()
                    .mapToInt(GroupSettings::retries)
                    .max()
                    .orElse(planned);
            if (planned >= 0 && planned != here) {
                groups.add(name);
                other.add(name + " " + here + " → " + planned);
            }
        }
        SortedMap<Integer, Integer> numbers = new TreeMap<>();
        source.groups()
                .forEach(name -> source.group(name).values().stream()
                        .mapToInt(GroupSettings::retries)
                        .max()
                        .ifPresent(retries -> numbers.merge(retries, 1, Integer::sum)));
        List<String> value = new ArrayList<>();
        numbers.forEach((retries, count) -> value.add(Counts.of(count, "group") + " with " + retries));
        return other.isEmpty()
                ? RowFinding.notFired(value.isEmpty() ? "no group" : Names.of(value, Counts.MOST_NAMED))
                : RowFinding.note(Names.of(other, Counts.MOST_NAMED))
                        .objects(groups)
                        .effort(groups.size(), "group to confirm");
    }

    static RowRule manyTopics() {
        return new RowRule(
                "RMA-307",
                "Groups of many topics",
                new RowText(
                        "a group consumes " + MANY_TOPICS
                                + " topics or more: all of them wait until its clients have switched",
                        "Put these topics into one batch, or divide the group first.",
                        "Which groups consume many topics?"),
                RowSource.of("RocketMigrate: check consumers-switched", "2026-11-30"),
                GroupRows::manyTopics);
    }

    private static RowFinding manyTopics(Observation seen) {
        SortedMap<String, Integer> topics = new TreeMap<>();
        Metadata source = seen.metadata(Side.SOURCE);
        source.topics()
                .forEach(topic -> seen.source()
                        .consumers()
                        .needed()
                        .of(topic)
                        .forEach(group -> topics.merge(group, 1, Integer::sum)));
        int most = topics.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        List<String> many = topics.entrySet().stream()
                .filter(group -> group.getValue() >= MANY_TOPICS)
                .map(group -> group.getKey() + " " + group.getValue())
                .toList();
        String value = "up to " + Counts.of(most, "topic") + " in one group";
        return (many.isEmpty()
                        ? RowFinding.notFired(value)
                        : RowFinding.note(value + ": " + Names.of(many, Counts.MOST_NAMED))
                                .objects(topics.entrySet().stream()
                                        .filter(group -> group.getValue() >= MANY_TOPICS)
                                        .map(group -> group.getKey())
                                        .toList())
                                .effort(many.size(), "group to divide"))
                .limit("below " + MANY_TOPICS);
    }

    static RowRule inBoth() {
        return new RowRule(
                "RMA-308",
                "Groups that both clusters have",
                new RowText(
                        "a group of the source is also at the destination, with members or offsets, and no run of this plan"
                                + " has created it",
                        "Rename one of the two groups: with a join, members of one name share the queues, whichever"
                                + " application they belong to.",
                        "Which groups does the destination have, and who runs them?"),
                RowSource.of(
                        "documentation of metadata import: group exists already; check destination-clean",
                        "2026-11-30"),
                GroupRows::inBoth);
    }

    private static RowFinding inBoth(Observation seen) {
        RecordedPlans recorded = seen.recorded().needed();
        SortedSet<String> both = new TreeSet<>(seen.source().groups());
        Metadata destination = seen.metadata(Side.DESTINATION);
        Set<String> there = destination.groups();
        Set<String> used =
                seen.destination().consumers().needed().offsets().groups().keySet();
        SortedSet<String> same = new TreeSet<>(both);
        same.removeIf(group -> !there.contains(group) && !used.contains(group));
        same.removeIf(group -> recorded.own().of(SettingsHash.groupKey(group)).isPresent());
        SortedMap<String, SortedSet<String>> ofOthers = recorded.ofOthers(same, SettingsHash::groupKey);
        if (!ofOthers.isEmpty()) {
            return ofOthers(seen, same, ofOthers);
        }
        SortedSet<String> inUse = new TreeSet<>(same);
        inUse.removeIf(group -> !used.contains(group)
                && seen.destination().clients().needed().group(group).members().isEmpty());
        if (same.isEmpty()) {
            return RowFinding.notFired("none");
        }
        String value = Names.of(same, Counts.MOST_NAMED);
        return (inUse.isEmpty()
                        ? RowFinding.note(value + "; not used at the destination")
                                .next("Nothing, if these are the same groups: apply compares their settings.")
                        : RowFinding.fired(
                                seen.joins() ? RowSeverity.BLOCKER : RowSeverity.RISK,
                                value + "; used there: " + Names.of(inUse, Counts.MOST_NAMED)))
                .objects(same)
                .effort(
                        inUse.isEmpty() ? same.size() : inUse.size(),
                        inUse.isEmpty() ? "group to compare" : "group to rename");
    }

    private static RowFinding ofOthers(
            Observation seen, SortedSet<String> same, SortedMap<String, SortedSet<String>> ofOthers) {
        SortedSet<String> ofNobody = new TreeSet<>(same);
        ofOthers.values().forEach(names -> ofNobody.removeAll(names));
        return RowFinding.fired(
                        seen.joins() ? RowSeverity.BLOCKER : RowSeverity.RISK,
                        TopicNameRows.foreign(ofNobody, ofOthers))
                .objects(same)
                .next(seen.next(ofOthers)
                        + (ofNobody.isEmpty()
                                ? ""
                                : " Find out who uses " + Names.of(ofNobody, Counts.MOST_NAMED)
                                        + " at the destination."));
    }

    static RowRule names() {
        return new RowRule(
                "RMA-309",
                "Group names",
                new RowText(
                        "the name of a group is too long or too short for the destination, or has characters that it denies",
                        "Give the group another name before the move, and change its consumers.",
                        "Do the names of all groups fit the destination?"),
                RowSource.of(
                        "RocketMQ 5.4.0 and later (apache/rocketmq 9563): up to " + LONGEST_NAME
                                + " characters; profiles of managed destinations: their documentation",
                        "2026-11-30"),
                GroupRows::names);
    }

    private static RowFinding names(Observation seen) {
        ProfileNames ofProfile = seen.plan().profile().groups();
        boolean isNewer = seen.destination()
                .metadata()
                .known()
                .flatMap(ReleaseRows::oldest)
                .filter(version -> version.isAtLeast(5, 4, 0))
                .isPresent();
        ProfileNames allowed = isNewer && ofProfile.longest() > LONGEST_NAME
                ? new ProfileNames(ofProfile.shortest(), LONGEST_NAME, ofProfile.characters())
                : ofProfile;
        SortedSet<String> groups = seen.metadata(Side.SOURCE).groups();
        List<String> wrong = groups.stream().filter(name -> !allowed.fits(name)).toList();
        return (wrong.isEmpty()
                        ? RowFinding.notFired("the names of " + Counts.of(groups.size(), "group") + " fit")
                        : RowFinding.blocker(Names.of(wrong, Counts.MOST_NAMED))
                                .objects(wrong)
                                .effort(wrong.size(), "group to rename"))
                .limit(TopicNameRows.limit(allowed, seen.plan().profile()));
    }

    static RowRule disabled() {
        return new RowRule(
                "RMA-311",
                "Groups that may not consume",
                new RowText(
                        "a broker of the source does not let a group consume (consumeEnable=false)",
                        "Ask the owner whether the group is needed; ignore it in the plan with a reason if not.",
                        "Which groups are switched off?"),
                RowSource.of("RocketMQ 4.7.1 to 5.5.0, SubscriptionGroupConfig.consumeEnable", "2026-11-26"),
                GroupRows::disabled);
    }

    private static RowFinding disabled(Observation seen) {
        Metadata source = seen.metadata(Side.SOURCE);
        List<String> off = source.groups().stream()
                .filter(name -> source.group(name).values().stream().anyMatch(settings -> !settings.enabled()))
                .toList();
        return off.isEmpty()
                ? RowFinding.notFired("none of " + Counts.of(source.groups().size(), "group"))
                : RowFinding.note(Names.of(off, Counts.MOST_NAMED))
                        .objects(off)
                        .effort(off.size(), "group to ask about");
    }
}
