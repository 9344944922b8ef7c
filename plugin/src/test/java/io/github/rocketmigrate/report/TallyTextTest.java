package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Shop;
import io.github.rocketmigrate.sandbox.ShopTally;
import io.github.rocketmigrate.sandbox.WaitingMessages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TallyTextTest {
    private final List<String> lines = new ArrayList<>();
    private final TallyText text = new TallyText(new PlainTerminal(lines));

    /** A night of traffic has figures of six digits. */
    @Test
    void theTallyOfALongNightFitsANarrowTerminal() {
        text.print(new ShopTally(Shop.consumers().stream()
                .map(group -> new ShopTally.Line(
                        "price-updates", group, true, 123_456, 12_345, 123_456, 1_234, 0, 12_345, 1_234))
                .toList()));
        assertThat(lines).allMatch(line -> line.length() <= PlainTerminal.NARROW);
    }

    /** Lost messages are gone; unread ones are not. */
    @Test
    void printsUnreadMessagesApartFromLostOnes() {
        ShopTally tally = new ShopTally(
                List.of(new ShopTally.Line("order-events", "order-fulfilment", true, 80, 0, 73, 2, 5, 0, 0)));
        text.print(tally);
        assertThat(lines)
                .containsExactly(
                        "",
                        "  TOPIC         GROUP             SENT  LOST  UNREAD  TWICE  LATE",
                        "  order-events  order-fulfilment  80    2     5       0      0",
                        "",
                        "Twice: received more than once. Late: out of order (FIFO topics).",
                        "Unread: still in a queue when the shop was stopped; not lost.",
                        "Tally: 80 sent, 0 not sent; 73 received, 2 lost, 5 unread, 0 twice, 0",
                        "late.",
                        "");
        assertThat(lines).allMatch(line -> line.length() <= PlainTerminal.NARROW);
        assertThat(SandboxText.problem(tally)).isEqualTo("Messages of the shop were lost, and were not read.");
    }

    /** The build ends with this sentence, which nobody must read as a loss that did not happen. */
    @Test
    void callsOnlyLostMessagesLost() {
        assertThat(SandboxText.problem(new ShopTally(
                        List.of(new ShopTally.Line("order-events", "order-fulfilment", true, 80, 0, 80, 0, 0, 0, 2)))))
                .isEqualTo("Messages of the shop arrived out of order.");
        assertThat(SandboxText.problem(new ShopTally(
                        List.of(new ShopTally.Line("order-events", "order-fulfilment", true, 80, 0, 79, 0, 1, 0, 0)))))
                .isEqualTo("Messages of the shop were not read.");
    }

    /** Nobody must take them for lost, or search for them where the group reads. */
    @Test
    void saysWhereUnreadMessagesWaitAndWhoDoesNotReadThem() {
        text.print(new ShopTally(
                List.of(new ShopTally.Line("search-index", "search-indexer", false, 80, 0, 10, 0, 70, 0, 0)),
                List.of(
                        waiting(70, WaitingMessages.WhyWaiting.NOT_CONNECTED),
                        waiting(1, WaitingMessages.WhyWaiting.BEHIND),
                        waiting(0, WaitingMessages.WhyWaiting.NO_ANSWER))));
        assertThat(String.join(" ", lines))
                .contains("70 messages of search-index wait on destination-a, where no client of search-indexer is"
                        + " connected. Switch search-indexer to the destination's name servers before you stop.")
                .contains("1 message of search-index waits on destination-a; search-indexer is connected there, and"
                        + " has not consumed them.")
                .contains("destination-a did not answer, so the messages of search-index that search-indexer did not"
                        + " receive count as unread.");
        assertThat(lines).allMatch(line -> line.length() <= PlainTerminal.NARROW);
    }

    private static WaitingMessages waiting(long messages, WaitingMessages.WhyWaiting cause) {
        return new WaitingMessages(
                "search-index", "search-indexer", Side.DESTINATION, "destination-a", messages, cause);
    }
}
