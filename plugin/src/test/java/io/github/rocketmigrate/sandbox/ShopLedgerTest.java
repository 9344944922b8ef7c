package io.github.rocketmigrate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Side;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The counts of lost, repeated and late messages. */
final class ShopLedgerTest {
    private static final int FIRST = 1_000;

    private final ShopLedger ledger = new ShopLedger();

    @Test
    void sentMessageIsLostForEveryGroupThatDidNotReceiveIt() {
        ledger.sent("user-events", FIRST);
        ledger.sent("user-events", FIRST + 1);
        ledger.received("user-events", "recommendations", FIRST);
        ledger.received("user-events", "recommendations", FIRST + 1);
        ledger.received("user-events", "user-events-audit", FIRST + 1);
        assertThat(line("user-events", "recommendations").lost()).isZero();
        assertThat(line("user-events", "user-events-audit").lost()).isEqualTo(1);
        assertThat(ledger.isComplete()).isFalse();
        assertThat(tally())
                .matches(tally -> tally.sent() == 2 && tally.received() == 3 && tally.lost() == 1 && !tally.isGood());

        ledger.received("user-events", "user-events-audit", FIRST);
        assertThat(ledger.isComplete()).isTrue();
        assertThat(tally().isGood()).isTrue();
    }

    @Test
    void everyMemberOfABroadcastingGroupMustReceiveEveryMessage() {
        ledger.sent("price-updates", FIRST);
        ledger.received("price-updates", "shop-windows-1", FIRST);
        assertThat(ledger.isComplete()).isFalse();
        ledger.received("price-updates", "shop-windows-2", FIRST);
        assertThat(ledger.isComplete()).isTrue();
        assertThat(tally().twice()).isZero();
    }

    @Test
    void repeatedMessageCountsAsTwiceAndNotAsLate() {
        ledger.sent("order-events", FIRST);
        ledger.sent("order-events", FIRST + 10);
        ledger.received("order-events", "order-fulfilment", FIRST);
        ledger.received("order-events", "order-fulfilment", FIRST + 10);
        ledger.received("order-events", "order-fulfilment", FIRST);
        assertThat(tally()).matches(tally -> tally.twice() == 1 && tally.late() == 0 && tally.isGood());
    }

    @Test
    void messageIsLateAfterALaterMessageOfItsSubject() {
        ledger.received("order-events", "order-fulfilment", FIRST + 10);
        ledger.received("order-events", "order-fulfilment", FIRST + 1);
        assertThat(tally().late()).isZero();
        ledger.received("order-events", "order-fulfilment", FIRST);
        assertThat(tally()).matches(tally -> tally.late() == 1 && !tally.isGood());
    }

    @Test
    void withoutPromisedOrderNoMessageIsLate() {
        ledger.received("payments", "ledger", FIRST + 10);
        ledger.received("payments", "ledger", FIRST);
        assertThat(tally().late()).isZero();
        assertThat(line("payments", "ledger").ordered()).isFalse();
        assertThat(line("stock-changes", "order-fulfilment").ordered()).isTrue();
    }

    @Test
    void failedMessageIsNeitherSentNorLost() {
        ledger.failed("invoices");
        assertThat(ledger.isComplete()).isTrue();
        assertThat(tally()).matches(tally -> tally.failed() == 1 && tally.lost() == 0);
    }

    @Test
    void messagesOfTheSeedDoNotCount() {
        ledger.received("payments", "ledger", Shop.topic("payments").firstOfTraffic() - 1);
        assertThat(ledger.receptions()).isZero();
        assertThat(tally().received()).isZero();
    }

    @Test
    void tallyIsReadAsWritten(@TempDir Path folder) throws IOException {
        assertThat(ShopTally.read(folder)).isEmpty();
        ledger.sent("order-events", FIRST);
        ledger.failed("refunds");
        tally().write(folder);
        assertThat(ShopTally.read(folder)).contains(tally());
    }

    /** A message that a queue still holds was not read in time; it is not gone. */
    @Test
    void missingMessageIsUnreadAsLongAsAQueueHoldsIt() {
        ledger.sent("order-events", FIRST);
        ledger.sent("order-events", FIRST + 1);
        ledger.sent("order-events", FIRST + 2);
        ledger.received("order-events", "order-fulfilment", FIRST);
        ShopLedger.Backlog one = (topic, reader) -> reader.equals("order-fulfilment") ? 1 : 0;
        assertThat(ledger.hasUnread(one)).isTrue();
        assertThat(ledger.hasUnread(ShopLedger.NOTHING_UNREAD)).isFalse();
        assertThat(ledger.tally(one)).matches(tally -> tally.unread() == 1 && tally.lost() == 1 && !tally.isGood());

        ledger.received("order-events", "order-fulfilment", FIRST + 1);
        assertThat(ledger.tally(one)).matches(tally -> tally.unread() == 1 && tally.lost() == 0 && !tally.isGood());
        ledger.received("order-events", "order-fulfilment", FIRST + 2);
        assertThat(ledger.tally(one))
                .describedAs("older messages in the queue are not missing ones")
                .matches(tally -> tally.unread() == 0 && tally.isGood());
    }

    /** A group that uses the source's name servers sees no queue of the destination. */
    @Test
    void missingMessageIsNotLostWhileABrokerHoldsIt() {
        ledger.sent("search-index", FIRST);
        ledger.sent("search-index", FIRST + 1);
        WaitingMessages apart = waiting(1, WaitingMessages.WhyWaiting.NOT_CONNECTED);
        assertThat(tally().recounted(line -> List.of(apart)))
                .matches(tally -> tally.unread() == 1 && tally.lost() == 1 && !tally.isGood())
                .matches(tally -> tally.waiting().equals(List.of(apart)));
        assertThat(tally().recounted(line -> List.of(apart, waiting(5, WaitingMessages.WhyWaiting.BEHIND))))
                .describedAs("never more than are missing")
                .matches(tally -> tally.unread() == 2 && tally.lost() == 0);
        assertThat(tally().recounted(line -> List.of(waiting(0, WaitingMessages.WhyWaiting.NO_ANSWER))))
                .describedAs("a broker that is down may hold them")
                .matches(tally -> tally.unread() == 2 && tally.lost() == 0);
        assertThat(tally().recounted(line -> List.of())).matches(tally -> tally.unread() == 0 && tally.lost() == 2);
    }

    /** The reader has counted its own backlog already. */
    @Test
    void backlogOfAConnectedReaderIsCountedOnce() {
        ledger.sent("search-index", FIRST);
        ledger.sent("search-index", FIRST + 1);
        ShopTally one = ledger.tally((topic, reader) -> 1);
        assertThat(one.recounted(line -> List.of(waiting(1, WaitingMessages.WhyWaiting.BEHIND))))
                .matches(tally -> tally.unread() == 1 && tally.lost() == 1);
    }

    private static WaitingMessages waiting(long messages, WaitingMessages.WhyWaiting cause) {
        return new WaitingMessages(
                "search-index", "search-indexer", Side.DESTINATION, "destination-a", messages, cause);
    }

    private ShopTally tally() {
        return ledger.tally(ShopLedger.NOTHING_UNREAD);
    }

    private ShopTally.Line line(String topic, String reader) {
        List<ShopTally.Line> lines = tally().lines().stream()
                .filter(line -> line.topic().equals(topic) && line.reader().equals(reader))
                .toList();
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }
}
