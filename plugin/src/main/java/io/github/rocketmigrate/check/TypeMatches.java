package io.github.rocketmigrate.check;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.text.Counts;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** 4.x brokers know no types. At a destination that does, a producer of messages of another type is denied. */
final class TypeMatches implements TrafficCheck {
    /** Of each queue of a topic. */
    private static final int MOST_SAMPLED = 64;

    @Override
    public String name() {
        return "type-matches";
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "none of the newest messages of the topic (up to " + MOST_SAMPLED + " of each queue of the source) has"
                + " another type than the plan says; a topic without messages passes; messages that cannot be read are"
                + " unknown";
    }

    @Override
    public Set<Purpose> before() {
        return Set.of(Purpose.LEAVE_SOURCE);
    }

    @Override
    public Findings judge(TopicStep step) {
        Optional<MessageSample> taken = step.traffic().sample(step.name());
        if (taken.isEmpty()) {
            return new Findings().unknown("the topic's messages were not sampled");
        }
        MessageSample sample = taken.get();
        Findings findings = new Findings();
        if (!sample.contrary(step.topic().type()).isEmpty()) {
            findings.failed(
                    counts(step, sample) + " of " + sample.size() + " sampled, and the plan says "
                            + step.topic().type(),
                    fix(step, sample));
        }
        sample.unseen()
                .ifPresent(why -> findings.unknownWithFix(
                        "not all messages of the sample were read: " + why,
                        "If the broker denies it, allow the account of the source to consume the topic. Otherwise compare"
                                + " the type with what the producers send, then waive the check."));
        return findings.elsePassed(passed(step, sample));
    }

    /** Such as "60 NORMAL, 4 DELAY". */
    private static String counts(TopicStep step, MessageSample sample) {
        return sample.types().entrySet().stream()
                .map(entry -> entry.getValue() + " " + name(step, entry.getKey()))
                .collect(joining(", "));
    }

    private static String name(TopicStep step, MessageType sampled) {
        return sampled == MessageType.NORMAL && step.topic().isFenced() ? "NORMAL or FIFO" : sampled.name();
    }

    private static String fix(TopicStep step, MessageSample sample) {
        Located<MessageType> planned = step.topic().topic().type();
        String line = " in line " + planned.at().line();
        Map<MessageType, Integer> types = sample.types();
        String wanted = types.size() == 1
                ? types.keySet().stream()
                        .flatMap(only ->
                                only == MessageType.NORMAL && step.topic().isFenced()
                                        ? Stream.of(MessageType.FIFO)
                                        : Stream.of(only))
                        .map(only -> "Set type: " + only + line + ".")
                        .collect(joining())
                : mixed(step, line);
        return wanted + " If nobody sends messages of another type anymore, waive the check.";
    }

    private static String mixed(TopicStep step, String line) {
        return step.situation().plan().profile().types().contains(MessageType.MIXED)
                ? "Send each type to a topic of its own, or set type: MIXED" + line + "."
                : "Send each type to a topic of its own: the destination has no topics of type MIXED.";
    }

    private static String passed(TopicStep step, MessageSample sample) {
        if (sample.size() == 0) {
            return "the topic has no message to sample";
        }
        int unmarked = sample.types().getOrDefault(MessageType.NORMAL, 0);
        return Counts.of(sample.size(), "sampled message") + " "
                + Counts.verb(sample.size(), "fits ", "fit ")
                + step.topic().type()
                + (step.topic().type() == MessageType.FIFO && unmarked > 0
                        ? "; " + unmarked + " without a mark, as 4.x clients send messages in order"
                        : "");
    }
}
