package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.plan.PlanAdditions.Entries;
import io.github.rocketmigrate.plan.PlanAdditions.Entry;
import io.github.rocketmigrate.plan.PlanAdditions.NewBatch;
import io.github.rocketmigrate.plan.PlanLines.Flow;
import io.github.rocketmigrate.plan.YamlSpan.YamlKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds to the text of a plan, and keeps each of its characters: comments, blank lines, indentation and line breaks. The
 * additions are in flow style where they stand between brackets, else in block style.
 */
public final class PlanEditor {
    private static final String BATCHES = "batches";

    private final EditedText text;

    private PlanEditor(String text) {
        this.text = new EditedText(text);
    }

    /** A plan that cannot be edited without a change of what it says. */
    public static final class NotEditable extends Exception {
        private static final long serialVersionUID = 1L;

        NotEditable(String why) {
            super(why);
        }
    }

    /** An element to insert, in both styles. */
    private record Insertion(List<String> block, Flow flow) {
        static Insertion of(Entry entry) {
            return new Insertion(PlanLines.entry(entry), PlanLines.flow(entry));
        }

        static Insertion of(NewBatch batch) {
            return new Insertion(PlanLines.batch(batch), PlanLines.flow(batch));
        }

        static Insertion of(String key, List<Entry> entries) {
            return new Insertion(PlanLines.list(key, entries), PlanLines.flow(key, entries));
        }
    }

    /**
     * Adds to a plan without errors of form.
     *
     * @throws NotEditable if the result would not be the plan with the additions and nothing else
     */
    public static String add(String text, PlanAdditions additions) throws NotEditable {
        PlanEditor editor = new PlanEditor(text);
        editor.insert(additions);
        String edited = editor.text.edited();
        check(text, additions, edited);
        return edited;
    }

    private void insert(PlanAdditions additions) throws NotEditable {
        YamlSpan root = YamlSpan.of(text.original());
        Optional<YamlSpan> batches = root.value(BATCHES);
        for (Map.Entry<Integer, Entries> extended : additions.extended().entrySet()) {
            insert(batches.orElseThrow().parts().get(extended.getKey()), extended.getValue());
        }
        List<Insertion> added = additions.batches().stream().map(Insertion::of).toList();
        if (added.isEmpty()) {
            return;
        }
        if (batches.isPresent()) {
            insert(BATCHES, root, batches.get(), added);
        } else {
            insertKeys(
                    root,
                    List.of(new Insertion(
                            lines(List.of(BATCHES + ":"), blankBetween(added), "  "),
                            new Flow(lines(List.of(BATCHES + ": ["), PlanLines.flow(flows(added)), "  "), "]", ""))));
        }
    }

    private static List<Flow> flows(List<Insertion> elements) {
        return elements.stream().map(Insertion::flow).toList();
    }

    private static List<String> lines(List<String> first, List<String> others, String indent) {
        List<String> lines = new ArrayList<>(first);
        others.forEach(line -> lines.add(line.isEmpty() ? "" : indent + line));
        return lines;
    }

    /** Elements in block style; batches have blank lines between them. */
    private static List<String> blankBetween(List<Insertion> elements) {
        List<String> lines = new ArrayList<>();
        for (Insertion element : elements) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(element.block());
        }
        return lines;
    }

    private void insert(YamlSpan batch, Entries entries) throws NotEditable {
        if (batch.kind() != YamlKind.MAP) {
            throw new NotEditable("the batch in line " + text.line(batch.start()) + " is an alias");
        }
        List<Insertion> missing = new ArrayList<>();
        insert("topics", batch, entries.topics(), missing);
        insert("groups", batch, entries.groups(), missing);
        if (!missing.isEmpty()) {
            insertKeys(batch, missing);
        }
    }

    private void insert(String key, YamlSpan batch, List<Entry> entries, List<Insertion> missing) throws NotEditable {
        if (entries.isEmpty()) {
            return;
        }
        Optional<YamlSpan> list = batch.value(key);
        if (list.isPresent()) {
            insert(key, batch, list.get(), entries.stream().map(Insertion::of).toList());
        } else {
            missing.add(Insertion.of(key, entries));
        }
    }

    /** Appends to a list, which may be empty or not begun yet. */
    private void insert(String key, YamlSpan map, YamlSpan list, List<Insertion> added) throws NotEditable {
        int keyColumn = text.column(map.key(key).orElseThrow().start());
        boolean isBatches = key.equals(BATCHES);
        List<String> block = isBatches
                ? blankBetween(added)
                : added.stream().flatMap(element -> element.block().stream()).toList();
        if (list.kind() == YamlKind.LIST && list.isFlow()) {
            insertFlow(list, flows(added));
        } else if (list.kind() == YamlKind.LIST) {
            List<String> lines = isBatches ? lines(List.of(""), block, "") : block;
            insertBlock(text.behind(list.end(), keyColumn + 1), dashColumn(list), lines);
        } else if (list.isAbsent() && !map.isFlow()) {
            insertBlock(text.behind(list.end(), keyColumn + 1), keyColumn + 2, block);
        } else {
            throw new NotEditable("the list of '" + key + "' in line " + text.line(list.start())
                    + (list.kind() == YamlKind.ALIAS ? " is an alias" : " is not a list"));
        }
    }

    /** Appends keys to a map. */
    private void insertKeys(YamlSpan map, List<Insertion> keys) {
        if (map.isFlow()) {
            insertFlow(map, flows(keys));
        } else {
            int column = text.column(map.parts().get(0).start());
            insertBlock(
                    text.behind(map.end(), Math.max(1, column)),
                    column,
                    keys.stream().flatMap(key -> key.block().stream()).toList());
        }
    }

    /** The column of the dash before each entry of a list, which may begin with an anchor, a tag or a comment. */
    private int dashColumn(YamlSpan list) throws NotEditable {
        String original = text.original();
        int at = list.start();
        while (original.charAt(at) != '-') {
            char c = original.charAt(at);
            if (c == '#') {
                at = text.endOfLine(at);
            } else if (c == '&' || c == '!') {
                while (!Character.isWhitespace(original.charAt(at))) {
                    at++;
                }
            } else if (Character.isWhitespace(c)) {
                at++;
            } else {
                throw new NotEditable("the list in line " + text.line(list.start()) + " begins in an unusual way");
            }
        }
        return text.column(at);
    }

    private void insertBlock(int at, int column, List<String> lines) {
        String indent = " ".repeat(column);
        StringBuilder block = new StringBuilder();
        boolean isBehindLine = text.isBehindLastLine(at);
        for (String line : lines) {
            String whole = line.isEmpty() ? "" : indent + line;
            block.append(isBehindLine ? text.lineBreak() + whole : whole + text.lineBreak());
        }
        text.insert(at, block.toString());
    }

    private void insertFlow(YamlSpan collection, List<Flow> elements) {
        String indent = " ".repeat(text.indentation(collection.start()) + 2);
        if (collection.parts().isEmpty()) {
            int bracket = collection.end() - 1;
            insertLines(text.isFirst(bracket) ? text.startOfLine(bracket) : bracket, indent, elements);
            return;
        }
        int behind = collection.parts().get(collection.parts().size() - 1).end();
        int next = behind;
        while (Character.isWhitespace(text.original().charAt(next))) {
            next++;
        }
        if (text.original().charAt(next) == ',') {
            behind = next + 1;
        } else {
            text.insert(behind, ",");
        }
        String rest = text.original().substring(behind, text.endOfLine(behind)).strip();
        boolean isLast = rest.isEmpty() || rest.startsWith("#");
        int first = collection.parts().get(0).start();
        insertLines(
                isLast ? text.endOfLine(behind) : behind,
                text.isFirst(first) ? " ".repeat(text.column(first)) : indent,
                elements);
    }

    /** Inserts whole lines at the beginning of a line, and else breaks the line. */
    private void insertLines(int at, String indent, List<Flow> elements) {
        StringBuilder lines = new StringBuilder();
        boolean isInLine = text.startOfLine(at) != at;
        PlanLines.flow(elements)
                .forEach(line -> lines.append(indent).append(line).append(text.lineBreak()));
        text.insert(at, isInLine ? text.lineBreak() + lines + indent : lines.toString());
    }

    /** Reads the text before and after: the difference must be the additions. */
    private static void check(String text, PlanAdditions additions, String edited) throws NotEditable {
        int bytes = edited.getBytes(UTF_8).length;
        if (bytes > SourceText.MOST_BYTES) {
            throw new NotEditable("it would have " + bytes + " bytes (limit " + SourceText.MOST_BYTES + ")");
        }
        YamlReader.YamlReading before = YamlReader.read(text);
        YamlReader.YamlReading after = YamlReader.read(edited);
        JsonNode expected = before.tree().orElseThrow().root().deepCopy();
        add(additions, (ObjectNode) expected);
        boolean isExact =
                after.tree().filter(tree -> tree.root().equals(expected)).isPresent()
                        && after.problems().size() == before.problems().size();
        if (!isExact) {
            throw new NotEditable("its lists are written in an unusual way: the edited text would not be the plan with"
                    + " the additions and nothing else");
        }
    }

    private static void add(PlanAdditions additions, ObjectNode plan) {
        additions
                .extended()
                .forEach((index, entries) ->
                        add(entries, (ObjectNode) plan.path(BATCHES).path(index)));
        if (!additions.batches().isEmpty()) {
            ArrayNode batches = list(plan, BATCHES);
            additions
                    .batches()
                    .forEach(batch -> add(batch.entries(), batches.addObject().put("name", batch.name())));
        }
    }

    private static void add(Entries entries, ObjectNode batch) {
        add(entries.topics(), "topics", batch);
        add(entries.groups(), "groups", batch);
    }

    private static void add(List<Entry> entries, String key, ObjectNode batch) {
        for (Entry entry : entries) {
            ObjectNode object = list(batch, key).addObject().put("name", entry.name());
            entry.words().forEach(object::put);
        }
    }

    private static ArrayNode list(ObjectNode object, String key) {
        return object.path(key) instanceof ArrayNode list ? list : object.putArray(key);
    }
}
