package io.github.rocketmigrate.plan;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Position;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a plan and reports all of its problems at once, without a connection to a cluster.
 *
 * <p>Longer than 300 lines: what a goal needs of a plan differs in a few places, which are read together here.
 */
public final class PlanReader {
    /** The keys whose values need no quotes, because a date or a number does no harm there. */
    private static final List<String> FREE_TEXTS = List.of(
            "/reason",
            "/owner",
            "/expires",
            "/window",
            "/from",
            "/to",
            "/below",
            "/above",
            "/query",
            "/answer",
            "/date");

    private static final Pattern DATES =
            Pattern.compile(".*/(waivers/\\d+/expires|freeze/\\d+/(from|to)|answers/\\d+/date)");

    /** Stands for a value that somebody has to decide; the comment behind it says why it is not decided. */
    public static final String UNDECIDED = "TODO";

    private static final String TYPES =
            Arrays.stream(MessageType.values()).map(MessageType::name).collect(joining(", ", "one of ", ""));
    private static final String ORDERS =
            Arrays.stream(ConsumeOrder.values()).map(ConsumeOrder::name).collect(joining(" or "));

    private static final Pattern UNDECIDABLE = Pattern.compile("/batches/\\d+/(topics/\\d+/type|groups/\\d+/order)");

    /** Loaded with the default profile on another thread, because it takes as long as to parse a plan. */
    private final CompletableFuture<PlanSchema> schema = CompletableFuture.supplyAsync(
            () -> {
                boolean unused = Profiles.named(Profiles.DEFAULT).isPresent();
                return PlanSchema.published();
            },
            PlanReader::start);

    private final PlaceholderValues values;
    private final LocalDate today;
    private final KnownChecks checks;
    private final Use use;

    /** What a goal does with the plan. */
    private enum Use {
        OFFLINE,
        CONNECTING,
        /** Connects to the destination alone. */
        COMPARING,
        /** Connects to what can be reached: a managed destination cannot. */
        EXAMINING,
        /** Examines the destination, while files stand for the source. */
        EXAMINING_FILES,
        EXTENDING
    }

    private PlanReader(PlaceholderValues values, LocalDate today, KnownChecks checks, Use use) {
        this.values = requireNonNull(values, "values is null");
        this.today = requireNonNull(today, "today is null");
        this.checks = requireNonNull(checks, "checks is null");
        this.use = use;
    }

    /** Returns a reader for goals that use only the plan. */
    public static PlanReader offline(PlaceholderValues values, LocalDate today, KnownChecks checks) {
        return new PlanReader(values, today, checks, Use.OFFLINE);
    }

    /** Returns a reader for goals that connect: they need every address and a destination with the admin protocol. */
    public static PlanReader connecting(PlaceholderValues values, LocalDate today, KnownChecks checks) {
        return new PlanReader(values, today, checks, Use.CONNECTING);
    }

    /** Returns a reader for goals that connect to the destination, while files stand for the source. */
    public static PlanReader comparing(PlaceholderValues values, LocalDate today, KnownChecks checks) {
        return new PlanReader(values, today, checks, Use.COMPARING);
    }

    /**
     * Returns a reader for goals that connect to clusters with the admin protocol, and know what others impose.
     *
     * @param isOfFiles whether files stand for the source
     */
    public static PlanReader examining(
            PlaceholderValues values, LocalDate today, KnownChecks checks, boolean isOfFiles) {
        return new PlanReader(values, today, checks, isOfFiles ? Use.EXAMINING_FILES : Use.EXAMINING);
    }

    /** Returns a reader for goals that add to the plan: it may lack batches. */
    public static PlanReader extending(PlaceholderValues values, LocalDate today, KnownChecks checks) {
        return new PlanReader(values, today, checks, Use.EXTENDING);
    }

    /** Starts a thread with the class loader of this one, which threads of a pool may lack. */
    private static void start(Runnable work) {
        Thread thread = new Thread(work, "migrate-schema");
        thread.setDaemon(true);
        thread.start();
    }

    public PlanReading read(Path file) {
        try {
            return read(file, SourceText.read(file));
        } catch (SourceText.NotText e) {
            return PlanReading.unusable(file, List.of(), List.of(e.problem()));
        }
    }

    /** Reads a file with its text. */
    public WrittenPlan readText(Path file) {
        try {
            String whole = SourceText.readWhole(file);
            String text = SourceText.withoutMark(whole);
            String mark = whole.substring(0, whole.length() - text.length());
            return new WrittenPlan(mark, text, read(file, text));
        } catch (SourceText.NotText e) {
            return new WrittenPlan("", "", PlanReading.unusable(file, List.of(), List.of(e.problem())));
        }
    }

    /** Reads the text that a file has or will have. */
    public PlanReading read(Path file, String text) {
        List<String> lines = SourceText.lines(text);
        Optional<Problem> tooLong = SourceText.tooLong(lines);
        if (tooLong.isPresent()) {
            return PlanReading.unusable(file, lines, List.of(tooLong.get()));
        }
        YamlReader.YamlReading reading = YamlReader.read(text);
        List<Problem> problems = new ArrayList<>(reading.problems());
        if (reading.tree().isEmpty()) {
            return PlanReading.unusable(file, lines, problems);
        }
        YamlTree tree = reading.tree().get();
        String contentSha256 = PlanContent.sha256(tree);
        List<Problem> placeholders = Placeholders.replace(tree, values, use == Use.CONNECTING || use == Use.COMPARING);
        problems.addAll(placeholders);
        Set<Position> unset = placeholders.stream()
                .filter(problem -> problem.rule() == Rule.PLACEHOLDER_UNSET)
                .map(Problem::at)
                .collect(toSet());
        YamlTree checked = use == Use.EXTENDING ? withBatches(tree) : tree;
        CompletableFuture<List<Problem>> checking = schema.thenApplyAsync(it -> it.check(checked), PlanReader::start);
        MigrationPlan plan = new PlanBinder(tree, contentSha256).plan();
        List<Problem> violations = Rules.check(plan, today, checks);
        List<Problem> mismatches = checking.join();
        problems.addAll(mismatches);
        // A value that violates the schema would still do so in quotes: one problem is enough.
        Set<Position> reported = mismatches.stream().map(Problem::at).collect(toSet());
        problems.addAll(lookalikes(tree, reported));
        problems.addAll(routing(tree));
        problems.addAll(undecided(tree, text));
        problems.addAll(dates(tree));
        FollowUps followUps = new FollowUps(tree, reading.problems());
        violations.stream().filter(problem -> !followUps.contains(problem)).forEach(problems::add);
        problems.removeIf(problem -> isOfUnset(problem, unset));
        if (use != Use.OFFLINE && use != Use.EXTENDING) {
            Set<Position> idle = idle(tree, plan);
            problems.replaceAll(problem -> problem.rule() == Rule.PLACEHOLDER_UNSET && !idle.contains(problem.at())
                    ? problem.asError()
                    : problem);
        }
        if (use == Use.CONNECTING || use == Use.COMPARING) {
            managed(plan).ifPresent(problems::add);
        }
        Map<Position, String> elements = elements(tree, problems);
        problems.replaceAll(problem -> problem.of(elements.getOrDefault(problem.at(), "")));
        boolean usable = problems.stream().noneMatch(problem -> problem.severity() == Severity.ERROR);
        return new PlanReading(
                file,
                lines,
                usable ? Optional.of(plan) : Optional.empty(),
                new ClustersOfPlan(tree, problems).areUsable(plan) ? Optional.of(plan) : Optional.empty(),
                problems,
                PlanReading.Size.of(plan));
    }

    /** The values of clusters to which the goal does not connect. */
    private Set<Position> idle(YamlTree tree, MigrationPlan plan) {
        Set<Position> idle = new HashSet<>();
        if (use == Use.COMPARING || use == Use.EXAMINING_FILES) {
            idle.addAll(tree.valuesBelow("/source/"));
        }
        if (use != Use.CONNECTING && use != Use.COMPARING && plan.profile().managed()) {
            idle.addAll(tree.valuesBelow("/destination/"));
        }
        return idle;
    }

    /** Names the elements at the positions of problems. An entry of a list begins where its first key does: it is named. */
    private static Map<Position, String> elements(YamlTree tree, List<Problem> problems) {
        Set<Position> places = problems.stream().map(Problem::at).collect(toSet());
        Map<Position, String> pointers = new HashMap<>();
        tree.positions()
                .forEach((pointer, position) -> Stream.of(position.key(), position.value())
                        .filter(places::contains)
                        .forEach(place -> pointers.merge(
                                place, pointer, (one, other) -> one.length() <= other.length() ? one : other)));
        pointers.replaceAll((place, pointer) -> new PlanWords(tree).brief(pointer));
        return pointers;
    }

    /** The same with a batch, if it has none. */
    private static YamlTree withBatches(YamlTree tree) {
        JsonNode batches = tree.at("/batches");
        boolean hasSome = !batches.isMissingNode() && !batches.isNull() && !(batches.isArray() && batches.isEmpty());
        if (hasSome || !tree.root().isObject()) {
            return tree;
        }
        ObjectNode root = tree.root().deepCopy();
        root.putArray("batches").addObject().put("name", "later");
        return new YamlTree(root, tree.positions());
    }

    private static Optional<Problem> managed(MigrationPlan plan) {
        Located<String> profile = plan.traits().profile();
        return Profiles.named(profile.value())
                .filter(Profile::managed)
                .map(it -> new Problem(
                        Rule.MANAGED_DESTINATION,
                        profile.at(),
                        "profile '" + profile.value() + "' is a managed destination, but this goal needs brokers with"
                                + " RocketMQ's admin protocol; use migrate:validate or migrate:assess"));
    }

    /** Whether the problem is the form of a value whose placeholder has no value yet. */
    private static boolean isOfUnset(Problem problem, Set<Position> unset) {
        return unset.contains(problem.at())
                && switch (problem.rule()) {
                    case WRONG_KIND, WRONG_FORM, UNKNOWN_VALUE, UNKNOWN_ZONE -> true;
                    default -> false;
                };
    }

    /** The YAML parser's time grows with the square of the longest word: 500,000 characters take a second. */
    private static List<Problem> lookalikes(YamlTree tree, Set<Position> reported) {
        PlanWords words = new PlanWords(tree);
        return tree.positions().entrySet().stream()
                .filter(element -> element.getValue().lookalike().isPresent())
                .filter(element -> !reported.contains(element.getValue().key())
                        && !reported.contains(element.getValue().value()))
                .filter(element -> tree.at(element.getKey()).isTextual())
                .filter(element -> FREE_TEXTS.stream().noneMatch(element.getKey()::endsWith))
                .map(element -> lookalike(element, tree, words))
                .toList();
    }

    private static Problem lookalike(Map.Entry<String, ElementPosition> element, YamlTree tree, PlanWords words) {
        String text = tree.at(element.getKey()).asText();
        return new Problem(
                Rule.NEEDS_QUOTES,
                element.getValue().value(),
                words.element(element.getKey()) + " is " + text + ", which some YAML parsers read as "
                        + element.getValue().lookalike().orElseThrow() + "; put it in quotes: \"" + text + "\"");
    }

    /** Whether the value at {@code pointer} is left open until somebody decides it. */
    static boolean isUndecided(String pointer, JsonNode value) {
        return UNDECIDED.equals(value.asText()) && UNDECIDABLE.matcher(pointer).matches();
    }

    private static List<Problem> undecided(YamlTree tree, String text) {
        List<String> pointers = tree.positions().keySet().stream()
                .filter(pointer -> isUndecided(pointer, tree.at(pointer)))
                .toList();
        if (pointers.isEmpty()) {
            return List.of();
        }
        YamlComments comments = YamlComments.of(text);
        PlanWords words = new PlanWords(tree);
        return pointers.stream()
                .map(pointer -> new Problem(
                        Rule.UNDECIDED,
                        tree.value(pointer),
                        words.element(pointer) + " is not decided"
                                + comments.behind(tree.value(pointer).line())
                                        .map(why -> " (" + why + ")")
                                        .orElse("")
                                + "; replace " + UNDECIDED + " by "
                                + (pointer.endsWith("/type") ? TYPES : ORDERS)))
                .toList();
    }

    private static List<Problem> routing(YamlTree tree) {
        String pointer = "/traffic/routing";
        return tree.at(pointer).asText().equals("bridge")
                ? List.of(new Problem(
                        Rule.ROUTING_RESERVED,
                        tree.value(pointer),
                        "routing 'bridge' is reserved but not available yet; choose join or client"))
                : List.of();
    }

    private static List<Problem> dates(YamlTree tree) {
        return tree.positions().keySet().stream()
                .filter(pointer -> DATES.matcher(pointer).matches())
                .filter(pointer -> tree.at(pointer).isTextual())
                .filter(pointer -> PlanBinder.date(
                                new Located<>(tree.at(pointer).asText(), tree.value(pointer)))
                        .isEmpty())
                .map(pointer -> new Problem(
                        Rule.WRONG_FORM,
                        tree.value(pointer),
                        new PlanWords(tree).element(pointer) + " is '"
                                + tree.at(pointer).asText()
                                + "', which is not a date; write year, month and day, for example 2026-12-31"))
                .toList();
    }
}
