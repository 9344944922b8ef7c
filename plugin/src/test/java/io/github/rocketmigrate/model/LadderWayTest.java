package io.github.rocketmigrate.model;

import static io.github.rocketmigrate.model.Access.NONE;
import static io.github.rocketmigrate.model.Access.READ;
import static io.github.rocketmigrate.model.Access.READ_WRITE;
import static io.github.rocketmigrate.model.Access.WRITE;
import static io.github.rocketmigrate.model.Side.DESTINATION;
import static io.github.rocketmigrate.model.Side.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole way of a topic: what lies on it, what may wait on it, and where messages are withheld. */
final class LadderWayTest {
    /** A saved change set still fits if its topic has moved on, and not if somebody took it elsewhere. */
    @ParameterizedTest
    @CsvSource({
        // from, place, wanted stage, ordinary topic, FIFO topic
        "READ_WRITE/NONE,  READ_WRITE/NONE,       SOURCE,            true,  true",
        "READ_WRITE/NONE,  READ_WRITE/NONE,       DESTINATION,       true,  true",
        "READ_WRITE/NONE,  READ_WRITE/READ,       DESTINATION,       true,  true",
        "READ_WRITE/NONE,  NONE/READ_WRITE,       DESTINATION,       true,  true",
        "READ_WRITE/NONE,  READ_WRITE/READ_WRITE, DESTINATION,       true,  false",
        "READ_WRITE/NONE,  READ/WRITE,            DESTINATION,       false, true",
        "READ_WRITE/NONE,  READ/READ,             DESTINATION,       false, true",
        "READ_WRITE/NONE,  NONE/READ_WRITE,       WRITE_DESTINATION, false, false",
        "READ_WRITE/READ,  READ_WRITE/NONE,       DESTINATION,       false, false",
        "NONE/READ_WRITE,  READ_WRITE/NONE,       SOURCE,            true,  true",
        "NONE/READ_WRITE,  WRITE/READ,            SOURCE,            false, true",
        "WRITE/WRITE,      READ_WRITE/NONE,       SOURCE,            false, false"
    })
    void aTopicPassesThesePlaces(String from, String place, Stage wanted, boolean plain, boolean fifo) {
        assertThat(Ladder.isOnWay(standing(from), standing(place), wanted, false))
                .isEqualTo(plain);
        assertThat(Ladder.isOnWay(standing(from), standing(place), wanted, true))
                .isEqualTo(fifo);
    }

    @Test
    void aFenceThatOnlyNameServersShowIsFinishedFromTheSideThatOpens() {
        assertThat(Ladder.through(new Pair(READ, WRITE)).writes())
                .containsExactly(new Rung.AccessChange(DESTINATION, WRITE), new Rung.AccessChange(SOURCE, READ));
        assertThat(Ladder.through(new Pair(WRITE, READ)).writes())
                .containsExactly(new Rung.AccessChange(SOURCE, WRITE), new Rung.AccessChange(DESTINATION, READ));
    }

    /** Messages of a FIFO topic are withheld between the two writes of a fence, and of no other topic at any time. */
    @ParameterizedTest
    @CsvSource({
        "READ_BOTH,         WRITE_DESTINATION, true",
        "WRITE_DESTINATION, READ_BOTH,         true",
        "SOURCE,            READ_BOTH,         false",
        "WRITE_DESTINATION, DESTINATION,       false",
        "DESTINATION,       SOURCE,            false",
        "SOURCE,            SOURCE,            false"
    })
    void onlyAFenceClosesBeforeItOpens(Stage from, Stage wanted, boolean fifo) {
        assertThat(Ladder.next(Pair.of(from), wanted, true).closesFirst()).isEqualTo(fifo);
        assertThat(Ladder.next(Pair.of(from), wanted, false).closesFirst()).isFalse();
    }

    @Test
    void aClosedFenceAndAStepBackCannotWait() {
        assertThat(Ladder.next(new Pair(READ, WRITE), Stage.DESTINATION, true).mayWait())
                .isFalse();
        assertThat(Ladder.next(Pair.of(Stage.DESTINATION), Stage.SOURCE, false).mayWait())
                .isFalse();
        assertThat(Ladder.next(Pair.of(Stage.SOURCE), Stage.READ_BOTH, false).mayWait())
                .isTrue();
        assertThat(new Rung.Arrived().mayWait()).isTrue();
    }

    @Test
    void aStepIsForOnePurpose() {
        Rung leaving = Ladder.next(new Pair(READ_WRITE, NONE), Stage.DESTINATION, false);
        assertThat(leaving.isFor(Purpose.LEAVE_SOURCE)).isTrue();
        assertThat(leaving.isFor(Purpose.BACK)).isFalse();
        assertThat(List.of(Purpose.values())).noneMatch(new Rung.Foreign()::isFor);
    }

    private static Standing standing(String accesses) {
        String[] sides = accesses.split("/", -1);
        return Standing.of(new Pair(Access.valueOf(sides[0]), Access.valueOf(sides[1])));
    }
}
