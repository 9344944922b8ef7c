package io.github.rocketmigrate.model;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;

/** Ends a goal with an explanation for its user: the problem, the next step, and the position in the plan to fix. */
public final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String nextStep;
    private final transient Optional<Position> at;
    private final transient List<Fault> several;
    private final transient Optional<String> help;

    public Fault(String what, String nextStep) {
        this(what, nextStep, null);
    }

    public Fault(String what, String nextStep, Throwable cause) {
        this(what, nextStep, cause, Optional.empty(), List.of(), Optional.empty());
    }

    private Fault(
            String what,
            String nextStep,
            Throwable cause,
            Optional<Position> at,
            List<Fault> several,
            Optional<String> help) {
        super(requireNonNull(what, "what is null"), cause);
        this.nextStep = requireNonNull(nextStep, "nextStep is null");
        this.at = requireNonNull(at, "at is null");
        this.several = List.copyOf(several);
        this.help = requireNonNull(help, "help is null");
    }

    /** Returns one fault that reports all of them; they must be at least one. */
    public static Fault all(List<Fault> faults) {
        if (faults.size() == 1) {
            return faults.get(0);
        }
        List<Fault> single =
                faults.stream().flatMap(fault -> fault.all().stream()).toList();
        return new Fault(
                single.stream().map(Fault::getMessage).collect(joining("\n")),
                single.stream().map(Fault::nextStep).distinct().collect(joining("\n")),
                single.get(0),
                single.stream().flatMap(fault -> fault.at.stream()).findFirst(),
                single,
                single.stream().flatMap(fault -> fault.help.stream()).findFirst());
    }

    /** Returns the fault with its position in the plan, if it is known. */
    public Fault at(Optional<Position> position) {
        return new Fault(getMessage(), nextStep, getCause(), position, List.of(), help);
    }

    /** Returns the fault with the address of a page about it. */
    public Fault withHelp(String page) {
        return new Fault(getMessage(), nextStep, getCause(), at, several, Optional.of(page));
    }

    /** The page with cause, example and fix; empty for the one of all goals; of several faults the first that has one. */
    public Optional<String> help() {
        return help;
    }

    public String nextStep() {
        return nextStep;
    }

    /** The element of the plan to fix; of several faults the first that has one. */
    public Optional<Position> at() {
        return at;
    }

    /** The single faults that this one reports. */
    public List<Fault> all() {
        return several.isEmpty() ? List.of(this) : several;
    }
}
