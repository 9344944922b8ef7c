package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The verdict of one check, about a topic or about both clusters.
 *
 * @param topic empty if it is about both clusters
 * @param findings the reasons that no waiver passes over; none if the check lets pass
 * @param notBefore before which time it cannot pass, where that is known
 */
public record Judgement(
        Check check, Optional<String> topic, Verdict verdict, List<Finding> findings, Optional<Instant> notBefore) {
    public Judgement {
        requireNonNull(check, "check is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(verdict, "verdict is null");
        findings = List.copyOf(findings);
        requireNonNull(notBefore, "notBefore is null");
    }

    /** A verdict that is its only finding. */
    public Judgement(Check check, Optional<String> topic, Verdict verdict) {
        this(
                check,
                topic,
                verdict,
                verdict.letsPass() ? List.of() : List.of(new Finding(Optional.empty(), verdict, false)),
                Optional.empty());
    }
}
