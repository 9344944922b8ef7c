package io.github.rocketmigrate.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.MessageType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That what JVMs write down is read as they meant it, also when they were killed in mid-sentence. */
final class LedgerTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");
    private static final LiveMessage MESSAGE = new LiveMessage("clicks", "producer-old", "k3", 17);
    private static final Sent SENT = new Sent(NOON, MESSAGE, new Place("source-a", 2, 40));
    private static final Received RECEIVED =
            new Received(NOON.plusMillis(1), "audit", "member-1", MESSAGE, new Place("source-a", 2, 40), 1);

    @TempDir
    Path folder;

    private final Ledger ledger = new Ledger();
    private Path file;
    private Diary diary;

    @BeforeEach
    void open() throws Exception {
        file = folder.resolve("diary");
        ledger.add(file);
        ledger.update();
        diary = Diary.open(file);
    }

    @Test
    void everyEntryIsReadOnceAndAsItWas() throws Exception {
        SendError error = new SendError(NOON, MESSAGE, "No route info of this topic: clicks");
        diary.notice(Diary.STARTED);
        diary.sent(SENT);
        ledger.update();
        diary.failed(error);
        diary.received(RECEIVED);
        ledger.update();
        ledger.update();
        assertThat(ledger.sent()).containsExactly(SENT);
        assertThat(ledger.errors()).containsExactly(error);
        assertThat(ledger.received()).containsExactly(RECEIVED);
        assertThat(ledger.hasNotice(file, Diary.STARTED)).isTrue();
        assertThat(ledger.hasNotice(file, Diary.STOPPED)).isFalse();
    }

    @Test
    void aLineIsTakenWhenItIsWhole() throws Exception {
        diary.sent(SENT);
        String line = Files.readString(file, UTF_8);
        Files.writeString(file, line.substring(0, 30), StandardOpenOption.APPEND);
        ledger.update();
        assertThat(ledger.sent()).hasSize(1);
        Files.writeString(file, line.substring(30), StandardOpenOption.APPEND);
        ledger.update();
        assertThat(ledger.sent()).containsExactly(SENT, SENT);
    }

    @Test
    void whatIsMissingIsCountedForEachGroupThatLacksIt() throws Exception {
        List<LiveTopic> topics = List.of(new LiveTopic(
                "clicks", MessageType.NORMAL, LiveGroup.concurrent("audit"), LiveGroup.orderly("counter")));
        diary.sent(SENT);
        ledger.update();
        assertThat(ledger.missing(topics)).isEqualTo(2);
        diary.received(RECEIVED);
        ledger.update();
        assertThat(ledger.missing(topics)).isEqualTo(1);
    }

    @Test
    void theLastDivisionTellsAmongHowManyATopicIsDivided() throws Exception {
        List<LiveTopic> topics = List.of(new LiveTopic("clicks", MessageType.NORMAL, LiveGroup.concurrent("audit")));
        assertThat(ledger.undivided(file, topics, group -> 3)).containsExactly("clicks in audit");
        diary.divided(new Division(NOON, "audit", "clicks", 3, "a:0"));
        diary.divided(new Division(NOON, "audit", "%RETRY%audit", 2, "a:0"));
        ledger.update();
        assertThat(ledger.undivided(file, topics, group -> 3)).isEmpty();
        diary.divided(new Division(NOON, "audit", "clicks", 2, "a:1"));
        ledger.update();
        assertThat(ledger.undivided(file, topics, group -> 3)).containsExactly("clicks in audit");
    }

    @Test
    void aGroupLacksAProducersFlowUntilSomethingSentAfterTheMarkHasCome() throws Exception {
        List<LiveTopic> topics = List.of(new LiveTopic("clicks", MessageType.NORMAL, LiveGroup.concurrent("audit")));
        Set<String> producers = Set.of("producer-old");
        diary.sent(SENT);
        diary.received(RECEIVED);
        ledger.update();
        assertThat(ledger.lackingSince(new Mark("before", NOON), topics, producers))
                .isEmpty();
        assertThat(ledger.lackingSince(new Mark("after", NOON.plusMillis(1)), topics, producers))
                .containsExactly("from producer-old by clicks to audit");
        assertThat(ledger.lackingSince(new Mark("before", NOON), topics, Set.of("producer-new")))
                .containsExactly("from producer-new by clicks to audit");
    }
}
