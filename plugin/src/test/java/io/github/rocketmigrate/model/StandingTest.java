package io.github.rocketmigrate.model;

import static io.github.rocketmigrate.model.Access.NONE;
import static io.github.rocketmigrate.model.Access.READ;
import static io.github.rocketmigrate.model.Access.READ_WRITE;
import static io.github.rocketmigrate.model.Access.WRITE;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Accesses of a topic in both clusters, as tables and messages name them. */
final class StandingTest {
    @ParameterizedTest
    @EnumSource
    void accessesOfAStageAreNamedAfterIt(Stage stage) {
        Standing standing = Standing.of(Pair.of(stage));
        assertThat(standing.pair().flatMap(Pair::stage)).contains(stage);
        assertThat(standing.brief()).isEqualTo(stage.word());
        assertThat(standing.words()).isEqualTo(stage.word());
    }

    @Test
    void accessesBetweenTwoStagesAreNamedByCluster() {
        Pair fence = new Pair(READ, WRITE);
        assertThat(fence.stage()).isEmpty();
        assertThat(Standing.of(fence).brief()).isEqualTo("read / write");
        assertThat(Standing.of(fence).words()).isEqualTo("read in the source, write in the destination");
    }

    @Test
    void brokersThatDisagreeAreShownSideBySide() {
        Standing halfClosed = standing(List.of(READ, READ_WRITE), List.of(READ_WRITE));
        assertThat(halfClosed.pair()).isEmpty();
        assertThat(halfClosed.brief()).isEqualTo("brokers disagree");
        assertThat(halfClosed.brief(SOURCE)).isEqualTo("read+read-write");
        assertThat(halfClosed.brief(DESTINATION)).isEqualTo("read-write");
        assertThat(halfClosed.words())
                .isEqualTo("read here and read and write there in the source, read and write in the destination");

        Standing halfOpen = standing(List.of(READ_WRITE), List.of(NONE, READ));
        assertThat(halfOpen.pair()).isEmpty();
        assertThat(halfOpen.words())
                .isEqualTo("read and write in the source, no access here and read there in the destination");
    }

    @Test
    void aTopicThatDoesNotExistHasNoAccess() {
        assertThat(standing(List.of(READ_WRITE), List.of())).isEqualTo(Standing.of(Pair.of(Stage.SOURCE)));
    }

    @Test
    void aWriteToOneClusterSettlesThatClusterOnly() {
        Standing disagreeing = standing(List.of(READ, READ_WRITE), List.of(NONE, READ));
        assertThat(disagreeing.with(SOURCE, READ_WRITE)).isEqualTo(standing(List.of(READ_WRITE), List.of(NONE, READ)));
        assertThat(disagreeing.with(SOURCE, READ_WRITE).with(DESTINATION, READ).pair())
                .contains(Pair.of(Stage.READ_BOTH));
    }

    private static Standing standing(List<Access> source, List<Access> destination) {
        return new Standing(new TreeSet<>(source), new TreeSet<>(destination));
    }
}
