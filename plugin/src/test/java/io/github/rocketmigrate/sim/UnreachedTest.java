package io.github.rocketmigrate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What seeds need not meet is short, and each line of it speaks of something that there is. */
final class UnreachedTest {
    private static final int FEW = 12;

    @Test
    void everyReasonIsOfAStepAPairOrADecision() {
        Set<String> known = new TreeSet<>(Coverage.reachableRungs());
        known.addAll(Coverage.STEPS);
        known.addAll(Coverage.pairsOf(Coverage.STEPS));
        known.addAll(Coverage.possibleDecisions());
        assertThat(known).containsAll(Unreached.all().keySet());
    }

    @Test
    void ninePairsOfTenHaveToBeMet() {
        SortedSet<String> pairs = Coverage.pairsOf(Coverage.STEPS);
        long excused =
                pairs.stream().filter(pair -> Unreached.why(pair).isPresent()).count();
        assertThat(excused * 10).isLessThanOrEqualTo(pairs.size() * 2L);
    }

    /** A decision outside the list would be one that nobody has thought of. */
    @Test
    void everyDecisionOfAFewSeedsIsInTheList() {
        Coverage all = new Coverage();
        LongStream.range(0, FEW)
                .parallel()
                .mapToObj(seed -> new Seeds().simulate(seed).result().coverage())
                .toList()
                .forEach(all::add);
        assertThat(Coverage.possibleDecisions()).containsAll(all.decisions());
    }
}
