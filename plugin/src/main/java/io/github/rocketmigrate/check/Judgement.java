package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The verdict of one check, about a topic or about both clusters.
 *
 * @param topic empty if it is about both clusters
 * @param findings the reasons that no waiver passes over; none if the check lets pass
 * @param outlook what is known of the end of its failure
 * @param passedOver the other reasons, with the waivers that pass over them
 */
public record Judgement(
        Check check,
        Optional<String> topic,
        Verdict verdict,
        List<Finding> findings,
        Outlook outlook,
        List<PassedOver> passedOver) {
    /** A reason that does not count, because the plan waives it. */
    public record PassedOver(Finding finding, Waiver waiver) {
        public PassedOver {
            requireNonNull(finding, "finding is null");
            requireNonNull(waiver, "waiver is null");
        }
    }

    public Judgement {
        requireNonNull(check, "check is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(verdict, "verdict is null");
        findings = List.copyOf(findings);
        requireNonNull(outlook, "outlook is null");
        passedOver = List.copyOf(passedOver);
    }

    /** A verdict that is its only finding. */
    public Judgement(Check check, Optional<String> topic, Verdict verdict) {
        this(
                check,
                topic,
                verdict,
                verdict.letsPass() ? List.of() : List.of(new Finding(Optional.empty(), verdict, false)),
                Outlook.UNKNOWN,
                List.of());
    }

    /** The same with another verdict, that lets pass. */
    public Judgement overruled(Verdict by) {
        return new Judgement(check, topic, by, List.of(), Outlook.UNKNOWN, passedOver);
    }

    /** The waivers that pass over a finding. */
    public Set<Waiver> used() {
        return passedOver.stream().map(PassedOver::waiver).collect(toUnmodifiableSet());
    }

    /** Before which time the check cannot pass, where that is known. */
    public Optional<Instant> notBefore() {
        return outlook.notBefore();
    }
}
