package io.github.rocketmigrate.report;

import static java.util.Comparator.comparing;

import io.github.rocketmigrate.observe.PassedFence;
import io.github.rocketmigrate.text.Counts;
import java.util.List;
import java.util.stream.Stream;

/** Says how long the fences of a run were closed, beside what was expected. */
final class PassedFences {
    private static final int MOST_NAMED = 3;

    private PassedFences() {}

    /** A line for each fence, the longest first; of many, only the longest ones and how many more there were. */
    static List<String> lines(List<PassedFence> fences) {
        List<PassedFence> longest =
                fences.stream().sorted(comparing(PassedFence::took).reversed()).toList();
        int named = longest.size() > MOST_NAMED + 1 ? MOST_NAMED : longest.size();
        int others = longest.size() - named;
        return Stream.concat(
                        longest.subList(0, named).stream()
                                .map(fence ->
                                        "The fence of " + fence.topic() + " was closed for " + fence.words() + "."),
                        others == 0
                                ? Stream.empty()
                                : Stream.of("The fences of " + Counts.of(others, "more topic")
                                        + " were closed for "
                                        + Counts.span(longest.get(named).took()) + " or less."))
                .toList();
    }
}
