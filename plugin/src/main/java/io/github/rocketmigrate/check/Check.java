package io.github.rocketmigrate.check;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.HelpPages;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A condition that has to hold before something is written. A check judges what was read; it never reads, waits or
 * writes.
 *
 * <p>Implement {@link ClusterCheck} for a condition of both clusters, {@link TrafficCheck} for one of a topic's traffic,
 * and add the class to {@link CheckRegistry}.
 */
public interface Check {
    /** The name in plans, messages and reports. */
    String name();

    /** The page that explains it. */
    default String help() {
        return HelpPages.check(name());
    }

    /** Whether a waiver of the plan can pass over it. */
    boolean isWaivable();

    /** The parts that a waiver can also name one by one, as in {@code features-fit:delay}. */
    default List<String> items() {
        return List.of();
    }

    /** The name of a part in waivers. */
    default String part(String item) {
        return name() + ":" + item;
    }

    /** The names by which a waiver can name it or a part of it. */
    default List<String> waiverNames() {
        return Stream.concat(Stream.of(name()), items().stream().map(this::part))
                .toList();
    }

    /** The waiver names that can be limited to groups: their reasons are about one group each. */
    default List<String> waiverNamesOfGroups() {
        return List.of();
    }

    /** Whether a waiver can be limited to topics: the check judges the steps of topics, and not both clusters only. */
    default boolean judgesTopics() {
        return before().stream().anyMatch(Purpose::isOfTopic);
    }

    /** What could happen if a waiver passed over it; for checks that cannot be waived. */
    default String protects() {
        return "prevents the loss of messages";
    }

    /** What a list of things to do says of an object that it holds. "Brake failed" would read as if the brake did not work. */
    default String whenFailed() {
        return name() + " failed";
    }

    /** Completes "it passes when …" in the documentation, in Markdown. */
    String passesWhen();

    /** Whether it finds the same before a step of any topic, because it judges both clusters as a whole. */
    default boolean isOfClusters() {
        return false;
    }

    /** Whether its verdict on a step of a topic counts before that step, whatever it says of both clusters. */
    default boolean knowsStep() {
        return false;
    }

    /**
     * Whether it also holds a step that a run has begun. A wish of people holds only new steps: a topic in a fence would
     * keep its messages from its consumers.
     */
    default boolean holdsBegunSteps() {
        return true;
    }

    /** The purposes before which it has to pass. */
    Set<Purpose> before();

    /** Whether there is nothing to judge, such as a brake that nobody has put on, so that reports leave it out. */
    default boolean isMoot(Situation situation) {
        return false;
    }

    /** Whether it has to pass in this situation whatever is planned. */
    default boolean isDueAnyway(Situation situation) {
        return false;
    }

    /** Whether a failure that is due anyway is reported only, and holds nothing but what it has to pass before. */
    default boolean isAlarm() {
        return false;
    }

    /** Whether an earlier step of ours makes it fail, and it passes after a while without anybody's help. */
    default boolean endsByItself(Rung next) {
        return false;
    }

    /** Whether another reading of the same run can turn this verdict into another one. */
    default boolean needsAnotherLook(Verdict verdict) {
        return false;
    }

    /** Whether its first reading in a run is unknown until a second one shows what has changed in between. */
    default boolean comparesReadings() {
        return false;
    }

    /** What is known of the end of its failure for a topic. */
    default Outlook outlook(TopicStep step) {
        return Outlook.UNKNOWN;
    }

    /** What makes it pass without anybody's help, after a step of ours or with another reading. */
    default String whyAwaited(FencePolicy policy) {
        return "it passes by itself after an earlier step";
    }

    /** How long that usually takes at most, where it takes longer than the polls of all clients. */
    default Duration usuallyPassesWithin(FencePolicy policy) {
        return Duration.ZERO;
    }

    /**
     * Completes "waits for …" in the reverse fence, where the name of the check speaks of the source; empty where the name says it.
     */
    default Optional<String> awaitedBack() {
        return Optional.empty();
    }

    /** Whether {@code -Dmigrate.allowReordering} overrules it. */
    default boolean canBeOverruled() {
        return false;
    }

    /**
     * Judges both clusters, or a topic before its next step.
     *
     * @param step nothing where both clusters are judged as a whole
     */
    Findings judge(Situation situation, Optional<TopicStep> step);
}
