package io.github.rocketmigrate.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A cluster in production gets no more requests in a second than it is given. */
final class RequestRateTest {
    private static final String NOBODY = "127.0.0.1:1";

    @Test
    void oneRequestIsSentAtATime() {
        RequestRate rate = RequestRate.byHand();
        List<CompletableFuture<Void>> turns =
                Stream.generate(rate::turn).limit(3).toList();
        assertThat(turns).extracting(CompletableFuture::isDone).containsExactly(true, false, false);
        rate.next();
        assertThat(turns).extracting(CompletableFuture::isDone).containsExactly(true, true, false);
        rate.next();
        assertThat(turns).extracting(CompletableFuture::isDone).containsExactly(true, true, true);
    }

    /** A second without requests does not let through twice as many in the next one. */
    @Test
    void timeThatNobodyUsesIsNotSaved() {
        RequestRate rate = RequestRate.byHand();
        rate.next();
        rate.next();
        assertThat(rate.turn()).isDone();
        assertThat(rate.turn()).isNotDone();
    }

    @Test
    void withoutALimitNobodyWaits() {
        try (RequestRate rate = RequestRate.of(OptionalInt.empty())) {
            assertThat(Stream.generate(rate::turn).limit(1_000)).allMatch(CompletableFuture::isDone);
        }
    }

    @Test
    void theTimerLetsRequestsThrough() throws Exception {
        try (RequestRate rate = RequestRate.of(OptionalInt.of(1_000))) {
            for (CompletableFuture<Void> turn :
                    Stream.generate(rate::turn).limit(10).toList()) {
                turn.get(1, TimeUnit.MINUTES);
            }
        }
    }

    /** The time that a server has to answer begins when its request is sent. */
    @Test
    void aConnectionSendsWhenItIsItsTurn() {
        RequestRate rate = RequestRate.byHand();
        try (ReadingConnection connection =
                new ReadingConnection(new Requests(Encryption.NONE, Optional.empty(), rate), Duration.ofSeconds(5))) {
            CompletableFuture<Answer> first = connection.ask(NOBODY, ReadRequest.BROKERS, Map.of());
            CompletableFuture<Answer> second = connection.ask(NOBODY, ReadRequest.BROKERS, Map.of());
            assertThat(first).failsWithin(Duration.ofMinutes(1));
            assertThat(second).isNotDone();
            rate.next();
            assertThat(second).failsWithin(Duration.ofMinutes(1));
        }
    }
}
