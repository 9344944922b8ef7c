package io.github.rocketmigrate.assess;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.assess.Measured.NotMeasured;
import io.github.rocketmigrate.assess.RowState.Answered;
import io.github.rocketmigrate.assess.RowState.Fired;
import io.github.rocketmigrate.assess.RowState.NotFired;
import io.github.rocketmigrate.assess.RowState.NotMeasurable;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A question of the examination and how it is answered.
 *
 * @param id stays the same in all versions and is never used again
 * @param title what is looked at
 * @param text about it for people
 * @param source from where it is known
 */
public record RowRule(String id, String title, RowText text, RowSource source, Judge judge) {
    public RowRule {
        requireNonNull(id, "id is null");
        requireNonNull(title, "title is null");
        requireNonNull(text, "text is null");
        requireNonNull(source, "source is null");
        requireNonNull(judge, "judge is null");
    }

    /** Judges what was read. It reads nothing. */
    @FunctionalInterface
    interface Judge {
        RowFinding of(Observation seen);
    }

    /**
     * The text of a rule.
     *
     * @param fires completes "it fires when …"
     * @param next what to do then
     * @param question that a person can answer where it cannot be measured
     */
    public record RowText(String fires, String next, String question) {
        public RowText {
            requireNonNull(fires, "fires is null");
            requireNonNull(next, "next is null");
            requireNonNull(question, "question is null");
        }
    }

    /**
     * From where a rule is known.
     *
     * @param what a documentation, or a release of RocketMQ with its class
     * @param verified when somebody last compared the rule with it
     */
    public record RowSource(String what, LocalDate verified) {
        public RowSource {
            requireNonNull(what, "what is null");
            requireNonNull(verified, "verified is null");
        }

        static RowSource of(String what, String verified) {
            return new RowSource(what, LocalDate.parse(verified));
        }
    }

    /** The row for what was read. The answer of a person counts only where nothing was measured. */
    public AssessedRow row(Observation seen) {
        try {
            return row(judge.of(seen));
        } catch (NotMeasured unread) {
            Optional<Answered> answered = seen.answer(id)
                    .map(answer -> new Answered(
                            answer.answer().value(),
                            answer.owner().value(),
                            answer.date().value()));
            return new AssessedRow(
                    id,
                    RowGroup.of(id),
                    title,
                    answered.<RowState>map(state -> state)
                            .orElseGet(() ->
                                    new NotMeasurable(unread.getMessage(), text.question(), unread.isUnobserved())),
                    Optional.empty(),
                    Optional.empty(),
                    source.what(),
                    source.verified(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    answered.isPresent() ? Optional.empty() : Optional.of(text.question()));
        }
    }

    private AssessedRow row(RowFinding found) {
        return new AssessedRow(
                id,
                RowGroup.of(id),
                title,
                found.severity().<RowState>map(Fired::new).orElseGet(NotFired::new),
                Optional.of(found.value()),
                found.limit(),
                source.what(),
                source.verified(),
                found.effort(),
                found.objects(),
                found.commands(),
                found.severity().map(fired -> found.next().orElse(text.next())));
    }
}
