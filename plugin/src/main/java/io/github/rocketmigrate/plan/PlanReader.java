package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Reads a plan and finds everything in it that is wrong, all at once, without a cluster. */
public final class PlanReader {
    /** The values that people write as they come to mind; a date or a number among them harms nobody. */
    private static final List<String> FREE_TEXTS = List.of("/reason", "/owner", "/expires", "/window");

    private static final int LONGEST_LINE = 500_000;

    /** To make it, and the usual profile, takes as long as to parse a plan: that goes on meanwhile. */
    private final CompletableFuture<PlanSchema> schema = CompletableFuture.supplyAsync(
            () -> {
                boolean unused = Profiles.named(Profiles.DEFAULT).isPresent();
                return new PlanSchema();
            },
            PlanReader::start);

    private final PlaceholderValues values;
    private final LocalDate today;
    private final KnownChecks checks;
    private final boolean connecting;

    private PlanReader(PlaceholderValues values, LocalDate today, KnownChecks checks, boolean connecting) {
        this.values = requireNonNull(values, "values is null");
        this.today = requireNonNull(today, "today is null");
        this.checks = requireNonNull(checks, "checks is null");
        this.connecting = connecting;
    }

    /** A reader for goals that look at the plan alone. */
    public static PlanReader offline(PlaceholderValues values, LocalDate today, KnownChecks checks) {
        return new PlanReader(values, today, checks, false);
    }

    /** A reader for goals that connect: they need every address, and a destination that speaks RocketMQ's protocol. */
    public static PlanReader connecting(PlaceholderValues values, LocalDate today, KnownChecks checks) {
        return new PlanReader(values, today, checks, true);
    }

    /** On a thread that sees the same resources as this one, which those of a pool need not. */
    private static void start(Runnable work) {
        Thread thread = new Thread(work, "migrate-schema");
        thread.setDaemon(true);
        thread.start();
    }

    public PlanReading read(Path file) {
        try {
            return read(file, SourceText.read(file));
        } catch (SourceText.NoText e) {
            return new PlanReading(file, List.of(), Optional.empty(), List.of(e.problem()), PlanReading.Size.NOTHING);
        }
    }

    private PlanReading read(Path file, String text) {
        List<String> lines = SourceText.lines(text);
        Optional<Problem> tooLong = tooLong(lines);
        if (tooLong.isPresent()) {
            return new PlanReading(file, lines, Optional.empty(), List.of(tooLong.get()), PlanReading.Size.NOTHING);
        }
        YamlReader.YamlReading reading = YamlReader.read(text);
        List<Problem> problems = new ArrayList<>(reading.problems());
        if (reading.tree().isEmpty()) {
            return new PlanReading(file, lines, Optional.empty(), problems, PlanReading.Size.NOTHING);
        }
        YamlTree tree = reading.tree().get();
        List<Problem> placeholders = Placeholders.replace(tree, values);
        problems.addAll(placeholders);
        Set<Position> unset = placeholders.stream()
                .filter(problem -> problem.rule() == Rule.PLACEHOLDER_UNSET)
                .map(Problem::at)
                .collect(toSet());
        CompletableFuture<List<Problem>> checking = schema.thenApplyAsync(it -> it.check(tree), PlanReader::start);
        MigrationPlan plan = new PlanBinder(tree).plan();
        List<Problem> violations = Rules.check(plan, today, checks);
        List<Problem> misfits = checking.join();
        problems.addAll(misfits);
        // What does not fit in quotes either is told once.
        Set<Position> told = misfits.stream().map(Problem::at).collect(toSet());
        problems.addAll(lookalikes(tree, told));
        problems.addAll(routing(tree));
        problems.addAll(dates(tree));
        violations.stream()
                .filter(problem -> !followsFrom(misfits, tree, problem))
                .forEach(problems::add);
        problems.removeIf(problem -> isOfUnset(problem, unset));
        if (connecting) {
            problems.replaceAll(problem -> problem.rule() == Rule.PLACEHOLDER_UNSET ? problem.asError() : problem);
            managed(plan).ifPresent(problems::add);
        }
        boolean usable = problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
        return new PlanReading(
                file, lines, usable ? Optional.of(plan) : Optional.empty(), problems, PlanReading.Size.of(plan));
    }

    private static Optional<Problem> managed(MigrationPlan plan) {
        Located<String> profile = plan.traits().profile();
        return Profiles.named(profile.value())
                .filter(Profile::managed)
                .map(it -> new Problem(
                        Rule.MANAGED_DESTINATION,
                        profile.at(),
                        "profile '" + profile.value() + "' is a managed destination, which this goal cannot reach: it"
                                + " needs the admin protocol of brokers; validate works with it"));
    }

    /** Whether the rule would be kept, if what does not fit the schema did: then it is told of that alone. */
    private static boolean followsFrom(List<Problem> misfits, YamlTree tree, Problem problem) {
        JsonNode traffic = tree.at("/traffic");
        return switch (problem.rule()) {
            case WAIVER_UNKNOWN_NAME, NOTHING_PLANNED -> !misfits.isEmpty();
            case STAGE_WITHOUT_TRAFFIC -> !traffic.isMissingNode() && !traffic.isObject();
            default -> false;
        };
    }

    /** Whether this is about the form of a value that is not known yet. */
    private static boolean isOfUnset(Problem problem, Set<Position> unset) {
        return unset.contains(problem.at())
                && switch (problem.rule()) {
                    case WRONG_KIND, WRONG_FORM, UNKNOWN_VALUE, UNKNOWN_ZONE -> true;
                    default -> false;
                };
    }

    /** The YAML parser's time grows with the square of the longest word; half a million characters take it a second. */
    private static Optional<Problem> tooLong(List<String> lines) {
        return IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).length() > LONGEST_LINE)
                .mapToObj(i -> new Problem(
                        Rule.TOO_COMPLEX,
                        new Position(i + 1, 1, 1),
                        String.format(
                                Locale.ROOT,
                                "this line has %,d characters, more than the %,d that a line may have; break it",
                                lines.get(i).length(),
                                LONGEST_LINE)))
                .findFirst();
    }

    private static List<Problem> lookalikes(YamlTree tree, Set<Position> told) {
        PlanWords words = new PlanWords(tree);
        return tree.spots().entrySet().stream()
                .filter(spot -> spot.getValue().lookalike().isPresent())
                .filter(spot -> !told.contains(spot.getValue().key())
                        && !told.contains(spot.getValue().value()))
                .filter(spot -> tree.at(spot.getKey()).isTextual())
                .filter(spot -> FREE_TEXTS.stream().noneMatch(spot.getKey()::endsWith))
                .map(spot -> lookalike(spot, tree, words))
                .toList();
    }

    private static Problem lookalike(Map.Entry<String, ElementPosition> spot, YamlTree tree, PlanWords words) {
        String text = tree.at(spot.getKey()).asText();
        return new Problem(
                Rule.NEEDS_QUOTES,
                spot.getValue().value(),
                words.element(spot.getKey()) + " is " + text + ", which some readers of YAML take for "
                        + spot.getValue().lookalike().orElseThrow() + "; put it in quotes: \"" + text + "\"");
    }

    private static List<Problem> routing(YamlTree tree) {
        String pointer = "/traffic/routing";
        return tree.at(pointer).asText().equals("bridge")
                ? List.of(new Problem(
                        Rule.ROUTING_RESERVED,
                        tree.value(pointer),
                        "routing 'bridge' is reserved and not built yet; choose join or client"))
                : List.of();
    }

    private static List<Problem> dates(YamlTree tree) {
        return tree.spots().keySet().stream()
                .filter(pointer -> pointer.endsWith("/expires"))
                .filter(pointer -> tree.at(pointer).isTextual())
                .filter(pointer -> PlanBinder.date(
                                new Located<>(tree.at(pointer).asText(), tree.value(pointer)))
                        .isEmpty())
                .map(pointer -> new Problem(
                        Rule.WRONG_FORM,
                        tree.value(pointer),
                        new PlanWords(tree).element(pointer) + " is '"
                                + tree.at(pointer).asText()
                                + "', which is no date; write YYYY-MM-DD, for example 2026-12-31"))
                .toList();
    }
}
