package io.github.rocketmigrate.report;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.text.Printable;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The text of a failed test case: the problem, its place in the plan, the fix, and the page with more about it. CI servers
 * such as GitLab show only this text, and not the message of a failure.
 */
final class FailureText {
    private final Set<String> lines = new LinkedHashSet<>();

    FailureText(String what) {
        add("", what);
    }

    /** The findings of a check, each with its fix. */
    static FailureText of(Judgement judgement, String file, Optional<Position> at) {
        FailureText text = new FailureText(
                judgement.findings().isEmpty() ? judgement.verdict().what() : "");
        judgement
                .findings()
                .forEach(finding -> text.add("", finding.verdict().what())
                        .fix(finding.verdict().fix()));
        return text.at(file, at).help(judgement.check().help());
    }

    /** @param at empty if the problem concerns no line of the plan, such as a setting of a whole cluster */
    FailureText at(String file, Optional<Position> at) {
        at.ifPresent(position -> add("", file + ":" + position));
        return this;
    }

    FailureText fix(String fix) {
        return add("fix: ", fix);
    }

    FailureText help(String page) {
        return add("help: ", page);
    }

    /** Lines that somebody can paste into the plan; together, because several pastes may share lines. */
    FailureText paste(ToDo.ToPaste toPaste) {
        if (!toPaste.lines().isEmpty()) {
            lines.add(Stream.concat(Stream.of(toPaste.where()), toPaste.lines().stream())
                    .map(Printable::of)
                    .collect(joining("\n")));
        }
        return this;
    }

    private FailureText add(String before, String text) {
        if (!text.isEmpty()) {
            lines.add(before + Printable.of(text));
        }
        return this;
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
