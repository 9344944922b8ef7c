package io.github.rocketmigrate.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.cluster.LastConsumed;
import io.github.rocketmigrate.discover.SourceGroup.Members;
import io.github.rocketmigrate.model.ConsumeOrder;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a group's members and brokers show of its order. */
final class OrderInferenceTest {
    private boolean isDeclaredOrderly;
    private boolean isBroadcasting;
    private Optional<String> hidden = Optional.empty();
    private Optional<LastConsumed> lastConsumed = Optional.empty();
    private OptionalLong unread = OptionalLong.of(12);

    private String inferred(ConsumeMode mode, int running, int orderly, int concurrent) {
        return inferred(mode, new Members(running, orderly, concurrent));
    }

    private String inferred(ConsumeMode mode, Members members) {
        SourceGroup group = new SourceGroup(
                "audit",
                isDeclaredOrderly,
                Optional.ofNullable(mode),
                isBroadcasting,
                members,
                new TreeSet<>(),
                unread,
                lastConsumed);
        Inference<ConsumeOrder> order = OrderInference.of(group, hidden);
        return order.confidence().word()
                + order.value().map(value -> " " + value).orElse("") + ": " + order.evidence();
    }

    @Test
    void runningMembersSayIt() {
        assertThat(inferred(ConsumeMode.PUSH, 3, 0, 3))
                .isEqualTo("certain CONCURRENT: 3 CONCURRENT of 3 running members");
        assertThat(inferred(ConsumeMode.PUSH, 3, 1, 0)).isEqualTo("certain ORDERLY: 1 ORDERLY of 3 running members");
        isBroadcasting = true;
        assertThat(inferred(ConsumeMode.PUSH, 1, 0, 1))
                .isEqualTo("certain CONCURRENT: 1 CONCURRENT of 1 running member; broadcasting");
    }

    /** A silent member may be the orderly one. */
    @Test
    void silentMembersLeaveADoubt() {
        assertThat(inferred(ConsumeMode.PUSH, 3, 0, 2))
                .isEqualTo("likely CONCURRENT: 2 CONCURRENT of 3 running members");
        assertThat(inferred(ConsumeMode.PUSH, 2, 0, 0)).isEqualTo("asked: 2 members do not report its order");
        assertThat(inferred(ConsumeMode.PULL, 1, 0, 0))
                .isEqualTo("asked: 1 member pulls, so only the application's code shows its order");
    }

    @Test
    void contradictionsAreAskedAbout() {
        assertThat(inferred(ConsumeMode.PUSH, 3, 1, 2))
                .isEqualTo("asked: 1 ORDERLY, 2 CONCURRENT of 3 running members");
        isDeclaredOrderly = true;
        assertThat(inferred(ConsumeMode.PUSH, 2, 0, 2))
                .isEqualTo("asked: its brokers say ORDERLY; 2 CONCURRENT of 2 running members");
    }

    @Test
    void brokersOf5xSayItForMembersThatDoNot() {
        assertThat(inferred(ConsumeMode.POP, 2, 0, 0))
                .isEqualTo("likely CONCURRENT: its members use POP, and its brokers say CONCURRENT");
        isDeclaredOrderly = true;
        assertThat(inferred(ConsumeMode.POP, 2, 0, 0)).isEqualTo("certain ORDERLY: its brokers say ORDERLY");
        assertThat(inferred(null, 0, 0, 0))
                .isEqualTo("likely ORDERLY: its brokers say ORDERLY; nobody runs it; 12 messages unread");
    }

    /** Proxies pass on who consumes, and not how. They serve clients of gRPC as brokers say. */
    @Test
    void membersBehindProxiesReportNothing() {
        assertThat(inferred(null, new Members(2, 0, 0, 2, 2)))
                .isEqualTo("likely CONCURRENT: its members use gRPC, and its brokers say CONCURRENT");
        assertThat(inferred(null, new Members(1, 0, 0, 1, 0)))
                .isEqualTo("asked: 1 member behind a proxy does not report its order");
        assertThat(inferred(ConsumeMode.PUSH, new Members(3, 0, 2, 1, 0)))
                .isEqualTo("likely CONCURRENT: 2 CONCURRENT of 3 running members");
        assertThat(inferred(ConsumeMode.PUSH, new Members(3, 0, 2, 1, 1)))
                .isEqualTo("certain CONCURRENT: 2 CONCURRENT of 3 running members");
        assertThat(inferred(ConsumeMode.PULL, new Members(2, 0, 0, 1, 0)))
                .isEqualTo("asked: 2 members pull, so only the application's code shows its order");
        isDeclaredOrderly = true;
        assertThat(inferred(null, new Members(2, 0, 0, 2, 2))).isEqualTo("certain ORDERLY: its brokers say ORDERLY");
    }

    @Test
    void ofGroupsThatNobodyRunsPeopleReadWhenTheyLastConsumed() {
        Instant at = Instant.parse("2026-11-03T14:05:33Z");
        lastConsumed = Optional.of(LastConsumed.of(at));
        assertThat(inferred(null, 0, 0, 0))
                .isEqualTo(
                        "asked: nobody runs it; consumed up to a message of 2026-11-03 14:05 UTC; 12 messages unread");
        lastConsumed = Optional.of(LastConsumed.unseen("the last message that it consumed is no longer stored"));
        assertThat(inferred(null, 0, 0, 0))
                .isEqualTo(
                        "asked: nobody runs it; when it last consumed is not known: the last message that it consumed"
                                + " is no longer stored; 12 messages unread");
        lastConsumed = Optional.of(new LastConsumed(Optional.of(at), Optional.of("old-b refuses: no permission")));
        assertThat(inferred(null, 0, 0, 0))
                .isEqualTo("asked: nobody runs it; consumed up to a message of 2026-11-03 14:05 UTC or a later one:"
                        + " old-b refuses: no permission; 12 messages unread");
        lastConsumed = Optional.of(LastConsumed.NOTHING);
        assertThat(inferred(null, 0, 0, 0))
                .isEqualTo("asked: nobody runs it; it has consumed nothing; 12 messages unread");
    }

    /** Brokers of 4.x keep the offsets of a group that is deleted. */
    @Test
    void ofADeletedGroupOnlyTheOffsetsAreLeft() {
        SourceGroup deleted = new SourceGroup(
                "audit",
                false,
                false,
                Optional.empty(),
                false,
                new Members(0, 0, 0),
                new TreeSet<>(),
                unread,
                Optional.of(LastConsumed.NOTHING),
                Optional.empty());
        assertThat(deleted.isThere()).isFalse();
        assertThat(OrderInference.of(deleted, hidden).evidence())
                .isEqualTo(
                        "nobody runs it, and no broker has its settings; it has consumed nothing; 12 messages unread");
    }

    @Test
    void groupsThatNobodyRunsAreAskedAbout() {
        assertThat(inferred(null, 0, 0, 0)).isEqualTo("asked: nobody runs it; 12 messages unread");
        unread = OptionalLong.empty();
        hidden = Optional.of("a message is not of a known format");
        assertThat(inferred(null, 0, 0, 0))
                .isEqualTo("asked: no member is known, but not all clients of proxies are: a message is not of a known"
                        + " format; it has no offsets");
    }
}
