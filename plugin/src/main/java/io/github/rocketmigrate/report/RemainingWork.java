package io.github.rocketmigrate.report;

import static java.util.Comparator.comparing;
import static java.util.Comparator.reverseOrder;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.change.Impossible;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.decide.Reason;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Names;
import io.github.rocketmigrate.text.UtcTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The changes that one topic or group on the board still needs, and whether they can be made. */
public record RemainingWork(List<Task> tasks) {
    static final RemainingWork NONE = new RemainingWork(List.of());

    /** What a board names that has to fit a low window; more are counted. */
    static final int FIRST_REASON = 1;

    /** What a board names that may be as long as the plan needs. */
    static final int FIRST_REASONS = 3;

    static final int ALL_REASONS = Integer.MAX_VALUE;

    public RemainingWork {
        tasks = List.copyOf(tasks);
    }

    /** Whether a task can be made, and if not, whether that can change. */
    public enum TaskState {
        POSSIBLE,
        /** Nobody has to act: another object comes first, or a run at work waits. */
        WAITING,
        BLOCKED,
        IMPOSSIBLE,
        /** No change is left, but clients have to follow the topic. */
        LEFT_BEHIND
    }

    /**
     * One change, or one reason why there is none.
     *
     * @param word the change, or the reason why it is impossible
     * @param reasons what blocks or delays it, in short
     */
    public record Task(TaskState state, String word, List<String> reasons) {
        public Task {
            requireNonNull(state, "state is null");
            requireNonNull(word, "word is null");
            reasons = List.copyOf(reasons);
        }

        static Task possible(PlanAction action, List<Judgement> delays) {
            return new Task(TaskState.POSSIBLE, action.word(), names(delays));
        }

        /** A blocked task. Its action is left out, so that a topic blocks once, however many changes it needs. */
        static Task blocked(List<Reason> barriers) {
            return new Task(
                    TaskState.BLOCKED,
                    "",
                    barriers.stream()
                            .filter(reason -> !reason.isOfClusters())
                            .map(Reason::brief)
                            .distinct()
                            .toList());
        }

        /** A task that waits for other objects, or for reasons that a run at work waits for. */
        static Task waiting(String what) {
            return new Task(TaskState.WAITING, "waits for " + what, List.of());
        }

        static Task impossible(Impossible.Cause reason) {
            return new Task(TaskState.IMPOSSIBLE, reason.words(), List.of());
        }

        /** Who put a topic on hold, when and why: the plan alone does not move it. */
        static Task onHold(Hold hold, Instant now) {
            return new Task(
                    TaskState.IMPOSSIBLE,
                    "on hold at " + hold.stage().word() + " since " + UtcTime.words(hold.since(), now) + " by "
                            + hold.by() + ": " + hold.reason(),
                    List.of());
        }

        /** Clients that look for messages where the topic no longer has them. */
        static Task leftBehind(ClientsLeftBehind clients) {
            int old = clients.clients().old().size();
            return new Task(
                    TaskState.LEFT_BEHIND,
                    Counts.of(old, "old client") + " of " + clients.group() + " to switch",
                    List.of());
        }

        /** The check that lasts longest comes first, because a board shows only one. */
        private static List<String> names(List<Judgement> checks) {
            return checks.stream()
                    .sorted(comparing(judgement -> judgement.notBefore().orElse(Instant.MIN), reverseOrder()))
                    .map(judgement -> judgement.check().name())
                    .toList();
        }

        private Task joined(Task other) {
            return new Task(
                    state,
                    word,
                    Stream.concat(reasons.stream(), other.reasons.stream())
                            .distinct()
                            .toList());
        }

        String words(int mostReasons) {
            return switch (state) {
                case POSSIBLE -> "to " + word + named(", waits for ", mostReasons);
                case BLOCKED -> "blocked" + named(": ", mostReasons);
                case WAITING, IMPOSSIBLE, LEFT_BEHIND -> word;
            };
        }

        private String named(String before, int most) {
            return reasons.isEmpty() ? "" : before + Names.of(reasons, most);
        }
    }

    /** Adds a task. Tasks that differ only in their reasons become one. */
    RemainingWork and(Task task) {
        List<Task> all = new ArrayList<>(tasks);
        for (int i = 0; i < all.size(); i++) {
            Task one = all.get(i);
            if (one.state() == task.state() && one.word().equals(task.word())) {
                all.set(i, one.joined(task));
                return new RemainingWork(all);
            }
        }
        all.add(task);
        return new RemainingWork(all);
    }

    public boolean isNone() {
        return tasks.isEmpty();
    }

    /** Whether clients have to follow the topic. */
    boolean isLeftBehind() {
        return tasks.stream().anyMatch(task -> task.state() == TaskState.LEFT_BEHIND);
    }

    /** Whether running {@code apply} again is not enough. */
    boolean isStuck() {
        return tasks.stream().anyMatch(task -> task.state() != TaskState.POSSIBLE && task.state() != TaskState.WAITING);
    }

    /** What blocks or delays the object, in short; each once. */
    List<String> reasons() {
        return tasks.stream()
                .flatMap(task -> task.reasons().stream())
                .distinct()
                .toList();
    }

    /** Whether a task has more reasons than that. */
    boolean hasMoreReasons(int most) {
        return tasks.stream().anyMatch(task -> task.reasons().size() > most);
    }

    /** With every reason: {@code blocked: groups-planned, source-quiet}. */
    public String words() {
        return words(ALL_REASONS);
    }

    /** With so many reasons for each task, and the number of others: {@code blocked: groups-planned and 2 more}. */
    String words(int mostReasons) {
        return tasks.stream().map(task -> task.words(mostReasons)).collect(joining(", "));
    }
}
