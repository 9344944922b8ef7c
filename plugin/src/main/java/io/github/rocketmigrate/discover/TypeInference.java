package io.github.rocketmigrate.discover;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Infers the message type of a topic. 4.x brokers know no types, and a sample of recent messages shows only what is not
 * rare, so without a type at the brokers no answer is certain.
 */
final class TypeInference {
    /** Fewer messages of one type say too little. */
    static final int ENOUGH = 16;

    private static final String ALL = ", all that the topic stores";

    /** A type is missed in a sample of n messages with 5 % probability if its share is about 3/n. */
    private static final double PERCENT_TIMES_MESSAGES = 300;

    private TypeInference() {}

    /**
     * Infers the type of a topic.
     *
     * @param orderly the groups of the topic that consume in order
     * @param isOrderHidden whether the topic has groups, and the order of none of them is known
     */
    static Inference<MessageType> of(SourceTopic topic, Collection<String> orderly, boolean isOrderHidden) {
        if (topic.declaredTypes().size() > 1) {
            return Inference.asked("its brokers disagree: " + String.join(", ", topic.declaredTypes()));
        }
        Optional<MessageType> declared = topic.declaredTypes().stream()
                .flatMap(word -> Arrays.stream(MessageType.values())
                        .filter(type -> type.name().equals(word)))
                .findFirst();
        return declared.isPresent() ? declared(topic, declared.get(), orderly) : sampled(topic, orderly, isOrderHidden);
    }

    private static Inference<MessageType> declared(SourceTopic topic, MessageType type, Collection<String> orderly) {
        String says = "its brokers say " + type;
        boolean contradicted = topic.sample().types().keySet().stream().anyMatch(sampled -> !fits(sampled, type));
        if (contradicted) {
            return Inference.asked(counts(topic.sample()) + "; " + says);
        }
        if (type == MessageType.NORMAL && !orderly.isEmpty()) {
            return Inference.asked(says + "; " + inOrder(orderly));
        }
        if (type == MessageType.NORMAL && topic.isStored()) {
            return Inference.likely(type, says + "; whether a group consumes it in order is not known");
        }
        return Inference.certain(type, says);
    }

    /** Messages that 4.x clients send in order have no mark. */
    private static boolean fits(MessageType sampled, MessageType type) {
        return sampled == type
                || type == MessageType.MIXED
                || (sampled == MessageType.NORMAL && type == MessageType.FIFO);
    }

    private static Inference<MessageType> sampled(
            SourceTopic topic, Collection<String> orderly, boolean isOrderHidden) {
        MessageSample sample = topic.sample();
        List<String> signs = new ArrayList<>(topic.orderMarks());
        if (!orderly.isEmpty()) {
            signs.add(inOrder(orderly));
        }
        Set<MessageType> types = EnumSet.noneOf(MessageType.class);
        types.addAll(sample.types().keySet());
        boolean isOrdered = !signs.isEmpty();
        if (isOrdered) {
            // These messages may have been sent in order by clients that leave no mark.
            types.remove(MessageType.NORMAL);
            types.add(MessageType.FIFO);
        }
        String seen = counts(sample);
        if (types.size() > 1) {
            return Inference.asked(joined(seen, signs));
        }
        if (sample.size() < ENOUGH && topic.orderMarks().isEmpty()) {
            return Inference.asked(joined(tooFew(sample), signs));
        }
        if (topic.isStored() && isOrdered) {
            return Inference.likely(MessageType.FIFO, joined(tooFew(sample), signs));
        }
        MessageType type = types.iterator().next();
        if (type == MessageType.NORMAL && isOrderHidden) {
            return Inference.asked(
                    seen + "; FIFO messages of 4.x clients look the same, and no group of the topic shows its order");
        }
        return Inference.likely(type, isOrdered ? ordered(topic, signs) : seen + missed(topic));
    }

    /** Of a FIFO topic, the signs come first: "NORMAL" behind FIFO would look like a mistake. */
    private static String ordered(SourceTopic topic, List<String> signs) {
        MessageSample sample = topic.sample();
        // What the sample may have missed is less than what 4.x clients leave out, and too much for one comment.
        String seen = sample.types().keySet().equals(Set.of(MessageType.NORMAL))
                ? "none of " + sample.size() + " sampled has a mark (4.x clients set none)"
                        + (isWhole(topic) ? ALL : unread(sample))
                : counts(sample) + missed(topic);
        return String.join("; ", signs) + "; " + seen;
    }

    private static String tooFew(MessageSample sample) {
        if (sample.size() == 0 && sample.unseen().isPresent()) {
            return "no message was read: " + sample.unseen().get();
        }
        return (sample.size() == 0 ? "" : "only ") + counts(sample) + unread(sample);
    }

    private static String unread(MessageSample sample) {
        return sample.unseen().map(reason -> "; not all were read: " + reason).orElse("");
    }

    /** What the sample may have missed. */
    private static String missed(SourceTopic topic) {
        int size = topic.sample().size();
        if (size == 0) {
            return "";
        }
        return isWhole(topic)
                ? ALL
                : String.format(
                                Locale.ROOT,
                                "; at most %.1f %% have another type (95 %% sure)",
                                PERCENT_TIMES_MESSAGES / size)
                        + unread(topic.sample());
    }

    private static boolean isWhole(SourceTopic topic) {
        return topic.sample().unseen().isEmpty() && topic.sample().size() >= topic.held();
    }

    private static String joined(String seen, List<String> signs) {
        return signs.isEmpty() ? seen : seen + "; " + String.join("; ", signs);
    }

    private static String inOrder(Collection<String> orderly) {
        return (orderly.size() == 1 ? "group " : "groups ") + Names.of(orderly, Counts.MOST_NAMED)
                + Counts.verb(orderly.size(), " consumes", " consume") + " in order";
    }

    /** Such as "60 NORMAL, 4 DELAY of 64 sampled". */
    private static String counts(MessageSample sample) {
        return sample.size() == 0
                ? "no message to sample"
                : sample.types().entrySet().stream()
                                .map(entry -> entry.getValue() + " " + entry.getKey())
                                .collect(joining(", "))
                        + " of " + sample.size() + " sampled";
    }
}
