package io.github.rocketmigrate.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A place in the course of a run: the answers that it has got so far, and the request that follows from them. */
final class EnginePosition {
    private final Optional<EnginePosition> before;
    private final Object answer;
    private final EnginePosition first;
    private final String after;
    private final int number;
    private final Map<Object, EnginePosition> next = new HashMap<>(2);
    private Optional<EngineRequest> request = Optional.empty();

    /** Creates the beginning of a run. */
    EnginePosition(int number) {
        this.before = Optional.empty();
        this.answer = "";
        this.first = this;
        this.after = "";
        this.number = number;
    }

    private EnginePosition(EnginePosition before, Object answer, int number) {
        this.before = Optional.of(before);
        this.answer = answer;
        this.first = before.first;
        this.after = before.request().isForClients() ? before.request().toString() : before.after;
        this.number = number;
    }

    /** Tells it from all other positions. */
    int number() {
        return number;
    }

    /** The last write before it that clients may notice; empty if there is none. */
    String after() {
        return after;
    }

    /** The beginning of the run. */
    EnginePosition first() {
        return first;
    }

    boolean isKnown() {
        return request.isPresent();
    }

    EngineRequest request() {
        return request.orElseThrow();
    }

    /** The engine has come here, and asks for this. */
    void found(EngineRequest asked) {
        if (isKnown() && !asked.toString().equals(request().toString())) {
            throw new IllegalStateException("A run at the same place once " + request() + ", and now " + asked);
        }
        if (!isKnown()) {
            request = Optional.of(asked);
        }
    }

    /** The position after an answer; {@code fresh} is its number if no run was there before. */
    EnginePosition next(Object given, int fresh) {
        return next.computeIfAbsent(given, key -> new EnginePosition(this, key, fresh));
    }

    /** An answer that was given here, with the position after it. */
    Optional<Map.Entry<Object, EnginePosition>> anyNext() {
        return next.entrySet().stream().findFirst();
    }

    /** The answer that leads here leads to the other position from now on. */
    void replaceBy(EnginePosition other) {
        before.orElseThrow().next.put(answer, other);
    }

    /** The answers that lead here. */
    List<Object> answers() {
        List<Object> answers = new ArrayList<>();
        for (EnginePosition at = this; at.before.isPresent(); at = at.before.get()) {
            answers.add(at.answer);
        }
        Collections.reverse(answers);
        return answers;
    }

    /** The requests that were answered on the way here. */
    List<EngineRequest> requests() {
        List<EngineRequest> requests = new ArrayList<>();
        for (EnginePosition at = this; at.before.isPresent(); at = at.before.get()) {
            requests.add(at.before.get().request());
        }
        Collections.reverse(requests);
        return requests;
    }
}
