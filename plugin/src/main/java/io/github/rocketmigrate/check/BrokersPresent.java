package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.Server;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Standing;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.LostRecord;
import io.github.rocketmigrate.observe.MasterListings;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nothing can be decided from a part of a cluster: a name server forgets a broker when it stops, and with it the topics
 * and messages of that broker. Name servers that disagree about a master may have lost one. Masters that give different
 * access to a topic are a write made in part.
 */
final class BrokersPresent implements Check {
    private static final Set<Purpose> BEFORE =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(Purpose.WRITE_OBJECTS, Purpose.JOIN, Purpose.OPEN_SOURCE)));

    @Override
    public String name() {
        return "brokers-present";
    }

    @Override
    public boolean isWaivable() {
        return false;
    }

    @Override
    public String passesWhen() {
        return "every name server lists every master of earlier runs, the name servers of a cluster list each "
                + "master under the same address, and all masters of a cluster give the topic the same access; while "
                + "a master of an earlier run is missing, the record of earlier runs is lost, or name servers "
                + "disagree about a master, the check is due whatever the plan asks for";
    }

    @Override
    public Set<Purpose> before() {
        return BEFORE;
    }

    @Override
    public boolean isDueAnyway(Situation situation) {
        return Arrays.stream(Side.values())
                        .anyMatch(side -> !situation.absent(side).isEmpty())
                || !LostRecord.proof(situation).isEmpty()
                || !MasterListings.differing(situation).isEmpty();
    }

    /** A master that restarts while a fence is closed is awaited, because consumers get no new messages meanwhile. */
    @Override
    public boolean endsByItself(Rung next) {
        return next instanceof Rung.Wait;
    }

    @Override
    public String whyAwaited(FencePolicy policy) {
        return "a master that restarts registers with the name servers again";
    }

    @Override
    public Findings judge(Situation situation, Optional<TopicStep> step) {
        Findings findings = new Findings();
        absent(situation, findings);
        // A step back and the end of a fence do not wait: they take no access away for good.
        if (step.filter(it -> !it.rung().mayWait()).isEmpty()) {
            lost(situation, findings);
        }
        MasterListings.differing(situation).forEach(master -> findings.failed(what(master), fix(master)));
        // Finishing a write gives the same access on masters that disagree.
        step.filter(it -> !it.isFinishing()).ifPresent(it -> accesses(it, findings));
        long recorded = Arrays.stream(Side.values())
                .mapToLong(side -> situation.recorded().mastersOf(side).size())
                .sum();
        return findings.elsePassed(
                recorded == 0
                        ? "no earlier run recorded masters"
                        : recorded + " of " + Counts.of(recorded, "master") + " of earlier runs "
                                + Counts.isOrAre(recorded) + " listed by every name server");
    }

    private static void absent(Situation situation, Findings findings) {
        List<String> names = new ArrayList<>();
        List<String> places = new ArrayList<>();
        for (Side side : Side.values()) {
            for (String master : situation.absent(side)) {
                names.add(master);
                places.add(master + " (" + side.word() + ")");
            }
        }
        if (!names.isEmpty()) {
            findings.failed(
                    Counts.of(names.size(), "master") + " of an earlier run " + Counts.isOrAre(names.size())
                            + " not listed by every name server: " + String.join(", ", places),
                    "Start " + Counts.itOrThem(names.size())
                            + ". After a permanent removal, run: "
                            + situation
                                    .plan()
                                    .command("apply", GoalCommand.parameter("forgetBrokers", String.join(",", names))));
        }
    }

    /** A master that is down, and whose name nobody knows any more, is not missed. */
    private static void lost(Situation situation, Findings findings) {
        SortedSet<String> topics = LostRecord.proof(situation);
        if (!topics.isEmpty()) {
            findings.unknown("the record of earlier runs is lost: " + Counts.noun(topics.size(), "topic") + " "
                    + Names.of(topics, Counts.MOST_NAMED) + " " + Counts.hasOrHave(topics.size())
                    + " left the source, but neither the destination's name servers nor the source's have a record of"
                    + " this plan, so a master that is down would not be missed. If the plan had another name, give it"
                    + " back; otherwise name all masters of both clusters, also those that are down: "
                    + situation
                            .plan()
                            .command("apply", GoalCommand.parameter("masters", String.join(",", present(situation)))));
        }
    }

    private static SortedSet<String> present(Situation situation) {
        SortedSet<String> present = new TreeSet<>();
        for (Side side : Side.values()) {
            present.addAll(situation.at(side).brokers().keySet());
        }
        return present;
    }

    private static String what(MasterListings master) {
        return "the " + master.side().word() + "'s name servers disagree about broker " + master.broker() + ": "
                + master.addresses().entrySet().stream()
                        .map(it -> it.getKey() + " "
                                + it.getValue()
                                        .map(address -> "lists " + address)
                                        .orElse("does not list it"))
                        .collect(joining(", "));
    }

    private static String fix(MasterListings master) {
        return "If a broker or a name server has just started or stopped, wait 2 min and run again. Otherwise make "
                + Server.NAME_SERVERS + " of the broker list every name server of the "
                + master.side().word() + ".";
    }

    private static void accesses(TopicStep step, Findings findings) {
        Standing standing = step.situation().standing(step.name());
        for (Side side : Side.values()) {
            if (standing.at(side).size() > 1) {
                SortedMap<String, String> accesses = new TreeMap<>();
                step.situation()
                        .at(side)
                        .topic(step.name())
                        .forEach((broker, topic) ->
                                accesses.put(broker, topic.access().word()));
                findings.failed(
                        "the " + side.word() + "'s masters give different access to the topic: "
                                + accesses.entrySet().stream()
                                        .map(broker -> broker.getKey() + " " + broker.getValue())
                                        .collect(joining(", ")),
                        "Give the topic the same permission on all of them.");
            }
        }
    }
}
