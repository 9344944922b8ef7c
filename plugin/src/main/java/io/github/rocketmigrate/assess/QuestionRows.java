package io.github.rocketmigrate.assess;

import io.github.rocketmigrate.assess.RowRule.RowSource;
import io.github.rocketmigrate.assess.RowRule.RowText;
import io.github.rocketmigrate.plan.MigrationPlan.RowAnswer;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Questions that no cluster can answer. The plan has the answers of people. */
final class QuestionRows {
    private static final String SDKS = "documentation of managed RocketMQ 5.x, compatibility of SDKs: ";
    private static final String DIFFERENCES = "documentation of managed RocketMQ, differences of 4.x and 5.x: ";
    private static final String VERIFIED = "2026-11-30";
    private static final int MONTHS_OF_SUPPORT = 6;

    private QuestionRows() {}

    static RowRule http() {
        return ofManaged(
                "RMA-431",
                "HTTP clients",
                "brokers never see clients of the HTTP protocol",
                "Do applications use the HTTP protocol? They need another SDK: 5.x has none for it.",
                DIFFERENCES + "the HTTP protocol is not supported on 5.x");
    }

    static RowRule grpcOne() {
        return ofManaged(
                "RMA-432",
                "gRPC SDKs of version 1",
                "brokers never see them",
                "Do applications use a gRPC SDK of version 1? They work with 4.x only.",
                SDKS + "gRPC v1 with 4.x only");
    }

    static RowRule tcp() {
        return ofManaged(
                "RMA-433",
                "Commercial TCP SDKs",
                "they look like Remoting clients, or are not listed at all",
                "Do applications use the commercial TCP SDKs 1.x or 2.x? They need an open-source SDK.",
                SDKS + "commercial TCP SDKs");
    }

    static RowRule globalRouting() {
        return ofManaged(
                "RMA-434",
                "Global routing",
                "it is configured at a cloud, not in the brokers",
                "Does the source replicate messages by global routing? 5.x has a replicator instead.",
                DIFFERENCES + "global routing is replaced by a replicator");
    }

    static RowRule streams() {
        return ofManaged(
                "RMA-435",
                "Stream and optimized consumption",
                "brokers do not tell it from other consumption",
                "Do applications use stream consumption, or SDKs with optimized concurrency?",
                SDKS + "features of single SDKs");
    }

    static RowRule idempotent() {
        String why = "it is in the code of the consumers";
        return new RowRule(
                "RMA-701",
                "Idempotent consumers",
                new RowText(
                        "never by itself: " + why,
                        "Answer it in the plan.",
                        "Are all consumers idempotent? Messages are consumed twice while queues move."),
                RowSource.of(
                        "documentation of the dual-read procedure: duplicates when an acknowledgment is lost",
                        VERIFIED),
                unused -> {
                    throw new Measured.NotMeasured(why);
                });
    }

    /** A question about what only managed services have: nobody is asked on the way between clusters of Apache RocketMQ. */
    private static RowRule ofManaged(String id, String title, String why, String question, String source) {
        return new RowRule(
                id,
                title,
                new RowText(
                        "never by itself; asked if the destination is managed: " + why,
                        "Answer it in the plan.",
                        question),
                RowSource.of(source, VERIFIED),
                seen -> {
                    if (seen.plan().profile().managed()) {
                        throw new Measured.NotMeasured(why);
                    }
                    return RowFinding.notFired("only managed services have it, and the destination is not managed");
                });
    }

    static RowRule managedRelease() {
        return new RowRule(
                "RMA-702",
                "Release of a managed destination",
                new RowText(
                        "the answer names a release that is older than " + MONTHS_OF_SUPPORT + " months, or none",
                        "Let the provider update the instance before the move; an update cannot be undone, and topics cannot be"
                                + " created during it.",
                        "Which release does the instance run, such as 5.1-rmq-20230329?"),
                RowSource.of(
                        "documentation of managed RocketMQ 5.x, version management: open-source line and release date",
                        VERIFIED),
                QuestionRows::managedRelease);
    }

    private static RowFinding managedRelease(Observation seen) {
        if (!seen.plan().profile().managed()) {
            return RowFinding.notFired("the destination is not managed");
        }
        RowAnswer answer = seen.answer("RMA-702")
                .orElseThrow(() -> new Measured.NotMeasured("a managed destination does not offer the admin protocol"));
        Optional<ManagedRelease> release = ManagedRelease.of(answer.answer().value());
        if (release.isEmpty()) {
            return RowFinding.risk(
                            "the answer '" + answer.answer().value() + "' is not a release such as 5.1-rmq-20230329")
                    .next("Write the release as the console of the instance shows it.");
        }
        LocalDate today = LocalDate.ofInstant(seen.readAt(), ZoneOffset.UTC);
        boolean isOld = release.get().isOlderThan(MONTHS_OF_SUPPORT, today);
        return (isOld
                        ? RowFinding.risk(release.get().words())
                        : RowFinding.notFired(release.get().words()))
                .limit("supported for " + MONTHS_OF_SUPPORT + " months");
    }
}
