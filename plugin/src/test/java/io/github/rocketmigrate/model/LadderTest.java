package io.github.rocketmigrate.model;

import static io.github.rocketmigrate.model.Access.NONE;
import static io.github.rocketmigrate.model.Access.READ;
import static io.github.rocketmigrate.model.Access.READ_WRITE;
import static io.github.rocketmigrate.model.Access.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The next step from every pair of accesses to every stage, one table cell per assertion.
 *
 * <p>Longer than 300 lines: the tables are the specification of the ladder, and are read together.
 */
final class LadderTest {
    /** A change set that jumps over stages showed only the first step. */
    @Test
    void aJumpNamesEveryStageThatTheTopicPasses() {
        Standing source = Standing.of(Pair.of(Stage.SOURCE));
        assertThat(Ladder.stages(source, Ladder.next(source, Stage.DESTINATION, false), Stage.DESTINATION))
                .containsExactly(Stage.READ_BOTH, Stage.WRITE_DESTINATION, Stage.DESTINATION);
        Standing fence = Standing.of(new Pair(READ, WRITE));
        assertThat(Ladder.stages(fence, Ladder.next(fence, Stage.READ_BOTH, true), Stage.READ_BOTH))
                .describedAs("back out of a fence, forward first")
                .containsExactly(Stage.WRITE_DESTINATION, Stage.READ_BOTH);
    }

    /** Columns: present accesses, wanted stage, next step of an ordinary topic, next step of a FIFO topic. S and D are source and destination. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RW 0  | source            | arrived        | arrived
            RW 0  | read-both         | D=R            | D=R
            RW 0  | write-both        | D=R            | D=R
            RW 0  | write-destination | D=R            | D=R
            RW 0  | destination       | D=R            | D=R
            RW R  | source            | D=0            | D=0
            RW R  | read-both         | arrived        | arrived
            RW R  | write-both        | D=RW           | D=RW
            RW R  | write-destination | D=RW S=R       | S=R D=W
            RW R  | destination       | D=RW S=R       | S=R D=W
            RW RW | source            | D=R            | foreign
            RW RW | read-both         | D=R            | foreign
            RW RW | write-both        | arrived        | arrived
            RW RW | write-destination | S=R            | foreign
            RW RW | destination       | S=R            | foreign
            R RW  | source            | S=RW D=R       | D=R S=W
            R RW  | read-both         | S=RW D=R       | D=R S=W
            R RW  | write-both        | S=RW           | foreign
            R RW  | write-destination | arrived        | arrived
            R RW  | destination       | S=0            | S=0
            0 RW  | source            | S=R            | S=R
            0 RW  | read-both         | S=R            | S=R
            0 RW  | write-both        | S=R            | S=R
            0 RW  | write-destination | S=R            | S=R
            0 RW  | destination       | arrived        | arrived
            """)
    void fromAStage(String found, String wanted, String plain, String fifo) {
        assertThat(next(found, wanted, false)).isEqualTo(plain);
        assertThat(next(found, wanted, true)).isEqualTo(fifo);
    }

    /** Pairs within a fence have the same next step for every wanted stage. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            R R   | D=W
            R W   | wait S, D=RW
            W R   | wait D, S=RW
            """)
    void fromBetween(String found, String next) {
        for (Stage wanted : Stage.values()) {
            assertThat(next(found, wanted.word(), true)).isEqualTo(next);
        }
    }

    /** With a pause, a fence closes one side first, and opens the other one when no producer has an old route. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RW R  | write-destination | S=R | wait S, D=W
            RW R  | destination       | S=R | wait S, D=W
            R RW  | read-both         | D=R | wait D, S=W
            R RW  | source            | D=R | wait D, S=W
            """)
    void aPauseClosesOneSideBeforeTheOtherOpens(String found, String wanted, String first, String then) {
        String[] accesses = found.strip().split(" +", -1);
        Rung rung =
                Ladder.pausing(Ladder.next(new Pair(access(accesses[0]), access(accesses[1])), stage(wanted), true));
        assertThat(rung.closesFirst()).isTrue();
        assertThat(words(rung)).isEqualTo(first);
        assertThat(words(Ladder.endOfPause(rung.writes().get(0).side()))).isEqualTo(then);
    }

    @Test
    void onlyAFenceBeginsWithAPause() {
        for (Stage wanted : Stage.values()) {
            Rung rung = Ladder.next(Pair.of(Stage.READ_BOTH), wanted, false);
            assertThat(Ladder.pausing(rung)).isEqualTo(rung);
        }
    }

    /** The checks before a step depend on its purpose. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RW 0  | destination       | false | LEAVE_SOURCE
            RW R  | write-both        | false | OPEN_BOTH
            RW R  | destination       | false | TO_DESTINATION
            RW R  | destination       | true  | CLOSE_FENCE
            R R   | destination       | true  | FINISH
            R W   | destination       | true  | OPEN_FENCE
            R W   | source            | true  | OPEN_FENCE
            W R   | source            | true  | OPEN_REVERSE_FENCE
            W R   | destination       | true  | OPEN_REVERSE_FENCE
            R RW  | destination       | false | LEAVE_BEHIND
            R RW  | source            | true  | BACK
            RW R  | source            | false | BACK
            RW R  | read-both         | false |
            W W   | source            | true  |
            """)
    void everyStepHasAPurpose(String found, String wanted, boolean fifo, Purpose purpose) {
        String[] accesses = found.strip().split(" +", -1);
        Rung rung = Ladder.next(new Pair(access(accesses[0]), access(accesses[1])), stage(wanted), fifo);
        assertThat(rung.purpose()).isEqualTo(Optional.ofNullable(purpose));
    }

    /** A fence that was interrupted by a lost answer or a restart of servers is finished. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RW W  | S=R
            R 0   | D=W
            W RW  | D=R
            0 R   | S=W
            """)
    void fromWithinAFence(String found, String next) {
        for (Stage wanted : Stage.values()) {
            assertThat(next(found, wanted.word(), false)).isEqualTo("foreign");
            assertThat(next(found, wanted.word(), true)).isEqualTo(next);
        }
    }

    /** A broker has made a write late, after further steps. The topic passes the fence again, so that no key is passed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 W   | S=R
            0 0   | S=R
            W 0   | D=R
            """)
    void fromALateWriteOfAFence(String found, String next) {
        fromWithinAFence(found, next);
    }

    /** Nobody knows which side has unread messages, so groups can read both afterwards; a fence is finished as usual. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            R    | R      | destination       | D=RW     | D=W
            R    | R      | read-both         | S=RW     | D=W
            0    | R      | destination       | D=RW S=R | S=W
            0    | 0      | destination       | D=RW S=R | S=R
            0    | 0      | source            | S=RW D=R | S=R
            R    | 0      | write-destination | D=RW     | D=W
            R    | 0,RW   | destination       | D=RW     | D=RW
            0    | 0,RW   | destination       | D=RW S=R | D=RW
            0,RW | R      | read-both         | S=RW     | S=RW
            RW   | 0      | destination       | D=R      | D=R
            R    | RW     | destination       | S=0      | S=0
            W    | W      | destination       | D=RW S=R | foreign
            """)
    void afterALateWrite(String source, String destination, String wanted, String plain, String fifo) {
        Standing found = new Standing(accesses(source), accesses(destination));
        assertThat(words(Ladder.afterLateWrite(found, stage(wanted), false))).isEqualTo(plain);
        assertThat(words(Ladder.afterLateWrite(found, stage(wanted), true))).isEqualTo(fifo);
    }

    @Test
    void onePairIsForeignToEveryTopic() {
        for (Stage wanted : Stage.values()) {
            assertThat(next("W W", wanted.word(), false)).isEqualTo("foreign");
            assertThat(next("W W", wanted.word(), true)).isEqualTo("foreign");
        }
    }

    /** A write that reached only some brokers is finished, on the way to the wanted stage. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            RW      | 0,R    | read-both         | D=R     | D=R
            RW      | 0,R    | source            | D=0     | D=0
            RW      | R,RW   | write-destination | D=RW    | D=R
            RW      | R,RW   | source            | D=R     | D=R
            R,RW    | RW     | write-destination | S=R     | S=R
            R,RW    | RW     | source            | S=RW    | S=R
            R,RW    | R      | write-destination | S=RW    | S=R
            R,RW    | R      | read-both         | S=RW    | S=RW
            R       | R,W    | destination       | foreign | D=W
            R       | R,W    | source            | foreign | D=W
            R       | W,RW   | destination       | D=RW    | D=RW
            R       | R,RW   | source            | D=RW    | D=RW
            R,W     | R      | source            | foreign | S=W
            R,W     | R      | destination       | foreign | S=W
            W,RW    | R      | source            | S=RW    | S=RW
            W,RW    | R      | destination       | S=RW    | S=RW
            0,R     | RW     | destination       | S=0     | S=0
            0,R     | RW     | read-both         | S=R     | S=R
            R       | 0,W    | destination       | foreign | D=W
            R       | 0,W    | source            | foreign | D=W
            0,W     | R      | source            | foreign | S=W
            0,W     | R      | destination       | foreign | S=W
            0,RW    | RW     | destination       | foreign | foreign
            RW      | 0,RW   | source            | foreign | foreign
            0,R,RW  | RW     | destination       | foreign | foreign
            0,RW    | 0,W    | destination       | foreign | foreign
            0,W     | 0      | source            | foreign | S=W
            R,RW    | R,RW   | write-destination | D=RW S=R | D=RW S=R
            R,RW    | R,RW   | source            | S=RW D=R | S=RW D=R
            """)
    void fromAccessesOnWhichBrokersDisagree(
            String source, String destination, String wanted, String plain, String fifo) {
        Standing found = new Standing(accesses(source), accesses(destination));
        assertThat(words(Ladder.next(found, stage(wanted), false))).isEqualTo(plain);
        assertThat(words(Ladder.next(found, stage(wanted), true))).isEqualTo(fifo);
    }

    /** What groups can still read is taken from them only after the checks of the step that is finished. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0,R     | RW     | destination       | LEAVE_BEHIND
            0,R     | RW     | write-destination | FINISH
            RW      | 0,R    | source            | BACK
            RW      | 0,R    | read-both         | FINISH
            R,RW    | RW     | write-destination | FINISH
            R       | 0,W    | destination       | FINISH
            """)
    void aFinishThatRemovesReadAccessHasThePurposeOfItsStep(
            String source, String destination, String wanted, Purpose purpose) {
        Standing found = new Standing(accesses(source), accesses(destination));
        boolean fenced = destination.contains("W") && !destination.contains("RW");
        assertThat(Ladder.next(found, stage(wanted), fenced).purpose()).hasValue(purpose);
    }

    /** One master of the source refuses the first write of a reverse fence: the next run finishes it without waiting. */
    @Test
    void aReverseFenceThatIsHalfClosedIsFinishedAtOnce() {
        Standing found = new Standing(accesses("R,W"), accesses("R"));
        Rung rung = Ladder.next(found, Stage.SOURCE, true);
        assertThat(rung.purpose()).hasValue(Purpose.FINISH);
        assertThat(rung.writes()).containsExactly(new Rung.AccessChange(Side.SOURCE, Access.WRITE));
    }

    private static SortedSet<Access> accesses(String list) {
        return Stream.of(list.split(",", -1)).map(LadderTest::access).collect(Collectors.toCollection(TreeSet::new));
    }

    /** If brokers disagree, the next step leads back to the ladder or reports the accesses as foreign. */
    @ParameterizedTest
    @MethodSource("stages")
    void finishedWritesLeadBackToTheLadder(Stage wanted) {
        for (boolean fifo : new boolean[] {false, true}) {
            for (int source = 1; source < 1 << Access.values().length; source++) {
                for (int destination = 1; destination < 1 << Access.values().length; destination++) {
                    Standing found = new Standing(some(source), some(destination));
                    Rung rung = Ladder.next(found, wanted, fifo);
                    if (found.pair().isEmpty() && !(rung instanceof Rung.Foreign)) {
                        Pair finished = finished(found, rung);
                        assertThat(Ladder.next(finished, wanted, fifo))
                                .describedAs("%s to %s by %s", found, wanted, rung)
                                .isNotInstanceOf(Rung.Foreign.class);
                    }
                }
            }
        }
    }

    private static Pair finished(Standing found, Rung rung) {
        Pair pair = new Pair(found.source().first(), found.destination().first());
        for (Rung.AccessChange write : rung.writes()) {
            pair = pair.with(write.side(), write.access());
        }
        return pair;
    }

    private static SortedSet<Access> some(int bits) {
        Access[] all = Access.values();
        return IntStream.range(0, all.length)
                .filter(bit -> (bits & 1 << bit) != 0)
                .mapToObj(bit -> all[bit])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Stream<Stage> stages() {
        return Stream.of(Stage.values());
    }

    /** On the way between any two stages, producers find a writable queue, and a FIFO topic is never writable in both clusters. */
    @ParameterizedTest
    @MethodSource("stages")
    void everyStageIsReachedFromEveryOther(Stage wanted) {
        for (boolean fifo : new boolean[] {false, true}) {
            for (Stage from : Stage.values()) {
                if (fifo && (from == Stage.WRITE_BOTH || wanted == Stage.WRITE_BOTH)) {
                    continue;
                }
                List<Pair> way = way(Pair.of(from), wanted, fifo);
                assertThat(way).hasSizeLessThan(12).last().isEqualTo(Pair.of(wanted));
                for (Pair pair : way) {
                    boolean both =
                            pair.source().isWritable() && pair.destination().isWritable();
                    boolean none =
                            !pair.source().isWritable() && !pair.destination().isWritable();
                    if (fifo) {
                        assertThat(both).describedAs("%s", pair).isFalse();
                    } else {
                        assertThat(none).describedAs("%s", pair).isFalse();
                    }
                }
            }
        }
    }

    private static List<Pair> way(Pair from, Stage wanted, boolean fifo) {
        List<Pair> way = new ArrayList<>(List.of(from));
        Pair at = from;
        for (Rung rung = Ladder.next(at, wanted, fifo);
                !(rung instanceof Rung.Arrived) && way.size() < 12;
                rung = Ladder.next(at, wanted, fifo)) {
            for (Rung.AccessChange write : writes(rung)) {
                at = at.with(write.side(), write.access());
                way.add(at);
            }
        }
        return way;
    }

    private static List<Rung.AccessChange> writes(Rung rung) {
        if (rung instanceof Rung.Writes writes) {
            return writes.writes();
        }
        return List.of(((Rung.Wait) rung).then());
    }

    private static String next(String found, String wanted, boolean fifo) {
        String[] accesses = found.strip().split(" +", -1);
        return words(Ladder.next(new Pair(access(accesses[0]), access(accesses[1])), stage(wanted), fifo));
    }

    private static Stage stage(String word) {
        return Stream.of(Stage.values())
                .filter(it -> it.word().equals(word.strip()))
                .findFirst()
                .orElseThrow();
    }

    private static String words(Rung rung) {
        if (rung instanceof Rung.Writes writes) {
            return writes.writes().stream().map(LadderTest::words).collect(Collectors.joining(" "));
        }
        if (rung instanceof Rung.Wait wait) {
            return "wait " + letter(wait.until()) + ", " + words(wait.then());
        }
        if (rung instanceof Rung.Pause pause) {
            return words(pause.closing());
        }
        assertThat(rung).isInstanceOfAny(Rung.Arrived.class, Rung.Foreign.class);
        return rung instanceof Rung.Arrived ? "arrived" : "foreign";
    }

    private static String words(Rung.AccessChange write) {
        return letter(write.side()) + "="
                + switch (write.access()) {
                    case NONE -> "0";
                    case READ -> "R";
                    case WRITE -> "W";
                    case READ_WRITE -> "RW";
                };
    }

    private static String letter(Side side) {
        return side == Side.SOURCE ? "S" : "D";
    }

    private static Access access(String letters) {
        return switch (letters) {
            case "0" -> NONE;
            case "R" -> READ;
            case "W" -> WRITE;
            default -> READ_WRITE;
        };
    }
}
