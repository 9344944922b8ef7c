package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A waiver that passes over nothing: it has expired, or its check passes without it. */
record IdleWaiver(String batch, Waiver waiver, State state) {
    IdleWaiver {
        requireNonNull(batch, "batch is null");
        requireNonNull(waiver, "waiver is null");
        requireNonNull(state, "state is null");
    }

    enum State {
        EXPIRED("expired"),
        UNUSED("unused");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /**
     * The idle waivers of the selected batches. A waiver whose check is not due yet may be needed later.
     *
     * @param judgements of all checks that are due
     */
    static List<IdleWaiver> in(Situation situation, List<Judgement> judgements) {
        LocalDate today = LocalDate.ofInstant(situation.readAt(), ZoneOffset.UTC);
        Set<Waiver> used = judgements.stream()
                .flatMap(judgement -> judgement.used().stream())
                .collect(Collectors.toSet());
        // By name: a batch as a key would be hashed with all its topics, once for each of them.
        Map<String, Batch> selected = new LinkedHashMap<>();
        Stream.concat(
                        situation.scope().topics().stream().map(PlannedTopic::batch),
                        situation.scope().groups().stream().map(group -> group.batch()))
                .forEach(batch -> selected.putIfAbsent(batch.name().value(), batch));
        List<IdleWaiver> idle = new ArrayList<>();
        for (Batch batch : selected.values()) {
            for (Waiver waiver : batch.waivers()) {
                if (waiver.expires().value().isBefore(today)) {
                    idle.add(new IdleWaiver(batch.name().value(), waiver, State.EXPIRED));
                } else if (!used.contains(waiver)
                        && judgements.stream().anyMatch(judgement -> isFor(waiver, batch, judgement))) {
                    idle.add(new IdleWaiver(batch.name().value(), waiver, State.UNUSED));
                }
            }
        }
        return idle;
    }

    private static boolean isFor(Waiver waiver, Batch batch, Judgement judgement) {
        return isOf(waiver, judgement.check())
                && judgement
                        .topic()
                        .map(topic -> batch.topics().stream()
                                        .anyMatch(it -> it.name().value().equals(topic))
                                && (waiver.topics().isEmpty()
                                        || waiver.topics().stream()
                                                .anyMatch(it -> it.value().equals(topic))))
                        .orElse(waiver.topics().isEmpty());
    }

    /** Whether it names the check, or a part of it. */
    private static boolean isOf(Waiver waiver, Check check) {
        String named = waiver.check().value();
        return named.equals(check.name()) || named.startsWith(check.part(""));
    }

    String check() {
        return waiver.check().value();
    }

    Position at() {
        return waiver.check().at();
    }

    /** {@code Line 14: the waiver of no-auto-create in batch web expired on …}. */
    String message() {
        String which = "Line " + at().line() + ": the waiver of " + check() + " in batch " + batch;
        return switch (state) {
            case EXPIRED ->
                which + " expired on " + waiver.expires().value() + " and has no effect. Remove it, or set a new date.";
            case UNUSED ->
                which + " is not used: the check passes without it. Remove it, unless a later step needs it.";
        };
    }
}
