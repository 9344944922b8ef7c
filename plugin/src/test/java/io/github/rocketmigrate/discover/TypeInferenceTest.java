package io.github.rocketmigrate.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.model.MessageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a topic's messages, brokers and consumers show of its type. */
final class TypeInferenceTest {
    private boolean isOrderHidden;

    private String inferred(
            List<String> declared,
            List<String> marks,
            Map<MessageType, Integer> sampled,
            long held,
            String... orderly) {
        MessageSample sample = new MessageSample(sampled, new TreeSet<>(), 100, Optional.empty());
        return inferred(declared, marks, sample, held, orderly);
    }

    private String inferred(
            List<String> declared, List<String> marks, MessageSample sample, long held, String... orderly) {
        SourceTopic topic = new SourceTopic(
                "clicks", new TreeSet<>(declared), marks, sample, held, held, new TreeSet<>(List.of(orderly)));
        Inference<MessageType> type = TypeInference.of(topic, List.of(orderly), isOrderHidden);
        return type.confidence().word() + type.value().map(value -> " " + value).orElse("") + ": " + type.evidence();
    }

    @Test
    void theTypeAtTheBrokersIsCertainUnlessMessagesContradictIt() {
        assertThat(inferred(List.of("DELAY"), List.of(), Map.of(), 0))
                .isEqualTo("certain DELAY: its brokers say DELAY");
        assertThat(inferred(List.of("FIFO"), List.of(), Map.of(MessageType.NORMAL, 64), 900, "billing"))
                .isEqualTo("certain FIFO: its brokers say FIFO");
        assertThat(inferred(List.of("NORMAL"), List.of(), Map.of(MessageType.NORMAL, 60, MessageType.DELAY, 4), 900))
                .isEqualTo("asked: 60 NORMAL, 4 DELAY of 64 sampled; its brokers say NORMAL");
        assertThat(inferred(List.of("NORMAL"), List.of(), Map.of(), 0, "billing"))
                .isEqualTo("asked: its brokers say NORMAL; group billing consumes in order");
        assertThat(inferred(List.of("FIFO", "NORMAL"), List.of(), Map.of(), 0))
                .isEqualTo("asked: its brokers disagree: FIFO, NORMAL");
    }

    /** A broker of 5.x may store a word that is no type of a plan. */
    @Test
    void anUnspecifiedTypeSaysNothing() {
        assertThat(inferred(List.of("UNSPECIFIED"), List.of(), Map.of(MessageType.DELAY, 16), 16))
                .isEqualTo("likely DELAY: 16 DELAY of 16 sampled, all that the topic stores");
    }

    @Test
    void messagesOfOneTypeMakeItLikely() {
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.NORMAL, 256), 100_000))
                .isEqualTo("likely NORMAL: 256 NORMAL of 256 sampled; at most 1.2 % have another type (95 % sure)");
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.TRANSACTION, 64), 64))
                .isEqualTo("likely TRANSACTION: 64 TRANSACTION of 64 sampled, all that the topic stores");
    }

    @Test
    void messagesOfSeveralTypesAreAskedAbout() {
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.NORMAL, 60, MessageType.DELAY, 4), 900))
                .isEqualTo("asked: 60 NORMAL, 4 DELAY of 64 sampled");
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.NORMAL, 60, MessageType.FIFO, 4), 900))
                .isEqualTo("asked: 60 NORMAL, 4 FIFO of 64 sampled");
    }

    @Test
    void tooFewMessagesAreAskedAbout() {
        assertThat(inferred(List.of(), List.of(), Map.of(), 0)).isEqualTo("asked: no message to sample");
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.NORMAL, 15), 15))
                .isEqualTo("asked: only 15 NORMAL of 15 sampled");
        assertThat(inferred(List.of(), List.of(), MessageSample.unseen("the broker denied it"), 90))
                .isEqualTo("asked: no message was read: the broker denied it");
    }

    /** 4.x clients leave no mark on messages that they send in order. */
    @Test
    void orderlyConsumersAndMarksOfOrderMakeFifo() {
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.NORMAL, 64), 900, "billing", "audit"))
                .isEqualTo(
                        "likely FIFO: groups billing, audit consume in order; none of 64 sampled has a mark (4.x clients set"
                                + " none)");
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.NORMAL, 3), 3, "billing"))
                .isEqualTo("asked: only 3 NORMAL of 3 sampled; group billing consumes in order");
        assertThat(inferred(List.of(), List.of("its brokers mark it as ordered"), Map.of(), 0))
                .isEqualTo("likely FIFO: its brokers mark it as ordered; no message to sample");
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.NORMAL, 4, MessageType.FIFO, 60), 64, "billing"))
                .isEqualTo(
                        "likely FIFO: group billing consumes in order; 4 NORMAL, 60 FIFO of 64 sampled, all that the topic"
                                + " stores");
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.TRANSACTION, 64), 64, "billing"))
                .isEqualTo("asked: 64 TRANSACTION of 64 sampled; group billing consumes in order");
    }

    /** Offline consumers may be orderly. */
    @Test
    void messagesWithoutMarksSayNothingWhileNoGroupShowsItsOrder() {
        isOrderHidden = true;
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.NORMAL, 64), 900))
                .isEqualTo("asked: 64 NORMAL of 64 sampled; FIFO messages of 4.x clients look the same, and no group of"
                        + " the topic shows its order");
        assertThat(inferred(List.of(), List.of(), Map.of(MessageType.DELAY, 64), 64))
                .startsWith("likely DELAY: ");
    }

    /** Part of a sample is no proof that the topic stores nothing else. */
    @Test
    void messagesThatWereNotReadMayHaveAnotherType() {
        MessageSample part = new MessageSample(
                Map.of(MessageType.NORMAL, 64), new TreeSet<>(), 100, Optional.of("the broker did not answer"));
        assertThat(inferred(List.of(), List.of(), part, 10))
                .isEqualTo(
                        "likely NORMAL: 64 NORMAL of 64 sampled; at most 4.7 % have another type (95 % sure); not all"
                                + " were read: the broker did not answer");
    }
}
