package io.github.rocketmigrate.model;

import static io.github.rocketmigrate.model.Access.NONE;
import static io.github.rocketmigrate.model.Access.READ;
import static io.github.rocketmigrate.model.Access.READ_WRITE;
import static io.github.rocketmigrate.model.Access.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The next step from every pair of accesses to every stage, cell by cell. */
final class LadderTest {
    /** From, wanted, next for a topic that keeps no order, next for a FIFO topic. S and D are the two clusters. */
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

    /** States between stages have one way on, whatever is wanted. */
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

    @ParameterizedTest
    @CsvSource({"RW W", "R 0", "W 0", "W W", "W RW", "0 0", "0 R", "0 W"})
    void anythingElseIsForeign(String found) {
        for (Stage wanted : Stage.values()) {
            assertThat(next(found, wanted.word(), false)).isEqualTo("foreign");
            assertThat(next(found, wanted.word(), true)).isEqualTo("foreign");
        }
    }

    static Stream<Stage> stages() {
        return Stream.of(Stage.values());
    }

    /** Step by step, every stage is reached from every other, producers always find an open queue, and FIFO never two. */
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
            for (Rung.Write write : writes(rung)) {
                at = at.with(write.side(), write.access());
                way.add(at);
            }
        }
        return way;
    }

    private static List<Rung.Write> writes(Rung rung) {
        if (rung instanceof Rung.Writes writes) {
            return writes.writes();
        }
        return List.of(((Rung.Wait) rung).then());
    }

    private static String next(String found, String wanted, boolean fifo) {
        String[] accesses = found.strip().split(" +", -1);
        Stage stage = Stream.of(Stage.values())
                .filter(it -> it.word().equals(wanted.strip()))
                .findFirst()
                .orElseThrow();
        return words(Ladder.next(new Pair(access(accesses[0]), access(accesses[1])), stage, fifo));
    }

    private static String words(Rung rung) {
        if (rung instanceof Rung.Writes writes) {
            return writes.writes().stream().map(LadderTest::words).collect(Collectors.joining(" "));
        }
        if (rung instanceof Rung.Wait wait) {
            return "wait " + letter(wait.until()) + ", " + words(wait.then());
        }
        return rung instanceof Rung.Arrived ? "arrived" : "foreign";
    }

    private static String words(Rung.Write write) {
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
