package io.github.rocketmigrate.report;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.text.Sentences;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes a plan as a comment on a merge request: the summary first, the details folded, within the length limit of comments. */
public final class PlanMarkdown {
    public static final String NAME = "plan.md";

    /** GitHub accepts 65,536 characters. */
    private static final int MOST = 60_000;

    private PlanMarkdown() {}

    public static void write(Path folder, PlanReport report) throws IOException {
        WholeFile.write(folder.resolve(NAME), text(report));
    }

    /** Appends the plan to a page that the CI server shows, such as GitHub's step summary. */
    public static void append(Path page, PlanReport report) throws IOException {
        Files.writeString(
                page, text(report), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    static String text(PlanReport report) {
        Page page = new Page(report.changeSet());
        page.add("### Migration plan " + code(report.situation().plan().name().value()) + ": "
                + report.outcome().word() + "\n\n");
        page.add("**" + report.summary() + "**\n\n");
        page.add(escaped(report.route()) + "\n");
        if (report.changes().partial()) {
            page.add("\nOnly part of the plan: " + code(report.selection()) + "\n");
        }
        List<PlanSection> sections = report.sections();
        blocked(page, report, sections);
        waived(page, report);
        for (PlanSection section : sections) {
            fold(page, section);
        }
        report.warnings().forEach(warning -> page.add("\n- " + escaped(warning)));
        report.notPlanned().forEach(line -> page.add("\n- " + escaped(line)));
        page.add("\n\nNext: " + escaped(report.next()) + ".\n");
        return page.text();
    }

    private static void blocked(Page page, PlanReport report, List<PlanSection> sections) {
        boolean none = report.barriers().isEmpty()
                && sections.stream()
                        .flatMap(section -> section.entries().stream())
                        .noneMatch(PlanEntry::isBlocked);
        if (none) {
            return;
        }
        page.add("\n#### Blocked\n\n");
        for (Judgement judgement : report.barriers()) {
            page.add("- **" + judgement.check().name() + "** "
                    + judgement.verdict().word() + ": " + escaped(PlanSections.words(judgement.verdict())) + "\n");
        }
        for (PlanSection section : sections) {
            for (PlanEntry entry : section.entries()) {
                if (entry.isBlocked()) {
                    page.add("- " + entry.what() + " " + code(entry.name()) + " (line " + entry.line() + "): "
                            + escaped(String.join("; ", reasons(entry))) + "\n");
                }
            }
        }
    }

    /** Lists the waived checks, so that reviewers see them. */
    private static void waived(Page page, PlanReport report) {
        List<Judgement> waived = report.judgements().stream()
                .filter(judgement -> judgement.verdict() instanceof Verdict.Waived)
                .toList();
        if (!waived.isEmpty()) {
            page.add("\n#### Waived\n\n");
        }
        for (Judgement judgement : waived) {
            page.add("- **" + judgement.check().name() + "**"
                    + judgement.topic().map(topic -> " " + code(topic)).orElse("") + ": "
                    + escaped(judgement.verdict().what()) + "\n");
        }
    }

    private static List<String> reasons(PlanEntry entry) {
        if (!entry.isImpossible() && !entry.reasons().isEmpty()) {
            return entry.reasons();
        }
        return List.of(Sentences.of(entry.detail(), String.join(" ", entry.reasons())));
    }

    private static void fold(Page page, PlanSection section) {
        if (section.entries().isEmpty()) {
            page.add("\n" + escaped(section.title()) + ": " + section.unchanged() + " unchanged\n");
            return;
        }
        long blocked = section.blocked();
        page.add("\n<details><summary>" + escaped(section.title()) + ": "
                + (section.entries().size() - blocked) + " to change, " + blocked + " blocked, " + section.unchanged()
                + " unchanged</summary>\n\n");
        page.add("| | change | name | detail | line |\n|---|---|---|---|---|\n");
        for (PlanEntry entry : section.entries()) {
            if (page.isFull()) {
                page.skip();
                continue;
            }
            page.add("| " + code(entry.mark().sign()) + " | " + entry.what() + " | " + code(entry.name()) + " | "
                    + escaped(entry.detail()) + " | " + entry.line() + " |\n");
        }
        page.close("\n</details>\n");
    }

    private static String code(String text) {
        return "`" + Printable.of(text).replace("`", "'").replace("|", "\\|") + "`";
    }

    /** Escapes Markdown and HTML, and names that would notify a person. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        Printable.of(text).chars().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '@' -> escaped.append("@<!-- -->");
                case '\\', '`', '*', '_', '|', '[', ']', '#', '~' ->
                    escaped.append('\\').append((char) c);
                default -> escaped.append((char) c);
            }
        });
        return escaped.toString();
    }

    /** Collects lines up to the length limit of a comment, and closes every fold that it opens. */
    private static final class Page {
        private final StringBuilder text = new StringBuilder();
        private final String elsewhere;
        private int left;

        Page(String elsewhere) {
            this.elsewhere = elsewhere;
        }

        void add(String line) {
            if (left > 0 || text.length() + line.length() > MOST) {
                left++;
            } else {
                text.append(line);
            }
        }

        boolean isFull() {
            return left > 0;
        }

        void skip() {
            left++;
        }

        void close(String line) {
            boolean open = text.lastIndexOf("<details>") > text.lastIndexOf("</details>");
            if (open) {
                text.append(line);
            }
        }

        String text() {
            return left == 0
                    ? text.toString()
                    : text + "\n\n_Shortened by " + Counts.of(left, "line") + "; see `" + elsewhere + "`._\n";
        }
    }
}
