package io.github.rocketmigrate.decide;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.Remove;
import io.github.rocketmigrate.change.ChangeSet;
import io.github.rocketmigrate.observe.ObjectsToRemove;
import io.github.rocketmigrate.observe.ObjectsToRemove.ObjectToRemove;
import io.github.rocketmigrate.text.Counts;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether objects can be removed before the join: only those of this plan, unchanged, empty and unused, and only
 * if the user allows it.
 */
final class Removals {
    /** The parameter by which the user allows it. */
    private static final String FLAG = "-Dmigrate.removeEmpty=true";

    private final ObjectsToRemove objects;
    private final List<Remove> planned;
    private final boolean isAllowed;
    private final Optional<Remove> firstHeld;

    Removals(ObjectsToRemove objects, ChangeSet changes, boolean isAllowed) {
        this.objects = requireNonNull(objects, "objects is null");
        this.planned = changes.changes().stream()
                .filter(Remove.class::isInstance)
                .map(Remove.class::cast)
                .toList();
        this.isAllowed = isAllowed;
        this.firstHeld = planned.stream()
                .filter(removal -> againstObject(removal).isPresent())
                .findFirst();
    }

    /** Why an object cannot be removed; nothing if it can. Nothing is removed for a join that another object prevents. */
    Optional<Reason> against(Remove removal) {
        return againstObject(removal)
                .or(() -> firstHeld.map(other -> new Reason.OfRemoval(
                        other.subject().name() + " cannot be removed",
                        "it is removed only if all objects of this plan can be, but "
                                + other.subject().kind().word() + " "
                                + other.subject().name() + " cannot",
                        "",
                        false)));
    }

    private Optional<Reason> againstObject(Remove removal) {
        String name = removal.subject().name();
        ObjectToRemove object = removal.isOfTopic()
                ? objects.topics().get(name)
                : objects.groups().get(name);
        if (object.isChanged()) {
            return Optional.of(new Reason.OfRemoval(
                    "changed at destination",
                    "this plan created it, but its settings at the destination were changed since",
                    "Find out who changed them. Then restore them, or delete the "
                            + removal.subject().kind().word() + " at the destination with " + byHand(removal) + ".",
                    false));
        }
        if (!object.uses().isEmpty()) {
            return Optional.of(new Reason.OfRemoval(
                    "in use at destination",
                    "it must be removed before the join, but is in use at the destination: it "
                            + String.join("; it ", object.uses()),
                    "Set routing: client, which keeps it. Or empty it: stop its clients at the destination, then wait"
                            + " until its messages expire, or delete it with " + byHand(removal) + ".",
                    false));
        }
        return isAllowed
                ? Optional.empty()
                : Optional.of(new Reason.OfRemoval(
                        "needs " + FLAG,
                        "this plan created it before the join; it is empty and unused, and must be removed before the"
                                + " join",
                        "Apply with " + FLAG + ", which removes it.",
                        true));
    }

    private static String byHand(Remove removal) {
        return removal.isOfTopic() ? "mqadmin deleteTopic" : "mqadmin deleteSubGroup -r true";
    }

    /** The removal that comes right before the join. */
    Optional<Change> last() {
        return planned.isEmpty() ? Optional.empty() : Optional.of(planned.get(planned.size() - 1));
    }

    /** Why the join cannot follow at once; nothing if it can. A saved change set may lack removals. */
    Optional<Reason> againstJoin() {
        boolean canRemoveAll = planned.size() == objects.size() && firstHeld.isEmpty();
        return canRemoveAll
                ? Optional.empty()
                : Optional.of(new Reason.OfPlan(
                        Reason.WAITS_FOR_REMOVALS, "the removal of " + words() + " of this plan from the destination"));
    }

    private String words() {
        String topics = Counts.of(objects.topics().size(), "topic");
        String groups = Counts.of(objects.groups().size(), "group");
        if (objects.groups().isEmpty()) {
            return topics;
        }
        return objects.topics().isEmpty() ? groups : topics + " and " + groups;
    }
}
