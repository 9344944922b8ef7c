package io.github.rocketmigrate.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.model.MessageType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a tally counts, of records made by hand. */
final class TallyTest {
    private static final LiveTopic ORDERS =
            new LiveTopic("orders", MessageType.FIFO, LiveGroup.orderly("billing"), LiveGroup.concurrent("audit"));
    private static final LiveTopic CLICKS =
            new LiveTopic("clicks", MessageType.NORMAL, LiveGroup.concurrent("audit"), LiveGroup.orderly("counter"));

    private final List<Sent> sent = new ArrayList<>();
    private final List<SendError> errors = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();
    private final List<Mark> marks = new ArrayList<>(List.of(new Mark("start", at(0))));

    @Test
    void whatEveryGroupReceivesOnceAndInOrderIsFine() {
        for (int i = 0; i < 3; i++) {
            send("orders", "k0", i);
            receive(10 + i, "billing", "orders", "k0", i);
            receive(20 + i, "audit", "orders", "k0", i);
        }
        Tally tally = tally();
        assertThat(tally.line("orders", "billing"))
                .isEqualTo(new Tally.Line("orders", "billing", 3, 3, 0, List.of(), List.of(), List.of()));
        assertThat(tally.line("orders", "audit"))
                .isEqualTo(new Tally.Line("orders", "audit", 3, 3, 0, List.of(), List.of(), List.of()));
        assertThat(tally.line("clicks", "audit").sent()).isZero();
        assertThat(tally.words()).isEqualTo("""
                orders to billing: sent 3, received 3, lost 0, duplicated 0, out of order 0
                orders to audit: sent 3, received 3, lost 0, duplicated 0, out of order 0
                clicks to audit: sent 0, received 0, lost 0, duplicated 0, out of order 0
                clicks to counter: sent 0, received 0, lost 0, duplicated 0, out of order 0
                send errors: 0
                duplicates in start: 0""");
    }

    @Test
    void whatOneGroupLacksIsLostThoughAnotherHasIt() {
        for (int i = 0; i < 9; i++) {
            send("orders", "k0", i);
            receive(10 + i, "billing", "orders", "k0", i);
        }
        receive(30, "audit", "orders", "k0", 8);
        // The same number under another key, and from another topic, is another message.
        receive(31, "audit", "orders", "k1", 0);
        receive(32, "audit", "clicks", "k0", 0);
        Tally tally = tally();
        assertThat(tally.line("orders", "billing").lost()).isEmpty();
        assertThat(tally.line("orders", "audit").lost())
                .extracting(Sent::message)
                .hasSize(8)
                .doesNotContain(message("orders", "k0", 8));
        assertThat(tally.lost()).hasSize(8);
        assertThat(tally.words()).contains("""
                        orders to audit: sent 9, received 2, lost 8, duplicated 0, out of order 0, of the received not \
                        known as sent 1
                            lost: start+0 ms orders/p/k0/0 to source-a:0:0
                            lost: start+1 ms orders/p/k0/1 to source-a:0:1
                            lost: start+2 ms orders/p/k0/2 to source-a:0:2
                            lost: start+3 ms orders/p/k0/3 to source-a:0:3
                            lost: start+4 ms orders/p/k0/4 to source-a:0:4
                            and 3 more
                        """);
    }

    @Test
    void aDuplicateBelongsToTheMarkInWhoseTimeItCame() {
        marks.add(new Mark("read-both", at(100)));
        marks.add(new Mark("write-destination", at(200)));
        for (int i = 0; i < 4; i++) {
            send("clicks", "k0", i);
            receive(10 + i, "counter", "clicks", "k0", i);
            receive(10 + i, "audit", "clicks", "k0", i);
        }
        receive(99, "audit", "clicks", "k0", 0);
        // A mark begins with its moment.
        receive(100, "audit", "clicks", "k0", 1);
        receive(140, "audit", "clicks", "k0", 1);
        receive(201, "counter", "clicks", "k0", 2);
        Tally tally = tally();
        assertThat(tally.line("clicks", "audit").duplicates()).hasSize(3);
        assertThat(tally.line("clicks", "audit").received()).isEqualTo(4);
        assertThat(tally.line("clicks", "counter").duplicates()).hasSize(1);
        assertThat(tally.duplicates("start")).hasSize(1);
        assertThat(tally.duplicates("read-both")).hasSize(2).allSatisfy(duplicate -> {
            assertThat(duplicate.again().message()).isEqualTo(message("clicks", "k0", 1));
            assertThat(duplicate.first().at()).isEqualTo(at(11));
        });
        assertThat(tally.duplicates("write-destination"))
                .singleElement()
                .satisfies(duplicate -> assertThat(duplicate.after()).hasMillis(1));
        assertThat(tally.overtakers())
                .describedAs("what comes again comes late, which breaks no order")
                .isEmpty();
        assertThat(tally.words()).contains("""
                duplicates in start: 1 (audit 1), 99 to 99 ms after its begin
                duplicates in read-both: 2 (audit 2), 0 to 40 ms after its begin
                duplicates in write-destination: 1 (counter 1), 1 to 1 ms after its begin""");
    }

    /** As of a producer that was not answered in time: nobody has delivered anything again. */
    @Test
    void whatIsStoredTwiceIsToldFromWhatIsDeliveredTwice() {
        send("clicks", "k0", 0);
        receive(10, "audit", "clicks", "k0", 0);
        receive(11, "audit", "clicks", "k0", 0);
        received.add(
                new Received(at(12), "audit", "member-1", message("clicks", "k0", 0), new Place("source-a", 1, 7), 0));
        received.add(
                new Received(at(13), "audit", "member-1", message("clicks", "k0", 0), new Place("source-a", 0, 3), 1));
        assertThat(tally().duplicates())
                .extracting(Tally.Duplicate::isStoredTwice)
                .containsExactly(false, true, false);
        assertThat(tally().words())
                .contains("duplicates in start: 3 (audit 3), 11 to 13 ms after its begin, of which stored twice 1");
    }

    /** The diaries of several members are read one after the other, so the order of records means nothing. */
    @Test
    void onlyTheTimesOfFirstReceptionsTellTheOrder() {
        for (int i = 0; i < 4; i++) {
            send("orders", "k0", i);
        }
        receive(40, "billing", "orders", "k0", 3);
        receive(30, "billing", "orders", "k0", 2);
        receive(20, "billing", "orders", "k0", 1);
        receive(10, "billing", "orders", "k0", 0);
        assertThat(tally().overtakers()).isEmpty();
        // Within one microsecond nobody knows.
        receive(9, "billing", "orders", "k0", 1);
        assertThat(tally().overtakers()).extracting(Received::message).containsExactly(message("orders", "k0", 1));
        receive(9, "billing", "orders", "k0", 0);
        assertThat(tally().overtakers()).isEmpty();
    }

    @Test
    void whoeverIsReceivedBeforeAnEarlierOneOfItsKeyIsOutOfOrder() {
        for (int i = 0; i < 6; i++) {
            send("orders", "k0", i);
            send("orders", "k1", i);
            // The other key goes its own way, and so does a group that is not orderly.
            receive(100 - i, "audit", "orders", "k0", i);
            receive(50 + i, "billing", "orders", "k1", i);
        }
        receive(10, "billing", "orders", "k0", 0);
        receive(11, "billing", "orders", "k0", 3);
        receive(12, "billing", "orders", "k0", 4);
        receive(13, "billing", "orders", "k0", 1);
        // The second is lost, which is another matter.
        receive(14, "billing", "orders", "k0", 5);
        Tally tally = tally();
        assertThat(tally.line("orders", "billing").overtakers())
                .extracting(Received::message)
                .containsExactly(message("orders", "k0", 3), message("orders", "k0", 4));
        assertThat(tally.line("orders", "billing").lost())
                .extracting(Sent::message)
                .containsExactly(message("orders", "k0", 2));
        assertThat(tally.overtakers()).hasSize(2);
    }

    @Test
    void orderOfATopicThatHasNoneIsNotJudged() {
        send("clicks", "k0", 0);
        send("clicks", "k0", 1);
        receive(11, "counter", "clicks", "k0", 0);
        receive(10, "counter", "clicks", "k0", 1);
        assertThat(tally().overtakers()).isEmpty();
    }

    @Test
    void whatCouldNotBeSentIsNotMissed() {
        marks.add(new Mark("read-both", at(100)));
        errors.add(new SendError(at(130), message("clicks", "k0", 0), "No route info of this topic: clicks"));
        Tally tally = tally();
        assertThat(tally.lost()).isEmpty();
        assertThat(tally.errors()).hasSize(1);
        assertThat(tally.words())
                .contains(
                        "send errors: 1\n    not sent: read-both+30 ms clicks/p/k0/0: No route info of this topic: clicks");
    }

    private Tally tally() {
        return Tally.of(List.of(ORDERS, CLICKS), marks, sent, errors, received);
    }

    private void send(String topic, String key, long sequence) {
        sent.add(new Sent(at(sequence), message(topic, key, sequence), new Place("source-a", 0, sequence)));
    }

    private void receive(long millis, String group, String topic, String key, long sequence) {
        received.add(new Received(
                at(millis), group, "member-1", message(topic, key, sequence), new Place("source-a", 0, sequence), 0));
    }

    private static LiveMessage message(String topic, String key, long sequence) {
        return new LiveMessage(topic, "p", key, sequence);
    }

    private static Instant at(long millis) {
        return Instant.EPOCH.plusMillis(millis);
    }
}
