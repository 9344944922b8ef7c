package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.LEAVE_BEHIND;
import static io.github.rocketmigrate.model.Purpose.LEAVE_SOURCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_BOTH;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;

import io.github.rocketmigrate.cluster.WrongAnswer;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A group that is left out of the plan misses the messages that are written to the destination. Within a fence the check is
 * not due: a group that comes then would keep new messages from all others.
 */
final class GroupsPlanned implements TrafficCheck {
    /** Names that YAML reads as text without quotes: not as a number, and not as true or null. */
    private static final Pattern PLAIN = Pattern.compile("(?!(?i:true|false|null|yes|no|on|off|y|n)$)[A-Za-z_][\\w-]*");

    @Override
    public String name() {
        return "groups-planned";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String passesWhen() {
        return "every group that consumes the topic or has offsets of it, in either cluster, is in the "
                + "plan, or is in `ignoredGroups` and offline; no planned group is disabled at the destination";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(LEAVE_SOURCE, OPEN_BOTH, TO_DESTINATION, CLOSE_FENCE, LEAVE_BEHIND);
    }

    @Override
    public Findings judge(TopicStep step) {
        Traffic traffic = step.traffic();
        SortedSet<String> groups = traffic.groupsOf(step.name());
        Set<String> planned = step.situation().plan().plannedGroupNames();
        Set<String> ignored = step.situation().plan().ignoredGroupNames();
        Findings findings = new Findings();
        for (String group : groups) {
            if (planned.contains(group)) {
                disabled(group, step, findings);
                continue;
            }
            int members = traffic.members(group).size();
            if (!ignored.contains(group)) {
                findings.leftOut(
                        group,
                        "group " + group + " "
                                + (members == 0
                                        ? wasThere(group, step)
                                        : "consumes the topic with " + Counts.clients(members))
                                + " and is not in the plan",
                        "Add it to groups, or to ignoredGroups if nobody runs it.",
                        entry(group, step));
            } else if (members > 0) {
                findings.failed(
                        group,
                        "group " + group + " is in ignoredGroups but consumes the topic with "
                                + Counts.clients(members),
                        "Move it to groups, or stop it.");
            }
        }
        String passed = groups.isEmpty()
                ? "no group consumes the topic"
                : Counts.of(groups.size(), "group is", "groups are") + " in the plan: "
                        + Names.of(groups, Counts.MOST_NAMED);
        return findings.elsePassed(passed + ignored(step, groups));
    }

    /** Brokers give a disabled group nothing. */
    private static void disabled(String group, TopicStep step, Findings findings) {
        SortedSet<String> masters = new TreeSet<>();
        step.situation().destination().group(group).forEach((master, settings) -> {
            if (!settings.enabled()) {
                masters.add(master);
            }
        });
        if (!masters.isEmpty()) {
            findings.failed(
                    group,
                    "group " + group + " is disabled at the destination on " + Names.of(masters, Counts.MOST_NAMED)
                            + ", which would give it no message of the topic",
                    "Enable it in both clusters. If nobody runs it, add it to ignoredGroups instead.");
        }
    }

    private static String wasThere(String group, TopicStep step) {
        boolean hasOffsets = step.traffic().bySide().values().stream()
                .anyMatch(cluster -> cluster.offsets().groupsOf(step.name()).contains(group));
        return hasOffsets ? "has offsets of the topic" : "has subscribed to the topic";
    }

    /** Why a name that a broker lists counts for nothing. */
    private static String ignored(TopicStep step, Set<String> groups) {
        return step.traffic()
                .namesake(step.name())
                .filter(broker -> !groups.contains(step.name()))
                .map(broker -> "; broker " + broker + " lists the topic itself as a group, which it is not ("
                        + WrongAnswer.TOPIC_AS_GROUP.source() + ")")
                .orElse("");
    }

    /** The group as a line of YAML, with the order that its members report or one of its topics needs. */
    private static String entry(String group, TopicStep step) {
        Traffic traffic = step.traffic();
        boolean isSure = !traffic.reports().of(group).isEmpty();
        boolean needsOrder = consumesFifo(group, step);
        ConsumeOrder order = needsOrder || traffic.isOrderly(group) ? ConsumeOrder.ORDERLY : ConsumeOrder.CONCURRENT;
        String name = PLAIN.matcher(group).matches() ? group : '"' + group + '"';
        return "- { name: " + name + ", order: " + order + " }"
                + (isSure || needsOrder ? "" : "  # or " + ConsumeOrder.ORDERLY);
    }

    /** Whether any of its topics is FIFO: one line serves all of them. */
    private static boolean consumesFifo(String group, TopicStep step) {
        Set<String> consumed = new HashSet<>();
        consumed.add(step.name());
        step.traffic().bySide().values().forEach(cluster -> {
            consumed.addAll(cluster.offsets().topicsOf(group));
            consumed.addAll(cluster.clients().group(group).topics());
        });
        return step.situation()
                .plan()
                .topics()
                .anyMatch(topic -> topic.type().value() == MessageType.FIFO
                        && consumed.contains(topic.name().value()));
    }
}
