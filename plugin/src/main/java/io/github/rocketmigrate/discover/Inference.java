package io.github.rocketmigrate.discover;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a running cluster shows of a value that the plan needs.
 *
 * @param value empty if the user has to decide
 * @param evidence what was seen, for the comment behind the value
 */
public record Inference<T>(Optional<T> value, Confidence confidence, String evidence) {
    public Inference {
        requireNonNull(value, "value is null");
        requireNonNull(confidence, "confidence is null");
        requireNonNull(evidence, "evidence is null");
    }

    static <T> Inference<T> certain(T value, String evidence) {
        return new Inference<>(Optional.of(value), Confidence.CERTAIN, evidence);
    }

    static <T> Inference<T> likely(T value, String evidence) {
        return new Inference<>(Optional.of(value), Confidence.LIKELY, evidence);
    }

    static <T> Inference<T> asked(String evidence) {
        return new Inference<>(Optional.empty(), Confidence.ASKED, evidence);
    }

    /** Whether the value is this one. */
    boolean is(T wanted) {
        return value.filter(wanted::equals).isPresent();
    }
}
