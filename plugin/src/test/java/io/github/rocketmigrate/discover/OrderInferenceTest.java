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
    private boolean hasProxies;
    private Optional<LastConsumed> lastConsumed = Optional.empty();
    private OptionalLong unread = OptionalLong.of(12);

    private String inferred(ConsumeMode mode, int running, int orderly, int concurrent) {
        SourceGroup group = new SourceGroup(
                "audit",
                isDeclaredOrderly,
                Optional.ofNullable(mode),
                isBroadcasting,
                new Members(running, orderly, concurrent),
                new TreeSet<>(),
                unread,
                lastConsumed);
        Inference<ConsumeOrder> order = OrderInference.of(group, hasProxies);
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

    @Test
    void groupsThatNobodyRunsAreAskedAbout() {
        assertThat(inferred(null, 0, 0, 0)).isEqualTo("asked: nobody runs it; 12 messages unread");
        unread = OptionalLong.empty();
        hasProxies = true;
        assertThat(inferred(null, 0, 0, 0))
                .isEqualTo("asked: no broker lists a member, and clients of proxies are not listed; it has no offsets");
    }
}
