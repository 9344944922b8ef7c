package io.github.rocketmigrate.decide;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.change.Subject;
import io.github.rocketmigrate.check.Check;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Says which changes wait for checks that have not passed, and which for other changes. */
public final class Gate {
    private static final String BROKERS_PRESENT = "brokers-present";

    private final Set<String> heldTopics;
    private final Set<String> waitingTopics;
    private final Set<String> neverMoving;
    private final List<Judgement> barriers;
    private final boolean joinHeld;
    private final boolean metadataHeld;
    private final boolean isJoined;
    private final boolean canJoin;

    public Gate(List<Judgement> judgements, ChangeSet changes) {
        Map<String, Rung> moving = new HashMap<>();
        changes.changes().forEach(change -> {
            if (change instanceof Change.MoveTopic move) {
                moving.put(move.subject().name(), move.rung());
            }
        });
        Map<Boolean, Set<String>> failing = judgements.stream()
                .filter(judgement ->
                        judgement.topic().isPresent() && !judgement.verdict().letsPass())
                .collect(partitioningBy(
                        judgement -> Optional.ofNullable(
                                        moving.get(judgement.topic().get()))
                                .filter(judgement.check()::endsByItself)
                                .isPresent(),
                        mapping(judgement -> judgement.topic().get(), toUnmodifiableSet())));
        heldTopics = failing.get(false);
        waitingTopics = failing.get(true);
        neverMoving = changes.impossible().stream()
                .filter(one -> one.subject().kind() == Subject.Kind.TOPIC)
                .map(one -> one.subject().name())
                .filter(topic -> !moving.containsKey(topic))
                .collect(toUnmodifiableSet());
        barriers = judgements.stream()
                .filter(judgement ->
                        judgement.topic().isEmpty() && !judgement.verdict().letsPass())
                .toList();
        joinHeld = checks().anyMatch(check ->
                check.before().contains(Purpose.JOIN) || check.before().contains(Purpose.LEAVE_JOIN));
        metadataHeld = checks().anyMatch(check ->
                check.name().equals(BROKERS_PRESENT) || check.before().contains(Purpose.WRITE_OBJECTS));
        canJoin = changes.impossible().stream().noneMatch(one -> one.subject().kind() == Subject.Kind.BROKER);
        isJoined = canJoin
                && changes.changes().stream().noneMatch(change -> change.kind() == Change.ChangeKind.JOIN_BROKER);
    }

    private Stream<Check> checks() {
        return barriers.stream().map(Judgement::check);
    }

    /** The checks of both clusters as a whole that did not pass. */
    public List<Judgement> barriers() {
        return barriers;
    }

    /** Whether a change waits for a check of its own object, or for what cannot be done. */
    public boolean isHeld(Change change) {
        return switch (change.kind()) {
            case MOVE_TOPIC -> !canJoin || heldTopics.contains(change.subject().name());
            case CREATE_TOPIC, CREATE_GROUP ->
                !change.movers().isEmpty()
                        && (!canJoin || change.movers().stream().allMatch(this::isStaying));
            case JOIN_BROKER, LEAVE_BROKER -> joinHeld;
            case ALIGN_TOPIC, ALIGN_GROUP -> false;
        };
    }

    /** What comes with topics that leave comes when one of them may. */
    private boolean isStaying(String topic) {
        return heldTopics.contains(topic) || neverMoving.contains(topic);
    }

    /** Whether a topic waits only for what earlier steps have begun, and what ends by itself. */
    public boolean isAwaited(Change change) {
        return change.kind() == Change.ChangeKind.MOVE_TOPIC
                && waitingTopics.contains(change.subject().name())
                && !movesHeld(change)
                && isJoined
                && !isHeld(change);
    }

    /** What holds all of them holds none that must not wait, unless brokers are missing. */
    private boolean movesHeld(Change change) {
        if (change instanceof Change.MoveTopic move && !move.rung().mayWait()) {
            return checks().anyMatch(check -> check.name().equals(BROKERS_PRESENT));
        }
        return metadataHeld;
    }

    /** Whether a change can be made now. Nothing moves before all brokers have joined. */
    public boolean isOpenFor(Change change) {
        return !isHeld(change)
                && switch (change.kind()) {
                    case CREATE_TOPIC, CREATE_GROUP ->
                        !metadataHeld && (change.movers().isEmpty() || isJoined);
                    case ALIGN_TOPIC, ALIGN_GROUP -> !metadataHeld;
                    case MOVE_TOPIC ->
                        !movesHeld(change)
                                && isJoined
                                && !waitingTopics.contains(change.subject().name());
                    case JOIN_BROKER, LEAVE_BROKER -> true;
                };
    }
}
