package io.github.rocketmigrate.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.model.Position;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML into a {@link YamlTree} and reports constructs that are ambiguous or dangerous.
 *
 * <p>YAML 1.1 and 1.2 give some unquoted texts different types ({@code no}, {@code 0x10}, {@code 2026-01-01}). This class
 * reads them as text and marks them as lookalikes, so that a name is never silently something else in an editor.
 */
final class YamlReader {
    private static final int MOST_NESTED = 50;
    private static final int MOST_ALIASES = 50;
    private static final int MOST_ELEMENTS = 1_000_000;
    private static final int CHARACTERS_PER_ELEMENT = 16;
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.SEQ, Tag.MAP, Tag.MERGE);

    private static final Pattern COMMENT = Pattern.compile("(^|\\s)#.*");
    private static final Pattern NO_SPACE = Pattern.compile("[\\s-]*([A-Za-z]+:)[A-Za-z0-9].*");
    private final JsonNodeFactory json = JsonNodeFactory.instance;
    private final Map<String, ElementPosition> positions;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Node> ancestors = Collections.newSetFromMap(new IdentityHashMap<>());
    private int elements;

    private YamlReader(String text) {
        // Elements of long plans are short.
        this.positions = new HashMap<>(text.length() / CHARACTERS_PER_ELEMENT);
    }

    /** The result: problems, and a tree unless the text is not YAML at all. */
    record YamlReading(Optional<YamlTree> tree, List<Problem> problems) {}

    /** Ends the reading, because nothing after {@code problem} makes sense. */
    private static final class UnreadableYaml extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        UnreadableYaml(Problem problem) {
            super(problem.what(), null, false, false);
            this.problem = problem;
        }
    }

    static YamlReading read(String text) {
        YamlReader reader = new YamlReader(text);
        Optional<YamlTree> tree;
        try {
            tree = Optional.of(reader.tree(text));
        } catch (UnreadableYaml e) {
            reader.problems.add(e.problem);
            tree = Optional.empty();
        }
        return new YamlReading(tree, reader.problems);
    }

    private YamlTree tree(String text) {
        Node root = compose(text);
        JsonNode content = convert(root, "", position(root), position(root));
        return new YamlTree(content, positions);
    }

    private Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setNestingDepthLimit(MOST_NESTED);
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setCodePointLimit(Integer.MAX_VALUE);
        // Tags construct nothing here; each one is reported with its position.
        options.setTagInspector(tag -> true);
        try {
            Composer documents =
                    new Composer(new ParserImpl(new StreamReader(text), options), new ResolverOfFewWords(), options);
            Node first = documents.checkNode() ? documents.getNode() : null;
            if (first == null || isEmpty(first)) {
                throw new UnreadableYaml(new Problem(
                        Rule.EMPTY,
                        Position.START,
                        "the plan is empty; write version: 1, name, source and destination"));
            }
            if (documents.checkNode()) {
                problems.add(new Problem(
                        Rule.SEVERAL_DOCUMENTS,
                        position(documents.getNode()),
                        "a second document begins here, but a plan is one document; move it to its own file"));
            }
            return first;
        } catch (MarkedYAMLException e) {
            throw new UnreadableYaml(notYaml(e, text));
        } catch (ReaderException e) {
            throw new UnreadableYaml(new Problem(
                    Rule.NOT_YAML,
                    SourceText.positionOf(text, e.getPosition()),
                    String.format("character U+%04X is not allowed in YAML; remove it", e.getCodePoint())));
        } catch (YAMLException e) {
            throw new UnreadableYaml(tooComplex(Position.START, e.getMessage()));
        } catch (StackOverflowError e) {
            throw new UnreadableYaml(tooComplex(Position.START, "too deep"));
        }
    }

    /** Resolves most words as text without YAML's regular expressions, which take long for thousands of names. */
    private static final class ResolverOfFewWords extends Resolver {
        private static final Set<String> VALUES = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");
        private static final int LONGEST = "false".length();

        @Override
        public Tag resolve(NodeId kind, String text, boolean implicit) {
            boolean isText = kind == NodeId.scalar
                    && implicit
                    && !text.isEmpty()
                    && Character.isLetter(text.charAt(0))
                    && (text.length() > LONGEST || !VALUES.contains(text.toLowerCase(Locale.ROOT)));
            return isText ? Tag.STR : super.resolve(kind, text, implicit);
        }
    }

    private static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar && scalar.getValue().isEmpty() && scalar.isPlain();
    }

    private static Problem notYaml(MarkedYAMLException e, String text) {
        // The parser finds an unclosed quotation mark at the end of the text; its context is where the mark was opened.
        boolean open =
                e.getContextMark() != null && String.valueOf(e.getProblem()).contains("end of stream");
        Mark mark = e.getProblemMark() == null || open ? e.getContextMark() : e.getProblemMark();
        Position at = mark == null ? Position.START : position(mark, mark);
        String reason = e.getProblem() == null ? "the parser cannot read it" : e.getProblem();
        // A key without a space after its colon is text for YAML, and the parser complains about the line that follows.
        List<String> lines = SourceText.lines(text);
        for (int line = Math.min(at.line(), lines.size()); line >= Math.max(1, at.line() - 1); line--) {
            Matcher key = NO_SPACE.matcher(lines.get(line - 1));
            if (key.matches()) {
                return new Problem(
                        Rule.NOT_YAML,
                        new Position(line, key.start(1) + 1, key.end(1) - key.start(1)),
                        "the plan is not valid YAML: a space is missing after " + key.group(1));
            }
        }
        Position where = SyntaxWords.isAboutEnd(reason) ? endBefore(at, lines) : at;
        return new Problem(Rule.NOT_YAML, where, "the plan is not valid YAML: " + SyntaxWords.of(reason));
    }

    /** The parser misses a bracket only at the next word; if that begins a line, the broken line is the one above. */
    private static Position endBefore(Position at, List<String> lines) {
        boolean beginsLine = at.line() > lines.size()
                || lines.get(at.line() - 1)
                        .substring(
                                0,
                                Math.min(
                                        at.column() - 1,
                                        lines.get(at.line() - 1).length()))
                        .isBlank();
        for (int line = at.line() - 1; beginsLine && line >= 1; line--) {
            String text = COMMENT.matcher(lines.get(line - 1)).replaceFirst("").stripTrailing();
            if (!text.isEmpty()) {
                return new Position(line, text.length() + 1, 1);
            }
        }
        return at;
    }

    private static Problem tooComplex(Position at, String why) {
        return new Problem(
                Rule.TOO_COMPLEX, at, "the plan is too complex (" + why + "); reduce its nesting and its aliases");
    }

    private JsonNode convert(Node node, String pointer, Position key, Position value) {
        if (++elements > MOST_ELEMENTS) {
            throw new UnreadableYaml(tooComplex(value, "more than " + MOST_ELEMENTS + " elements"));
        }
        if (!ancestors.add(node)) {
            throw new UnreadableYaml(tooComplex(value, "an alias contains itself"));
        }
        rejectCustomTag(node, value);
        positions.put(pointer, new ElementPosition(key, value, YamlScalars.lookalike(node)));
        JsonNode converted = switch (node.getNodeId()) {
            case scalar -> YamlScalars.value((ScalarNode) node);
            case sequence -> sequence((SequenceNode) node, pointer);
            case mapping -> mapping((MappingNode) node, pointer);
            case anchor -> throw new UnreadableYaml(tooComplex(value, "an alias without an anchor"));
        };
        ancestors.remove(node);
        return converted;
    }

    private void rejectCustomTag(Node node, Position value) {
        if (!PLAIN_TAGS.contains(node.getTag())) {
            String tag = node.getTag().getValue();
            problems.add(new Problem(Rule.CUSTOM_TAG, value, "tag " + tag + " has no meaning in a plan; remove it"));
        }
    }

    private JsonNode sequence(SequenceNode node, String pointer) {
        ArrayNode array = json.arrayNode();
        for (Node element : node.getValue()) {
            Position at = position(element);
            array.add(convert(element, pointer + "/" + array.size(), at, at));
        }
        return array;
    }

    private JsonNode mapping(MappingNode node, String pointer) {
        ObjectNode object = json.objectNode();
        Map<String, Position> seen = new HashMap<>();
        for (NodeTuple entry : node.getValue()) {
            Position at = position(entry.getKeyNode());
            Optional<String> key = key(entry.getKeyNode(), at);
            if (key.isEmpty()) {
                continue;
            }
            String name = key.get();
            Position first = seen.putIfAbsent(name, at);
            if (first != null) {
                problems.add(new Problem(
                        Rule.DUPLICATE_KEY,
                        at,
                        "key '" + name + "' is already in line " + first.line() + "; remove one of them"));
                continue;
            }
            String child = YamlTree.child(pointer, name);
            object.set(name, convert(entry.getValueNode(), child, at, position(entry.getValueNode())));
        }
        return object;
    }

    private Optional<String> key(Node node, Position at) {
        if (Tag.MERGE.equals(node.getTag())) {
            problems.add(new Problem(
                    Rule.MERGE_KEY, at, "merge keys (<<) are not allowed; write the merged entries instead"));
            return Optional.empty();
        }
        if (!(node instanceof ScalarNode scalar)) {
            problems.add(new Problem(Rule.KEY_NOT_TEXT, at, "this key is a list or a map; write a plain word"));
            return Optional.empty();
        }
        return Optional.of(scalar.getValue());
    }

    private static Position position(Node node) {
        return position(node.getStartMark(), node.getEndMark());
    }

    private static Position position(Mark start, Mark end) {
        int length = start.getLine() == end.getLine() ? end.getColumn() - start.getColumn() : 1;
        return new Position(start.getLine() + 1, start.getColumn() + 1, length);
    }
}
