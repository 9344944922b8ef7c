package io.github.rocketmigrate.report;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.plan.Problem;
import io.github.rocketmigrate.plan.Severity;
import io.github.rocketmigrate.text.HelpPages;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes why there is no plan, as a comment on a merge request that replaces the comment with an older plan: the plan is
 * not valid, or a server does not answer.
 */
public final class FailedPlanMarkdown {
    private static final int MOST_SHOWN = 20;

    /** Leaves room for one more problem below the length limit of comments. */
    private static final int MOST_CHARACTERS = 50_000;

    private FailedPlanMarkdown() {}

    /**
     * Writes the comment.
     *
     * @param plan the name of the plan or, if it could not be read, its file
     */
    public static void write(Path folder, String plan, Result result, Provenance provenance) throws IOException {
        WholeFile.write(folder.resolve(PlanMarkdown.NAME), text(plan, result, provenance));
    }

    /** Appends the same to a page that the CI server shows, such as GitHub's step summary. */
    public static void append(Path page, String plan, Result result, Provenance provenance) throws IOException {
        StepSummary.append(page, text(plan, result, provenance));
    }

    static String text(String plan, Result result, Provenance provenance) {
        StringBuilder text = new StringBuilder("### Migration plan " + MarkdownText.code(plan) + ": "
                + result.outcome().word() + "\n\n" + PlanMarkdown.origin(result.file(), provenance) + "\n");
        List<String> items = items(result, provenance);
        int shown = 0;
        while (shown < items.size() && shown < MOST_SHOWN && text.length() < MOST_CHARACTERS) {
            text.append(items.get(shown));
            shown++;
        }
        if (shown < items.size()) {
            text.append("\nand ")
                    .append(items.size() - shown)
                    .append(" more; see `")
                    .append(ResultFile.NAME)
                    .append("`\n");
        }
        return text.toString();
    }

    private static List<String> items(Result result, Provenance provenance) {
        List<String> items = new ArrayList<>();
        problems(Severity.ERROR, result).forEach(error -> items.add("\n- [ ] " + item(error, result, provenance)));
        result.details()
                .fault()
                .ifPresent(fault -> fault.all().forEach(one -> items.add(item(one, result, provenance))));
        problems(Severity.WARNING, result)
                .forEach(warning -> items.add("\n- Warning: " + item(warning, result, provenance)));
        return items;
    }

    private static Stream<Problem> problems(Severity severity, Result result) {
        return result.details().problems().stream().filter(problem -> problem.severity() == severity);
    }

    private static String item(Problem problem, Result result, Provenance provenance) {
        return "**" + MarkdownText.escaped(problem.what()) + "**  \n  "
                + place(result.file(), problem.at(), provenance) + " · ["
                + problem.rule().code() + "]("
                + problem.rule().help() + ")\n";
    }

    private static String item(Fault fault, Result result, Provenance provenance) {
        Optional<String> place = fault.at().map(at -> place(result.file(), at, provenance));
        return "\n- [ ] **" + MarkdownText.escaped(fault.getMessage()) + "**  \n"
                + place.map(at -> "  " + at + "  \n").orElse("") + "  Fix: " + MarkdownText.escaped(fault.nextStep())
                + " · [help](" + fault.help().orElse(HelpPages.ERROR) + ")\n";
    }

    /** The position in the plan, as a link if the address of the file is known. */
    private static String place(String file, Position at, Provenance provenance) {
        String place = MarkdownText.code(file + ":" + at);
        return provenance
                .source()
                .map(url -> "[" + place + "](" + url + "#L" + at.line() + ")")
                .orElse(place);
    }
}
