package io.github.rocketmigrate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.rocketmigrate.text.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Replaces {@code ${…}} by values, in {@code source} and {@code destination} only. */
final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^{}:\\s]+)(?::-([^{}]*))?}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]");
    private static final int SHORTEST = 3;
    private static final String SANDBOX = "migrate.sandbox.";
    private static final String START_SANDBOX = "start a sandbox with mvn migrate:sandbox-start";
    private static final String ENVIRONMENT = "env.";

    private final YamlTree tree;
    private final PlaceholderValues values;
    private final boolean connects;
    private final List<Problem> problems = new ArrayList<>();

    private Placeholders(YamlTree tree, PlaceholderValues values, boolean connects) {
        this.tree = tree;
        this.values = values;
        this.connects = connects;
    }

    static boolean isIn(String text) {
        return text.contains("${");
    }

    /** Whether a placeholder is anywhere below the node; most of a plan has none and needs no pointers. */
    private static boolean isIn(JsonNode node) {
        if (node.isTextual()) {
            return isIn(node.asText());
        }
        for (JsonNode child : node) {
            if (isIn(child)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Replaces the placeholders of {@code tree} and returns a problem for each one without a value.
     *
     * @param connects whether the goal needs the values
     */
    static List<Problem> replace(YamlTree tree, PlaceholderValues values, boolean connects) {
        Placeholders placeholders = new Placeholders(tree, values, connects);
        placeholders.visit(tree.root(), "");
        return placeholders.problems;
    }

    private void visit(JsonNode node, String pointer) {
        if (node instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                if (!isIn(object.get(name))) {
                    continue;
                }
                String child = YamlTree.child(pointer, name);
                replaced(object.get(name), child).ifPresent(text -> object.set(name, text));
                visit(object.get(name), child);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                if (!isIn(array.get(i))) {
                    continue;
                }
                String child = pointer + "/" + i;
                int index = i;
                replaced(array.get(i), child).ifPresent(text -> array.set(index, text));
                visit(array.get(i), child);
            }
        }
    }

    private Optional<JsonNode> replaced(JsonNode node, String pointer) {
        if (!node.isTextual() || !isIn(node.asText())) {
            return Optional.empty();
        }
        if (!pointer.startsWith("/source/") && !pointer.startsWith("/destination/")) {
            problems.add(new Problem(
                    Rule.PLACEHOLDER_OUTSIDE,
                    tree.value(pointer),
                    new PlanWords(tree).element(pointer) + " contains '" + node.asText()
                            + "'; placeholders are allowed in source and destination only, so write the value"));
            return Optional.empty();
        }
        Matcher placeholder = PLACEHOLDER.matcher(node.asText());
        if (isIn(placeholder.replaceAll(""))) {
            problems.add(
                    new Problem(
                            Rule.WRONG_FORM,
                            tree.value(pointer),
                            new PlanWords(tree).element(pointer) + " is '" + node.asText()
                                    + "', which contains a malformed placeholder; write ${name}, ${env.NAME} or ${name:-value}"));
            return Optional.empty();
        }
        placeholder.reset();
        String text = placeholder.replaceAll(
                match -> Matcher.quoteReplacement(value(match.group(1), match.group(2), match.group(), pointer)));
        boolean truth = pointer.endsWith("/tls") && (text.equals("true") || text.equals("false"));
        return Optional.of(truth ? BooleanNode.valueOf(Boolean.parseBoolean(text)) : TextNode.valueOf(text));
    }

    private String value(String name, String fallback, String whole, String pointer) {
        Optional<String> value = values.value(name).or(() -> Optional.ofNullable(fallback));
        if (value.isEmpty()) {
            // A similar name that has a value is hardly a coincidence; another name may have a value elsewhere.
            Severity severity = isMisspelled(name) ? Severity.WARNING : Rule.PLACEHOLDER_UNSET.severity();
            problems.add(new Problem(
                    Rule.PLACEHOLDER_UNSET, severity, tree.value(pointer), whole + " is not set" + fix(name)));
        }
        return value.orElse(whole);
    }

    private boolean isMisspelled(String name) {
        return !isOfSandbox(name)
                && meant(name).filter(other -> !isGuessed(name, other)).isPresent();
    }

    /** Whether only its letters tell that an environment variable was meant: it has no value either. */
    private boolean isGuessed(String name, String meant) {
        return meant.equals(ENVIRONMENT + name) && values.value(meant).isEmpty();
    }

    /** The name is correct and has no value, because no sandbox runs. */
    private boolean isOfSandbox(String name) {
        return name.startsWith(SANDBOX) && values.names().contains(name);
    }

    private String fix(String name) {
        if (isOfSandbox(name)) {
            return "; " + START_SANDBOX;
        }
        Optional<String> meant = meant(name);
        if (meant.isPresent()) {
            return isGuessed(name, meant.get())
                    ? "; for an environment variable, write ${" + meant.get() + "} and set it; for a property, set -D"
                            + name + "="
                    : "; did you mean ${" + meant.get() + "}?";
        }
        if (name.startsWith(SANDBOX)) {
            return "; " + START_SANDBOX;
        }
        return (connects ? ": set " : "; goals that connect need it, so set ")
                + (name.startsWith(ENVIRONMENT)
                        ? "the environment variable " + name.substring(ENVIRONMENT.length())
                        : "-D" + name + "= or a property of the POM");
    }

    /**
     * Finds the placeholder that was meant: an environment variable without {@code env.}, a property with it, a variable
     * in other letters, or a name with a typing error. A name in upper case is an environment variable, set here or not.
     */
    private Optional<String> meant(String name) {
        boolean environment = name.startsWith(ENVIRONMENT);
        String bare = environment ? name.substring(ENVIRONMENT.length()) : name;
        String upper = bare.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
        return Stream.of(ENVIRONMENT + bare, bare, ENVIRONMENT + upper)
                .filter(other -> !other.equals(name) && values.value(other).isPresent())
                .findFirst()
                .or(() -> similar(name))
                .or(() -> !environment && VARIABLE.matcher(name).matches()
                        ? similar(ENVIRONMENT + name).or(() -> Optional.of(ENVIRONMENT + name))
                        : Optional.empty());
    }

    /** Finds a name of the same kind with a few other letters. */
    private Optional<String> similar(String name) {
        String kind = name.startsWith(ENVIRONMENT) ? ENVIRONMENT : "";
        String bare = name.substring(kind.length());
        if (bare.length() < SHORTEST) {
            return Optional.empty();
        }
        // Names that differ in a number only, such as broker.2 and broker.3, are different on purpose.
        String letters = withoutDigits(bare);
        return Spelling.misspelled(
                        bare,
                        values.names().stream()
                                .filter(known -> known.startsWith(ENVIRONMENT) == !kind.isEmpty())
                                .map(known -> known.substring(kind.length()))
                                .filter(known -> !withoutDigits(known).equals(letters))
                                .toList())
                .map(known -> kind + known);
    }

    private static String withoutDigits(String name) {
        return DIGITS.matcher(name).replaceAll("");
    }
}
