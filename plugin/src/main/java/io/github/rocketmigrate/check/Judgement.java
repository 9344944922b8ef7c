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
 * @param outlook what is known of the end of its failure
 */
public record Judgement(Check check, Optional<String> topic, Verdict verdict, List<Finding> findings, Outlook outlook) {
    public Judgement {
        requireNonNull(check, "check is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(verdict, "verdict is null");
        findings = List.copyOf(findings);
        requireNonNull(outlook, "outlook is null");
    }

    /** A verdict that is its only finding. */
    public Judgement(Check check, Optional<String> topic, Verdict verdict) {
        this(
                check,
                topic,
                verdict,
                verdict.letsPass() ? List.of() : List.of(new Finding(Optional.empty(), verdict, false)),
                Outlook.UNKNOWN);
    }

    /** Before which time the check cannot pass, where that is known. */
    public Optional<Instant> notBefore() {
        return outlook.notBefore();
    }
}
