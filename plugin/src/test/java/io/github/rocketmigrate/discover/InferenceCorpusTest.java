package io.github.rocketmigrate.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.MessageSample;
import io.github.rocketmigrate.discover.SourceGroup.Members;
import io.github.rocketmigrate.model.MessageType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Infers the types of 500 generated topics whose truth is known. A topic with messages of two types has no right answer, so
 * only a question is right there.
 */
final class InferenceCorpusTest {
    private static final int TOPICS = 500;
    private static final int OF_EACH_QUEUE = 64;

    private final Random random = new Random(19);
    private final Map<String, Tally> tallies = new TreeMap<>();

    /** What producers send and consumers do. */
    private enum Kind {
        NORMAL("one type: NORMAL", MessageType.NORMAL),
        DELAY("one type: DELAY", MessageType.DELAY),
        TRANSACTION("one type: TRANSACTION", MessageType.TRANSACTION),
        FIFO_WITH_KEYS("one type: FIFO with sharding keys", MessageType.FIFO),
        FIFO_WITHOUT_KEYS("one type: FIFO without marks, orderly consumers run", MessageType.FIFO),
        FIFO_OFFLINE("hidden: FIFO without marks, consumers are offline", MessageType.FIFO),
        DECLARED("declared at the brokers", MessageType.DELAY),
        HALF("minority 50 %", 0.5),
        TENTH("minority 10 %", 0.1),
        HUNDREDTH("minority 1 %", 0.01),
        THOUSANDTH("minority 0.1 %", 0.001);

        private final String words;
        private final Optional<MessageType> truth;
        private final double minority;

        Kind(String words, MessageType truth) {
            this.words = words;
            this.truth = Optional.of(truth);
            this.minority = 0;
        }

        Kind(String words, double minority) {
            this.words = words;
            this.truth = Optional.empty();
            this.minority = minority;
        }
    }

    private static final class Tally {
        private int topics;
        private int certain;
        private int certainAndWrong;
        private int likely;
        private int likelyAndWrong;
        private int asked;
    }

    @Test
    void noCertainAnswerIsWrongAndFewAreAskedAbout() {
        for (int i = 0; i < TOPICS; i++) {
            topic("topic-" + i, Kind.values()[i % Kind.values().length]);
        }
        assertThat(tallies.values()).allMatch(tally -> tally.certainAndWrong == 0);
        List<Tally> ofOneType = tallies.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("one type"))
                .map(Map.Entry::getValue)
                .toList();
        int asked = ofOneType.stream().mapToInt(tally -> tally.asked).sum();
        int all = ofOneType.stream().mapToInt(tally -> tally.topics).sum();
        assertThat(all).isGreaterThan(TOPICS / 3);
        assertThat(asked * 100.0 / all).isLessThan(5);
        // Topics, of these certain, likely, likely and wrong, asked.
        List<String> rates = new ArrayList<>();
        tallies.forEach((kind, tally) -> rates.add(String.format(
                Locale.ROOT,
                "%s | %d | %d | %d | %d | %d",
                kind,
                tally.topics,
                tally.certain,
                tally.likely,
                tally.likelyAndWrong,
                tally.asked)));
        assertThat(String.join("\n", rates)).isEqualTo("""
                declared at the brokers | 45 | 45 | 0 | 0 | 0
                fewer than 16 messages of one type | 11 | 0 | 0 | 0 | 11
                hidden: FIFO without marks, consumers are offline | 42 | 0 | 0 | 0 | 42
                minority 0.1 % | 45 | 0 | 24 | 24 | 21
                minority 1 % | 45 | 0 | 6 | 6 | 39
                minority 10 % | 45 | 0 | 0 | 0 | 45
                minority 50 % | 45 | 0 | 0 | 0 | 45
                one type: DELAY | 45 | 0 | 45 | 0 | 0
                one type: FIFO with sharding keys | 43 | 0 | 43 | 0 | 0
                one type: FIFO without marks, orderly consumers run | 46 | 0 | 46 | 0 | 0
                one type: NORMAL | 44 | 0 | 44 | 0 | 0
                one type: TRANSACTION | 44 | 0 | 44 | 0 | 0""");
    }

    private void topic(String name, Kind kind) {
        long held = random.nextInt(10) == 0 ? random.nextInt(40) : random.nextInt(5_000);
        int queues = 4 + random.nextInt(13);
        int sampled = (int) Math.min(held, (long) queues * OF_EACH_QUEUE);
        Map<MessageType, Integer> counts = new EnumMap<>(MessageType.class);
        for (int i = 0; i < sampled; i++) {
            counts.merge(message(kind), 1, Integer::sum);
        }
        SourceTopic topic = new SourceTopic(
                name,
                new TreeSet<>(kind == Kind.DECLARED ? List.of("DELAY") : List.of()),
                List.of(),
                new MessageSample(counts, new TreeSet<>(), 100, Optional.empty()),
                held,
                held,
                new TreeSet<>(List.of("audit")));
        Discovery discovery = Discovery.of(
                "old",
                new TreeMap<>(Map.of(name, topic)),
                new TreeMap<>(Map.of("audit", consumers(kind))),
                List.of(),
                Optional.empty());
        String words = kind.truth.isPresent() && kind != Kind.DECLARED && sampled < TypeInference.ENOUGH
                ? "fewer than 16 messages of one type"
                : kind.words;
        count(
                tallies.computeIfAbsent(words, key -> new Tally()),
                discovery.types().get(name),
                kind.truth);
    }

    private MessageType message(Kind kind) {
        if (random.nextDouble() < kind.minority) {
            return MessageType.DELAY;
        }
        return switch (kind) {
            case DELAY, DECLARED -> MessageType.DELAY;
            case TRANSACTION -> MessageType.TRANSACTION;
            case FIFO_WITH_KEYS -> MessageType.FIFO;
            default -> MessageType.NORMAL;
        };
    }

    private static SourceGroup consumers(Kind kind) {
        Members members = switch (kind) {
            case FIFO_WITH_KEYS, FIFO_WITHOUT_KEYS -> new Members(3, 3, 0);
            case FIFO_OFFLINE -> new Members(0, 0, 0);
            default -> new Members(3, 0, 3);
        };
        return new SourceGroup(
                "audit",
                false,
                Optional.of(ConsumeMode.PUSH).filter(mode -> members.running() > 0),
                false,
                members,
                new TreeSet<>(),
                OptionalLong.empty(),
                Optional.empty());
    }

    private static void count(Tally tally, Inference<MessageType> type, Optional<MessageType> truth) {
        boolean isWrong = !type.value().equals(truth);
        tally.topics++;
        switch (type.confidence()) {
            case CERTAIN -> {
                tally.certain++;
                tally.certainAndWrong += isWrong ? 1 : 0;
            }
            case LIKELY -> {
                tally.likely++;
                tally.likelyAndWrong += isWrong ? 1 : 0;
            }
            case ASKED -> tally.asked++;
        }
    }
}
