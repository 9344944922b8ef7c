package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.write.ApplyProgress.WaitReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Decides when a run prints what it waits for: one line for each reason, again when its topics have changed, and
 * otherwise at growing intervals. Changes that are made in the meantime do not reset the time of a wait.
 */
public final class WaitLines {
    private static final int MOST_NAMED = 3;
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** Reasons of one topic replace each other within seconds, back and forth. */
    private static final Duration FORGET_AFTER = Duration.ofSeconds(30);

    private final Map<String, Wait> waits = new LinkedHashMap<>();
    private Duration now = Duration.ZERO;

    /** What is known of one reason; a reason that the whole run waits for has the topic {@code ""}. */
    private static final class Wait {
        private final SortedMap<String, Duration> since = new TreeMap<>();
        private Optional<Duration> absentSince = Optional.empty();
        private Optional<Duration> printed = Optional.empty();
        private Duration pause = SHORTEST;
        private SortedSet<String> printedTopics = new TreeSet<>();
        private String printedWhy = "";

        void seen(SortedSet<String> topics, Duration now) {
            absentSince = Optional.empty();
            since.keySet().retainAll(topics);
            topics.forEach(topic -> since.putIfAbsent(topic, now));
        }

        boolean isDue(SortedSet<String> topics, String why, Duration now) {
            boolean isSame = topics.equals(printedTopics) && why.equals(printedWhy);
            return printed.map(at -> now.minus(at).compareTo(isSame ? pause : SHORTEST) >= 0)
                    .orElse(true);
        }

        void print(SortedSet<String> topics, String why, Duration now) {
            if (printed.isPresent() && topics.equals(printedTopics)) {
                Duration twice = pause.multipliedBy(2);
                pause = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
            }
            printed = Optional.of(now);
            printedTopics = topics;
            printedWhy = why;
        }

        Duration lasts(Duration now) {
            return since.values().stream()
                    .map(now::minus)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }
    }

    /**
     * The lines to print now.
     *
     * @param time that has passed since the run began
     * @param mayBegin whether reasons that were not printed before are printed
     */
    public List<String> of(List<WaitReason> reasons, Duration time, boolean mayBegin) {
        now = time;
        Map<String, List<WaitReason>> kinds =
                reasons.stream().collect(groupingBy(WaitReason::kind, LinkedHashMap::new, toList()));
        forget(kinds);
        List<String> lines = new ArrayList<>();
        kinds.forEach((kind, alike) -> {
            SortedSet<String> topics = new TreeSet<>();
            alike.forEach(reason -> topics.addAll(reason.topics().isEmpty() ? List.of("") : reason.topics()));
            Wait wait = waits.computeIfAbsent(kind, key -> new Wait());
            wait.seen(topics, now);
            String why = alike.get(0).why();
            if (wait.isDue(topics, why, now) && (mayBegin || wait.printed.isPresent())) {
                lines.add(words(alike, topics, wait));
                wait.print(topics, why, now);
            }
        });
        return lines;
    }

    public static void print(Terminal terminal, List<String> lines) {
        Layout layout = new Layout(terminal);
        lines.forEach(line -> layout.item("… ", line, terminal::doubtful));
    }

    private void forget(Map<String, List<WaitReason>> kinds) {
        waits.forEach((kind, wait) -> {
            if (!kinds.containsKey(kind) && wait.absentSince.isEmpty()) {
                wait.absentSince = Optional.of(now);
            }
        });
        waits.values()
                .removeIf(wait -> wait.absentSince
                        .filter(since -> now.minus(since).compareTo(FORGET_AFTER) >= 0)
                        .isPresent());
    }

    /** {@code waited 40 s}, of the longest wait; nothing in its first second. */
    public String passed() {
        Duration longest = waits.values().stream()
                .filter(wait -> wait.absentSince.isEmpty())
                .map(wait -> wait.lasts(now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return longest.toSeconds() == 0 ? "" : "waited " + Counts.span(longest);
    }

    /** {@code Waited 40 s: orders, payments wait for source-drained: 12 messages are unread by mailer. Normal: …}. */
    private String words(List<WaitReason> alike, SortedSet<String> topics, Wait wait) {
        Duration lasts = wait.lasts(now);
        WaitReason first = alike.get(0);
        String verb = alike.size() > 1
                ? " wait, for example " + first.topics().first() + " for "
                : Counts.verb(topics.size(), " waits for ", " wait for ");
        String begin = topics.contains("") ? "Waiting: " : "";
        return (lasts.toSeconds() == 0 ? begin : "Waited " + Counts.span(lasts) + ": ")
                + (topics.contains("") ? "" : Names.of(topics, MOST_NAMED) + verb)
                + first.what() + ". " + first.why() + ".";
    }
}
