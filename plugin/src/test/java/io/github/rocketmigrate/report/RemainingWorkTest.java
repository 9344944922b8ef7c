package io.github.rocketmigrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.report.RemainingWork.Task;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RemainingWorkTest {
    @Test
    void aTopicWhoseCreationAndMoveAreBlockedIsShownOnce() {
        RemainingWork work = RemainingWork.NONE
                .and(Task.blocked(List.of()))
                .and(Task.blocked(List.of(reason("groups-planned"), reason("source-quiet"))));
        assertThat(work.words(RemainingWork.FIRST_REASON)).isEqualTo("blocked: groups-planned and 1 more");
        assertThat(work.words()).isEqualTo("blocked: groups-planned, source-quiet");
        assertThat(work.isStuck()).isTrue();
    }

    @Test
    void aMoveThatOnlyWaitsIsNotStuck() {
        RemainingWork work = RemainingWork.NONE
                .and(Task.possible(PlanAction.CREATE, List.of()))
                .and(Task.possible(PlanAction.MOVE, List.of(unknown("source-quiet"))));
        assertThat(work.words()).isEqualTo("to create, to move, waits for source-quiet");
        assertThat(work.isStuck()).isFalse();
    }

    @Test
    void anUpdateRemainsVisibleBesideWhatIsImpossible() {
        RemainingWork work = RemainingWork.NONE
                .and(Task.possible(PlanAction.UPDATE, List.of()))
                .and(Task.impossible(Impossible.Cause.QUEUES_IN_USE));
        assertThat(work.words()).isEqualTo("to update, impossible: queues-in-use");
        assertThat(work.isStuck()).isTrue();
    }

    @Test
    void anObjectThatCannotBeRemovedNamesItsReason() {
        RemainingWork work = RemainingWork.NONE.and(
                Task.blocked(List.of(new Reason.OfRemoval("in use at destination", "it holds 3 messages", "", false))));
        assertThat(work.words()).isEqualTo("blocked: in use at destination");
    }

    private static Reason reason(String check) {
        return new Reason.OfCheck(unknown(check), false);
    }

    private static Judgement unknown(String check) {
        return new Judgement(
                CheckRegistry.of(check).orElseThrow(), Optional.of("orders"), new Verdict.Unknown("not read"));
    }
}
