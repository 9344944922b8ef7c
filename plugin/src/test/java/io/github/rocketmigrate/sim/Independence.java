package io.github.rocketmigrate.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Knows which steps and requests may be exchanged without a difference: neither changes what the other reads or writes. A
 * step that nothing depends on may as well come later. So it is enough to explore each step right before a request, or
 * another step, that depends on it: every other order of the same steps and requests leads to the same states, and no
 * order is lost. (A step that comes later gives those after it more time, never less.)
 *
 * <p>In doubt, two things depend on each other.
 */
final class Independence {
    private static final Set<Step.Kind> SHARING = Set.of(Step.Kind.POLL, Step.Kind.REBALANCE);

    private final SmallWorld world;

    Independence(SmallWorld world) {
        this.world = world;
    }

    /**
     * The steps on which nothing depends yet, after one more step.
     *
     * @param idle those before
     */
    List<Step> idle(List<Step> idle, Step step, EngineRequest request) {
        List<Step> rest = new ArrayList<>(idle);
        rest.removeIf(before -> areDependent(before, step));
        if (!areDependent(step, request)) {
            rest.add(step);
        }
        return rest;
    }

    /** The names of steps, whatever their order. */
    static SortedSet<String> names(List<Step> steps) {
        SortedSet<String> names = new TreeSet<>();
        steps.forEach(step -> names.add(step.name()));
        return names;
    }

    /** Whether a request depends on some of these steps, or on one that they make possible. */
    boolean matter(List<Step> steps, EngineRequest request) {
        return steps.stream().flatMap(this::withFollowers).anyMatch(step -> areDependent(step, request));
    }

    /** A step, and those that may become possible by it. */
    private Stream<Step> withFollowers(Step step) {
        Stream<Step> polls = world.clients().stream().map(client -> Step.imagined(Step.Kind.POLL, client.id()));
        Stream<Step> others = world.clients().stream()
                .filter(SimConsumer.class::isInstance)
                .flatMap(client ->
                        Stream.of(Step.Kind.REBALANCE, Step.Kind.COMMIT).map(kind -> Step.imagined(kind, client.id())));
        return switch (step.kind()) {
            case REGISTER -> Stream.of(Stream.of(step), polls, others).flatMap(all -> all);
            case POLL, REBALANCE -> Stream.concat(Stream.of(step), others);
            case COMMIT -> Stream.of(step);
        };
    }

    private static boolean areDependent(Step one, Step other) {
        return one.who().equals(other.who()) || depends(one, other) || depends(other, one);
    }

    private static boolean depends(Step one, Step other) {
        return switch (one.kind()) {
            // The route.
            case REGISTER -> other.is(Step.Kind.POLL);
            // Messages in a queue, locks, members, and the offset at which a queue is taken.
            case POLL, REBALANCE -> !other.is(Step.Kind.REGISTER);
            // The order in which messages of a key are consumed.
            case COMMIT -> other.is(Step.Kind.COMMIT);
        };
    }

    private boolean areDependent(Step step, EngineRequest request) {
        return switch (request.kind()) {
            case ASK -> isRead(step, request);
            case TELL -> isWritten(step, request.what());
            // A pause must not begin before.
            case PAUSE -> world.isDue(step, request.micros());
            case END -> false;
        };
    }

    private boolean isRead(Step step, EngineRequest request) {
        String what = request.what();
        if (what.equals("offsets")) {
            return mayCommit(step);
        }
        if (what.startsWith("a report of ")) {
            return what.endsWith(" " + step.who()) || step.isOfProducer();
        }
        if (request.isOfQueues()) {
            return step.isOfProducer();
        }
        if (what.startsWith("the route of ")) {
            return step.is(Step.Kind.REGISTER);
        }
        return (what.startsWith("members of ") || what.startsWith("groups of "))
                && SHARING.contains(step.kind())
                && step.isOfConsumer()
                && world.isMissing(step.who(), request.address());
    }

    private static boolean isWritten(Step step, String what) {
        if (what.startsWith("offset ")) {
            return mayCommit(step);
        }
        if (what.startsWith("route of ")) {
            return step.is(Step.Kind.POLL) || step.is(Step.Kind.REGISTER);
        }
        // The access of a topic concerns all.
        return what.startsWith("topic ");
    }

    /** Consumers commit also when they pull, as they do when a message arrives. */
    private static boolean mayCommit(Step step) {
        return !step.is(Step.Kind.REGISTER);
    }
}
