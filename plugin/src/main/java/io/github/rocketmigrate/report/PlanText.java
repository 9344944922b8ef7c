package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.text.Wrapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints a plan: its changes batch by batch, what blocks them, and the next step. */
public final class PlanText {
    private static final int WIDEST_NAME = 32;
    /** In a plan with more entries, each batch shows only its first entries of a kind. */
    private static final int MOST_SHOWN = 120;

    private static final int SHOWN_OF_MANY = 5;
    private static final int BLOCKED_SHOWN_OF_MANY = 20;
    private static final int MOST_NAMES = 200;
    private static final int WIDEST_VERDICT = 7;
    private static final int NARROWEST_FINDING = 30;

    private final Terminal terminal;
    private final boolean listing;
    private String perBroker = "";
    private List<String> lastReasons = List.of();

    /** With {@code listing}, also lists the topics and groups that are not in the plan. */
    public PlanText(Terminal terminal, boolean listing) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.listing = listing;
    }

    public void print(PlanReport report) {
        work(report);
        terminal.line("");
        terminal.line(terminal.strong(report.summary()));
        terminal.line("Next: " + report.next() + ".");
    }

    /** Prints the changes without the summary, which a run of {@code apply} prints at its end. */
    public void work(PlanReport report) {
        title(terminal, report);
        perBroker = report.hasSeveralBrokers() ? "; queues per broker" : "";
        List<PlanSection> sections = report.sections();
        int all =
                sections.stream().mapToInt(section -> section.entries().size()).sum();
        for (PlanSection section : sections) {
            print(section, all > MOST_SHOWN, report.changeSet());
        }
        checks(report);
        warnings(report);
        notPlanned(report);
    }

    /** Prints the plan's name and both clusters, in one line if they fit. */
    static void title(Terminal terminal, PlanReport report) {
        String name = report.situation().plan().name().value();
        if (name.length() + 2 + report.route().length() <= Wrapped.WIDTH) {
            terminal.line(terminal.strong(name) + ": " + report.route());
        } else {
            terminal.line(terminal.strong(name));
            terminal.line("  " + report.route());
        }
        if (report.changes().partial()) {
            terminal.line("Only part of the plan: " + report.selection());
        }
    }

    private void print(PlanSection section, boolean many, String changeSet) {
        terminal.line("");
        terminal.line(terminal.strong(section.title()) + "  in " + section.cluster()
                + (section.hasTopics() ? perBroker : ""));
        Map<PlanEntry.Mark, Integer> shown = new EnumMap<>(PlanEntry.Mark.class);
        Map<PlanEntry.Mark, Integer> hidden = new EnumMap<>(PlanEntry.Mark.class);
        List<PlanEntry> entries = new ArrayList<>();
        List<PlanEntry> inOrder = new ArrayList<>(section.entries());
        if (many) {
            inOrder.sort(Comparator.comparing(entry -> !entry.isBlocked()));
        }
        for (PlanEntry entry : inOrder) {
            int most = entry.isBlocked() ? BLOCKED_SHOWN_OF_MANY : SHOWN_OF_MANY;
            if (many && shown.getOrDefault(entry.mark(), 0) >= most) {
                hidden.merge(entry.mark(), 1, Integer::sum);
            } else {
                shown.merge(entry.mark(), 1, Integer::sum);
                entries.add(entry);
            }
        }
        print(entries);
        hidden.forEach((mark, count) -> terminal.line(
                "  " + styled(mark, mark.sign()) + " and " + count + " more " + words(mark) + "; see " + changeSet));
        if (section.unchanged() > 0) {
            terminal.line("  = " + section.unchanged() + " unchanged");
        }
    }

    private static String words(PlanEntry.Mark mark) {
        return switch (mark) {
            case CREATE -> "to create";
            case UPDATE -> "to update";
            case BLOCKED -> "blocked";
        };
    }

    private void print(Collection<PlanEntry> entries) {
        int what =
                entries.stream().mapToInt(entry -> entry.what().length()).max().orElse(0);
        int name = Math.min(
                WIDEST_NAME,
                entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0));
        for (PlanEntry entry : entries) {
            String place = "  line " + entry.line();
            String head = "  " + entry.mark().sign() + " " + padded(entry.what(), what) + "  ";
            String first = head + padded(entry.name(), name);
            String start = "  " + styled(entry.mark(), entry.mark().sign() + " " + padded(entry.what(), what)) + "  "
                    + padded(entry.name(), name);
            boolean oneLine = entry.reasons().isEmpty()
                    && first.length() + 2 + entry.detail().length() + place.length() <= Wrapped.WIDTH;
            if (oneLine) {
                terminal.line(start + "  " + padded(entry.detail(), Wrapped.WIDTH - first.length() - 2 - place.length())
                        + place);
            } else {
                terminal.line(start.stripTrailing() + place);
                indented(entry.detail());
                reasons(entry);
            }
        }
    }

    /** Prints the reasons, or that they are the same as those of the entry before. */
    private void reasons(PlanEntry entry) {
        if (entry.reasons().isEmpty()) {
            return;
        }
        boolean again = entry.reasons().equals(lastReasons);
        lastReasons = entry.reasons();
        (again ? List.of(entry.isImpossible() ? "Fix it as above." : "for the same reasons") : entry.reasons())
                .forEach(this::indented);
    }

    private void indented(String text) {
        String indent = "      ";
        Wrapped.lines(text, Wrapped.WIDTH - indent.length()).forEach(line -> terminal.line(indent + line));
    }

    private void checks(PlanReport report) {
        Set<String> seen = new HashSet<>();
        List<Judgement> ofClusters = report.judgements().stream()
                .filter(judgement -> judgement.topic().isEmpty())
                .filter(judgement -> seen.add(judgement.check().name()))
                .toList();
        if (ofClusters.isEmpty()) {
            return;
        }
        terminal.line("");
        terminal.line(terminal.strong("checks"));
        int width = ofClusters.stream()
                .mapToInt(judgement -> judgement.check().name().length())
                .max()
                .orElse(0);
        ofClusters.forEach(judgement -> check(judgement, width));
    }

    private void check(Judgement judgement, int width) {
        Verdict verdict = judgement.verdict();
        boolean passes = verdict.letsPass();
        String mark = "  " + (passes ? "=" : "!") + " " + padded(verdict.word(), WIDEST_VERDICT);
        String name = "  " + padded(judgement.check().name(), width) + "  ";
        int indent = mark.length() + name.length();
        List<String> lines =
                Wrapped.lines(PlanSections.words(verdict), Math.max(NARROWEST_FINDING, Wrapped.WIDTH - indent));
        terminal.line((passes ? terminal.good(mark) : terminal.bad(mark)) + name + lines.get(0));
        lines.stream().skip(1).forEach(line -> terminal.line(" ".repeat(indent) + line));
    }

    private void warnings(PlanReport report) {
        if (!report.warnings().isEmpty()) {
            terminal.line("");
        }
        report.warnings().forEach(terminal::warning);
    }

    private void notPlanned(PlanReport report) {
        List<String> lines = report.notPlanned();
        if (lines.isEmpty()) {
            return;
        }
        terminal.line("");
        lines.forEach(line -> Wrapped.lines(
                        line + (listing ? ":" : ". List them with -Dmigrate.listUnmanaged=true."), Wrapped.WIDTH)
                .forEach(terminal::line));
        if (listing) {
            names("destination topic", report.changes().unmanaged().topics());
            names("destination group", report.changes().unmanaged().groups());
            names("source topic", report.changes().unplanned().topics());
            names("source group", report.changes().unplanned().groups());
        }
    }

    private void names(String kind, Collection<String> names) {
        names.stream().limit(MOST_NAMES).forEach(name -> terminal.line("    " + kind + "  " + name));
        if (names.size() > MOST_NAMES) {
            terminal.line("    and " + (names.size() - MOST_NAMES) + " more");
        }
    }

    private String styled(PlanEntry.Mark mark, String text) {
        return switch (mark) {
            case CREATE -> terminal.good(text);
            case UPDATE -> terminal.doubtful(text);
            case BLOCKED -> terminal.bad(text);
        };
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
