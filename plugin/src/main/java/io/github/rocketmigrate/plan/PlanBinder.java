package io.github.rocketmigrate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Defaults;
import io.github.rocketmigrate.plan.MigrationPlan.DestinationTraits;
import io.github.rocketmigrate.plan.MigrationPlan.Group;
import io.github.rocketmigrate.plan.MigrationPlan.Ignored;
import io.github.rocketmigrate.plan.MigrationPlan.Maintenance;
import io.github.rocketmigrate.plan.MigrationPlan.PlannedCluster;
import io.github.rocketmigrate.plan.MigrationPlan.RowAnswer;
import io.github.rocketmigrate.plan.MigrationPlan.Topic;
import io.github.rocketmigrate.plan.MigrationPlan.TrafficPlan;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import io.github.rocketmigrate.text.GoalCommand;
import io.github.rocketmigrate.text.Printable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Converts the tree of a plan into records.
 *
 * <p>An element that violates the schema is left out or gets a harmless value, so that the rules can check the rest and
 * all problems are reported at once. A plan with errors is used for nothing else.
 */
final class PlanBinder {
    private static final Pattern SEPARATOR = Pattern.compile("[;,]");

    private static final Pattern LIMIT = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d{1,3})?");

    private static final int DATE_LENGTH = "2026-12-31".length();

    private final YamlTree tree;
    private final String contentSha256;
    private String parent = "";
    private JsonNode parentNode = MissingNode.getInstance();

    PlanBinder(YamlTree tree, String contentSha256) {
        this.tree = tree;
        this.contentSha256 = contentSha256;
    }

    MigrationPlan plan() {
        return new MigrationPlan(
                free("/name"),
                cluster("/source"),
                cluster("/destination"),
                traits("/destination"),
                traffic("/traffic"),
                new Defaults(number("/defaults/topic/queues"), number("/defaults/group/retries")),
                list("/batches", this::batch),
                list("/ignoredTopics", this::ignored),
                list("/ignoredGroups", this::ignored),
                list("/assess/answers", this::answer),
                contentSha256,
                GoalCommand.USUAL_FILE);
    }

    private PlannedCluster cluster(String at) {
        List<Located<String>> written = oneOrMany(at + "/nameServers");
        return new PlannedCluster(
                written.stream()
                        .filter(text -> !text.value().isEmpty())
                        .findFirst()
                        .map(Located::at),
                written.stream().flatMap(PlanBinder::divided).toList(),
                text(at + "/cluster"),
                text(at + "/credentials"),
                Tls.of(tree.at(at + "/tls").asText()));
    }

    private List<Located<String>> oneOrMany(String at) {
        return text(at).map(List::of).orElseGet(() -> texts(at));
    }

    /** Splits a text into addresses, because one property may contain several. */
    private static Stream<Located<String>> divided(Located<String> text) {
        return Placeholders.isIn(text.value())
                ? Stream.of(text)
                : SEPARATOR
                        .splitAsStream(text.value())
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .map(address -> new Located<>(address, text.at()));
    }

    private DestinationTraits traits(String at) {
        Optional<Maintenance> maintenance = tree.at(at + "/maintenance").isObject()
                ? Optional.of(
                        new Maintenance(textOrEmpty(at + "/maintenance/window"), textOrEmpty(at + "/maintenance/zone")))
                : Optional.empty();
        Located<String> profile = text(at + "/profile").orElseGet(() -> new Located<>(Profiles.DEFAULT, tree.key(at)));
        return new DestinationTraits(profile, texts(at + "/clientAddresses"), maintenance);
    }

    private Optional<TrafficPlan> traffic(String at) {
        if (!tree.at(at).isObject()) {
            return Optional.empty();
        }
        Located<Routing> routing = word(at + "/routing", Routing.values(), Routing::word)
                .orElseGet(() -> new Located<>(Routing.JOIN, tree.value(at + "/routing")));
        return Optional.of(new TrafficPlan(
                routing, tree.at(at + "/complete").asBoolean(), tree.value(at + "/complete"), conditions(at)));
    }

    private Batch batch(String at) {
        return new Batch(
                free(at + "/name"),
                stage(at + "/stage"),
                text(at + "/canary").flatMap(PlanBinder::percent),
                text(at + "/owner").map(PlanBinder::safe),
                conditions(at),
                list(at + "/topics", this::topic),
                list(at + "/groups", this::group),
                list(at + "/waivers", this::waiver));
    }

    private StepConditions conditions(String at) {
        return new StepConditions(
                tree.at(at + "/freeze").isArray() ? Optional.of(list(at + "/freeze", this::freeze)) : Optional.empty(),
                text(at + "/soak"),
                tree.at(at + "/gates").isArray() ? Optional.of(list(at + "/gates", this::gate)) : Optional.empty(),
                Stream.of("/freeze", "/soak", "/gates")
                        .map(key -> at + key)
                        .filter(key -> !tree.at(key).isMissingNode())
                        .findFirst()
                        .map(tree::key));
    }

    private Freeze freeze(String at) {
        return new Freeze(
                tree.value(at), text(at + "/from"), text(at + "/to"), text(at + "/weekly"), textOrEmpty(at + "/zone"));
    }

    private Gate gate(String at) {
        return new Gate(
                tree.value(at),
                free(at + "/name"),
                text(at + "/prometheus"),
                text(at + "/query"),
                limit(at + "/below"),
                limit(at + "/above"),
                text(at + "/url"),
                number(at + "/status"),
                text(at + "/for"));
    }

    /** Whole numbers are numbers, and others are texts. */
    private Optional<Located<String>> limit(String at) {
        return value(
                at,
                node -> node.isNumber() || (node.isTextual() && isLimit(node.asText())),
                (node, position) -> new Located<>(node.asText(), position));
    }

    static boolean isLimit(String text) {
        return LIMIT.matcher(text).matches();
    }

    private Topic topic(String at) {
        Located<MessageType> type = word(at + "/type", MessageType.values(), MessageType::name)
                .orElseGet(() -> new Located<>(MessageType.NORMAL, tree.value(at + "/type")));
        return new Topic(textOrEmpty(at + "/name"), type, number(at + "/queues"), stage(at + "/stage"));
    }

    private Group group(String at) {
        Located<ConsumeOrder> order = word(at + "/order", ConsumeOrder.values(), ConsumeOrder::name)
                .orElseGet(() -> new Located<>(ConsumeOrder.CONCURRENT, tree.value(at + "/order")));
        return new Group(textOrEmpty(at + "/name"), order, number(at + "/retries"));
    }

    private Waiver waiver(String at) {
        return new Waiver(
                textOrEmpty(at + "/check"),
                texts(at + "/topics"),
                texts(at + "/groups"),
                free(at + "/reason"),
                free(at + "/owner"),
                text(at + "/expires")
                        .flatMap(PlanBinder::date)
                        .orElseGet(() -> new Located<>(LocalDate.MAX, tree.value(at + "/expires"))));
    }

    private RowAnswer answer(String at) {
        return new RowAnswer(
                textOrEmpty(at + "/id"),
                free(at + "/answer"),
                free(at + "/owner"),
                text(at + "/date")
                        .flatMap(PlanBinder::date)
                        .orElseGet(() -> new Located<>(LocalDate.MAX, tree.value(at + "/date"))));
    }

    private Optional<Located<Stage>> stage(String at) {
        return word(at, Stage.values(), Stage::word);
    }

    private <E extends Enum<E>> Optional<Located<E>> word(String at, E[] values, Function<E, String> word) {
        return text(at).flatMap(text -> Arrays.stream(values)
                .filter(value -> word.apply(value).equals(text.value()))
                .findFirst()
                .map(value -> new Located<>(value, text.at())));
    }

    private Ignored ignored(String at) {
        return new Ignored(textOrEmpty(at + "/name"), free(at + "/reason"));
    }

    /** Reads a text without a form and makes it safe to print. */
    private Located<String> free(String at) {
        return safe(textOrEmpty(at));
    }

    private static Located<String> safe(Located<String> text) {
        return new Located<>(Printable.of(text.value()), text.at());
    }

    private Located<String> textOrEmpty(String at) {
        return text(at).orElseGet(() -> new Located<>("", tree.value(at)));
    }

    private Optional<Located<String>> text(String at) {
        return value(at, JsonNode::isTextual, (node, position) -> new Located<>(node.asText(), position));
    }

    private Optional<Located<Integer>> number(String at) {
        return value(at, JsonNode::canConvertToInt, (node, position) -> new Located<>(node.asInt(), position));
    }

    private <T> Optional<T> value(
            String at, Function<JsonNode, Boolean> fits, BiFunction<JsonNode, Position, T> convert) {
        JsonNode node = node(at);
        return fits.apply(node) ? Optional.of(convert.apply(node, tree.value(at))) : Optional.empty();
    }

    /** Finds an element, and keeps its parent because the siblings are read next. */
    private JsonNode node(String at) {
        int last = at.lastIndexOf('/');
        if (last <= 0) {
            return tree.at(at);
        }
        if (!at.startsWith(parent) || parent.length() != last) {
            parent = at.substring(0, last);
            parentNode = tree.at(parent);
        }
        String key = at.substring(last + 1);
        return parentNode.isArray() ? parentNode.path(Integer.parseInt(key)) : parentNode.path(key);
    }

    private List<Located<String>> texts(String at) {
        return list(at, this::text).stream().flatMap(Optional::stream).toList();
    }

    private <T> List<T> list(String at, Function<String, T> element) {
        List<T> elements = new ArrayList<>();
        JsonNode array = tree.at(at);
        for (int i = 0; array.isArray() && i < array.size(); i++) {
            elements.add(element.apply(at + "/" + i));
        }
        return elements;
    }

    private static Optional<Located<Integer>> percent(Located<String> text) {
        return text.value().matches("[1-9]\\d?%")
                ? Optional.of(new Located<>(
                        Integer.parseInt(text.value().substring(0, text.value().length() - 1)), text.at()))
                : Optional.empty();
    }

    static Optional<Located<LocalDate>> date(Located<String> text) {
        try {
            return text.value().length() == DATE_LENGTH
                    ? Optional.of(new Located<>(LocalDate.parse(text.value()), text.at()))
                    : Optional.empty();
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
