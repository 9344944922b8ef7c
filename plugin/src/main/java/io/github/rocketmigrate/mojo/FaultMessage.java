package io.github.rocketmigrate.mojo;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.Wrapped;
import java.util.stream.Stream;

/** The lines with which Maven ends a goal that has failed: the problems, then the next steps. */
final class FaultMessage {
    private FaultMessage() {}

    /** The same, with the page that helps with the failures of goals that read a plan, as faults at a line of the plan have it. */
    static String withHelp(Fault fault, int width) {
        return of(fault, width)
                + fault.all().stream()
                        .map(one -> "\n= help: " + one.help().orElse(HelpPages.ERROR))
                        .distinct()
                        .collect(joining());
    }

    /** The value of a parameter is corrected at once, so problem and fix are read in one breath. */
    private static boolean isOfParameter(Fault fault) {
        return fault.all().size() == 1
                && fault.getMessage().startsWith("migrate.")
                && !fault.nextStep().contains("mvn ");
    }

    /** A command in a next step has its own line, where no terminal breaks it. */
    static String of(Fault fault, int width) {
        if (isOfParameter(fault)) {
            return Printable.of(fault.getMessage() + " " + fault.nextStep());
        }
        Stream<String> problems = fault.all().stream().map(Fault::getMessage).map(Printable::of);
        Stream<String> nextSteps = fault.all().stream()
                .map(Fault::nextStep)
                .distinct()
                .flatMap(step -> Wrapped.lines(Printable.of(step), width).stream());
        return Stream.concat(problems, nextSteps).collect(joining("\n"));
    }
}
