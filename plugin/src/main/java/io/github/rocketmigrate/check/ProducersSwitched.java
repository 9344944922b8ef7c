package io.github.rocketmigrate.check;

import static io.github.rocketmigrate.model.Purpose.CLOSE_FENCE;
import static io.github.rocketmigrate.model.Purpose.OPEN_BOTH;
import static io.github.rocketmigrate.model.Purpose.TO_DESTINATION;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Verdict.Unknown;
import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.SwitchedProducers;
import io.github.rocketmigrate.observe.SwitchedProducers.OldProducer;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A producer that does not see the destination finds no queue to write once the source is closed for writing. */
final class ProducersSwitched implements TrafficCheck {
    /** Clients report to brokers every 30 s, and some brokers list a new producer as much later. */
    private static final Duration AFTER_POLL = Duration.ofSeconds(60);

    @Override
    public String name() {
        return "producers-switched";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "every producer that sent one of the topic's last messages to the source (up to 32 of each queue "
                + "and 256 of the topic, not older than 24 h) is connected to a broker of the destination too, and so "
                + "is every other producer of its producer group; a host that has no producer anymore is unknown; a "
                + "topic without messages in that time passes";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(OPEN_BOTH, TO_DESTINATION, CLOSE_FENCE);
    }

    @Override
    public String whyAwaited(FencePolicy policy) {
        return "producers connect to the destination once they have polled their routes and send again";
    }

    @Override
    public Duration usuallyPassesWithin(FencePolicy policy) {
        return connected(policy);
    }

    /** Producers connect some time after our own step, and an old connection ends. */
    @Override
    public boolean needsAnotherLook(Verdict verdict) {
        return verdict instanceof Unknown;
    }

    /** A producer has nothing to connect to until our own earlier step has opened the destination. */
    @Override
    public Outlook outlook(TopicStep step) {
        return step.situation()
                .traffic()
                .flatMap(traffic -> SwitchedProducers.of(step.situation(), traffic, step.name()))
                .filter(producers -> producers.unknown().isEmpty()
                        && producers.unseen().isEmpty()
                        && step.situation().isJoining()
                        && step.situation().destination().masters().noneMatch(Broker::ignoresProducers)
                        && step.situation().enteredStage(step.name()).isPresent()
                        && isJustOpen(
                                step.situation(), step, connected(step.traffic().policy())))
                .map(producers -> Outlook.ENDS_BY_ITSELF)
                .orElse(Outlook.UNKNOWN);
    }

    @Override
    public Findings judge(TopicStep step) {
        Optional<SwitchedProducers> read = SwitchedProducers.of(step.situation(), step.traffic(), step.name());
        if (read.isEmpty()) {
            return new Findings().unknown("the last messages of the topic were not read");
        }
        SwitchedProducers producers = read.get();
        Findings findings = new Findings();
        if (!producers.old().isEmpty()) {
            old(step, producers, findings);
        }
        if (!producers.silent().isEmpty()) {
            silent(step, producers, findings);
        }
        if (!producers.unknown().isEmpty()) {
            List<String> hosts = producers.unknown().entrySet().stream()
                    .map(host -> host.getKey() + " ("
                            + Counts.ago(host.getValue(), step.traffic().readAt()) + ")")
                    .toList();
            findings.unknownWithFix(
                    Counts.of(hosts.size(), "host") + " sent to the topic and "
                            + Counts.hasOrHave(hosts.size()) + " no producer at a broker now: "
                            + Names.of(hosts, Counts.MOST_NAMED),
                    "Start the producers there with the destination's name servers. If they have ended or run on"
                            + " other hosts now, waive the check.");
        }
        producers
                .unseen()
                .ifPresent(why -> findings.unknownWithFix(
                        "not all of the topic's last messages were read: " + why,
                        "If the broker denies it, give the account of the source the right to consume the topic."));
        return findings.elsePassed(
                producers.count() == 0
                        ? "no message came to the topic at the source in the last "
                                + SwitchedProducers.RECENT.toHours() + " h"
                                + ", so no producer was looked for"
                        : Counts.of(producers.count(), "producer") + " of the topic's last messages "
                                + Counts.isOrAre(producers.count()) + " connected to the destination");
    }

    private static void old(TopicStep step, SwitchedProducers producers, Findings findings) {
        int old = producers.old().size();
        String of = old + " of " + Counts.of(producers.count(), "producer") + " " + Counts.isOrAre(old) + " ";
        String names = producers.old().entrySet().stream()
                .limit(Counts.MOST_NAMED)
                .map(producer -> named(step, producer.getKey(), producer.getValue()))
                .collect(joining(", "));
        String them = names + (old > Counts.MOST_NAMED ? " and " + (old - Counts.MOST_NAMED) + " more" : "");
        Optional<String> blind = step.situation()
                .destination()
                .masters()
                .filter(Broker::ignoresProducers)
                .map(Broker::name)
                .findFirst();
        Duration connected = connected(step.traffic().policy());
        if (blind.isPresent()) {
            findings.unknown(of + "not known at the destination, whose broker " + blind.get()
                    + " does not list producers (" + Broker.REGISTERS_PRODUCERS + "=false): " + them);
        } else if (!step.situation().isJoining()) {
            findings.unknownWithFix(
                    old + " of " + Counts.of(producers.count(), "producer") + " " + Counts.hasOrHave(old)
                            + " no client at the destination on the same host: " + them,
                    "A producer connects to a broker with its first message. Have its owner confirm that it sends to"
                            + " the destination when the source is closed, and waive the check.");
        } else if (isJustOpen(step.situation(), step, connected)) {
            findings.unknownWithFix(of + "not connected to the destination yet: " + them, untilPolled(step, old));
        } else {
            findings.failed(of + "connected to the source only: " + them, fix(step.situation(), old));
        }
    }

    /** Nobody knows whether they send to this topic: only the owner of their application does. */
    private static void silent(TopicStep step, SwitchedProducers producers, Findings findings) {
        int count = producers.silent().size();
        List<String> names = producers.silent().entrySet().stream()
                .map(one -> one.getKey() + " of " + Names.of(one.getValue().groups(), Counts.MOST_NAMED) + " ("
                        + one.getValue().address() + ")")
                .toList();
        Duration connected = connected(step.traffic().policy());
        boolean isEarly = step.situation().isJoining() && isJustOpen(step.situation(), step, connected);
        findings.unknownWithFix(
                Counts.of(count, "producer") + " " + Counts.isOrAre(count)
                        + " connected to the source only and may send to the topic, because another member of the"
                        + " producer group does: "
                        + Names.of(names, Counts.MOST_NAMED),
                isEarly
                        ? untilPolled(step, count)
                        : fix(step.situation(), count) + " If " + (count == 1 ? "it never sends" : "they never send")
                                + " to the topic, waive the check.");
    }

    /** Counted from the step that opened the destination: what a run has waited already is over. */
    private static String untilPolled(TopicStep step, int count) {
        Duration connected = connected(step.traffic().policy());
        Duration left = step.situation()
                .enteredStage(step.name())
                .map(since ->
                        connected.minus(Duration.between(since, step.traffic().readAt())))
                .orElse(connected);
        return "Wait " + Counts.seconds(left.plusMillis(999)) + " until producers have polled their routes. If "
                + (count == 1 ? "it is" : "they are") + " not connected then, configure "
                + switching(step.situation(), count);
    }

    private static Duration connected(FencePolicy policy) {
        return policy.quiet().plus(AFTER_POLL);
    }

    /** Before a topic is in both clusters, a producer has no reason to connect to both. */
    private static boolean isJustOpen(Situation situation, TopicStep step, Duration connected) {
        return situation
                .enteredStage(step.name())
                .filter(since -> !since.isAfter(step.traffic().readAt().minus(connected)))
                .isEmpty();
    }

    private static String named(TopicStep step, String id, OldProducer producer) {
        return id
                + (producer.groups().isEmpty() ? "" : " of " + Names.of(producer.groups(), Counts.MOST_NAMED))
                + " (" + producer.address() + ", sent "
                + Counts.ago(producer.last(), step.traffic().readAt()) + ")";
    }

    private static String fix(Situation situation, int count) {
        return "Configure " + switching(situation, count);
    }

    private static String switching(Situation situation, int count) {
        String them = Counts.itOrThem(count);
        String wanted = situation.plan().destination().nameServers().stream()
                .map(Located::value)
                .distinct()
                .sorted()
                .collect(joining(";"));
        return them + " to use only the destination's name servers (" + wanted + "), and restart " + them + ".";
    }
}
