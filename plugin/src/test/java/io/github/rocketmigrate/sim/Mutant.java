package io.github.rocketmigrate.sim;

import java.util.List;
import java.util.Optional;

/**
 * A version of the product without one of its safeguards.
 *
 * <p>Some safeguards have no mutant of their own. {@code consumers-switched} and {@code GroupReadiness} both hold back a
 * topic whose group is not complete at the destination, so {@code members-not-watched} removes them together. A fence that
 * is not put back is finished by the same run, so {@code fence-not-put-back} removes both. {@code fence-ready} keeps fences
 * short, and no invariant measures time. Growth of a closed topic matters if a producer keeps an old route for longer than
 * the time for which the topic has to be quiet, which no seed does.
 *
 * @param name for {@code -Dsim.mutant}
 * @param patches the methods that do something else, all of them at once
 */
record Mutant(String name, List<Patch> patches) {
    private static final String CHECKS = "check.";

    /**
     * A method that does something else.
     *
     * @param type without the base package
     * @param body the class in {@link MutantBodies} whose method replaces it
     */
    record Patch(String type, String method, String body) {
        String name() {
            return type + "." + method;
        }
    }

    private static Mutant of(String name, String type, String method, String body) {
        return new Mutant(name, List.of(new Patch(type, method, body)));
    }

    private static Mutant withoutCheck(String name, String type) {
        return of("without-" + name, CHECKS + type, "judge", "Passed");
    }

    /** All mutants, each of which some seed has to find. */
    static List<Mutant> all() {
        return List.of(
                withoutCheck("source-quiet", "SourceQuiet"),
                withoutCheck("source-drained", "SourceDrained"),
                withoutCheck("destination-clean", "DestinationClean"),
                withoutCheck("queues-assigned", "QueuesAssigned"),
                withoutCheck("producers-switched", "ProducersSwitched"),
                withoutCheck("type-matches", "TypeMatches"),
                withoutCheck("groups-planned", "GroupsPlanned"),
                withoutCheck("nothing-stranded", "NothingStranded"),
                withoutCheck("brokers-present", "BrokersPresent"),
                new Mutant(
                        "members-not-watched",
                        List.of(
                                new Patch(CHECKS + "ConsumersSwitched", "judge", "Passed"),
                                new Patch(CHECKS + "QueuesAssigned", "judge", "Passed"),
                                new Patch("decide.GroupReadiness", "waitsFor", "Empty"))),
                of("held-ignored", CHECKS + "Remaining", "held", "Nothing"),
                of("further-levels-ignored", "cluster.Broker", "delayLevels", "UsualLevels"),
                of("retries-ignored", CHECKS + "Remaining", "retries", "Nothing"),
                of("backlog-ignored", CHECKS + "Remaining", "left", "Nothing"),
                of("lease-not-moved", "write.Lease", "move", "Nothing"),
                of("step-back-unfenced", "model.Ladder", "fromWriteDestination", "UnfencedBack"),
                of("no-lease", "write.LeaseRequest", "awaitFree", "Nothing"),
                of("lease-taken-at-once", "write.LeaseRequest", "areDead", "Yes"),
                of("lease-not-confirmed", "write.Lease", "readAgain", "Nothing"),
                of("offsets-not-seeded", "apply.Seeder", "seed", "EmptyList"),
                of("seeded-at-the-first", "change.SeedPlanner", "beginning", "First"),
                of("way-back-not-seeded", "change.SeedPlanner", "hasGroup", "No"),
                of("no-fence", "model.Ladder", "fromReadBoth", "Unfenced"),
                new Mutant(
                        "fence-without-cover",
                        List.of(
                                new Patch("apply.Fence", "closeForReading", "Nothing"),
                                new Patch("apply.Fence", "awaitClosingShown", "Nothing"))),
                of("fence-without-routes", "apply.Fence", "turn", "No"),
                of("fence-without-hold", "apply.RouteHold", "put", "Nothing"),
                of("fence-held-once", "apply.RouteHold", "setAgain", "Nothing"),
                of("fence-without-pause", "observe.FencePolicy", "pauses", "No"),
                of("step-without-note", "apply.StepNotes", "begin", "Nothing"),
                new Mutant(
                        "fence-not-put-back",
                        List.of(
                                new Patch("apply.Fence", "putBack", "Nothing"),
                                new Patch("apply.ApplyLoop", "isHalfClosed", "No"))),
                of("step-not-taken-back", "apply.Mover", "takeBack", "Nothing"),
                of("hold-not-kept", "record.HoldNote", "all", "EmptyMap"),
                of("route-poll-too-short", "observe.FencePolicy", "quiet", "OneSecond"),
                of("close-before-open", "model.Rung$Writes", "writes", "Reversed"));
    }

    static Optional<Mutant> named(String name) {
        return all().stream().filter(mutant -> mutant.name().equals(name)).findFirst();
    }
}
