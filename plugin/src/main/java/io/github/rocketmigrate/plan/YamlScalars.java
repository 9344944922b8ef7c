package io.github.rocketmigrate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Knows which unquoted texts are values in YAML 1.1 and 1.2 alike, and which mean different things in the two. */
final class YamlScalars {
    private static final Pattern NULL = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern BOOLEAN = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern LIKE_BOOLEAN = Pattern.compile("(y|n|yes|no|on|off)", Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_LIKE_BOOLEAN = "yes".length();
    private static final Pattern LIKE_DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?");
    private static final Pattern LIKE_NUMBER =
            Pattern.compile("[-+]?(0[xob][0-9a-fA-F_]+|[0-9][0-9_]*(:[0-5]?[0-9])*\\.?[0-9_]*([eE][-+]?[0-9]+)?"
                    + "|\\.[0-9][0-9_]*([eE][-+]?[0-9]+)?|\\.(inf|Inf|INF))|\\.(nan|NaN|NAN)");

    private static final int LONGEST_LOOKALIKE = 40;
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private YamlScalars() {}

    /** The value of a scalar, where both versions of YAML agree about it; else its text. */
    static JsonNode value(ScalarNode node) {
        String text = node.getValue();
        if (!node.isPlain() || Tag.STR.equals(node.getTag())) {
            return JSON.textNode(text);
        }
        if (NULL.matcher(text).matches()) {
            return JSON.nullNode();
        }
        if (BOOLEAN.matcher(text).matches()) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if (INTEGER.matcher(text).matches()) {
            return JSON.numberNode(new BigInteger(text));
        }
        return JSON.textNode(text);
    }

    /** Excludes most names without regular expressions: words for booleans are short, and no date or number begins with a letter. */
    private static boolean mayBeAlike(String text) {
        return text.length() <= LONGEST_LIKE_BOOLEAN || (!Character.isLetter(text.charAt(0)) && text.charAt(0) != '_');
    }

    /** What else a plain text could mean, such as a date; nothing where it is only text. */
    static Optional<String> lookalike(Node node) {
        if (!(node instanceof ScalarNode scalar) || !scalar.isPlain()) {
            return Optional.empty();
        }
        String text = scalar.getValue();
        if (text.length() > LONGEST_LOOKALIKE || !mayBeAlike(text)) {
            return Optional.empty();
        }
        if (LIKE_BOOLEAN.matcher(text).matches()) {
            return Optional.of("a boolean");
        }
        if (LIKE_DATE.matcher(text).matches()) {
            return Optional.of("a date");
        }
        return LIKE_NUMBER.matcher(text).matches() ? Optional.of("a number") : Optional.empty();
    }
}
