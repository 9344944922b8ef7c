package io.github.rocketmigrate.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.github.rocketmigrate.plan.PlanAdditions.Entry;
import io.github.rocketmigrate.plan.PlanAdditions.NewBatch;
import io.github.rocketmigrate.text.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes batches, topics and groups as lines of YAML, without the indentation that their place has. Each is written in
 * block style or, for a place between brackets, in flow style.
 */
public final class PlanLines {
    /** Text that YAML reads as text, unless it is one of the words for other values. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private static final StringQuotingChecker WORDS = new StringQuotingChecker.Default();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DEEPER = "  ";

    private PlanLines() {}

    /**
     * An element in flow style.
     *
     * @param last the end of its last line, with its comment; a comma stands before the comment
     */
    record Flow(List<String> lines, String last, String comment) {
        List<String> text(boolean isLast) {
            List<String> text = new ArrayList<>(lines);
            text.add(last + (isLast ? "" : ",") + comment);
            return text;
        }
    }

    /** A batch as an entry of a list. */
    public static List<String> batch(NewBatch batch) {
        List<String> lines = new ArrayList<>();
        lines.add("- name: " + value(batch.name()));
        batch.comments().forEach(comment -> lines.add(DEEPER + "# " + Printable.of(comment)));
        lists(batch).forEach((key, entries) -> lines.addAll(deeper(list(key, entries))));
        return lines;
    }

    /** A key with its list. */
    static List<String> list(String key, List<Entry> entries) {
        List<String> lines = new ArrayList<>(List.of(key + ":"));
        entries.forEach(entry -> lines.addAll(deeper(entry(entry))));
        return lines;
    }

    /** A topic or a group as an entry of a list. */
    static List<String> entry(Entry entry) {
        List<String> lines = new ArrayList<>(List.of("- name: " + value(entry.name())));
        String comment = comment(entry.comment());
        for (Map.Entry<String, String> word : entry.words().entrySet()) {
            lines.add(DEEPER + word.getKey() + ": " + word.getValue() + comment);
            comment = "";
        }
        return lines;
    }

    static Flow flow(Entry entry) {
        StringBuilder text = new StringBuilder("{ name: " + value(entry.name()));
        entry.words()
                .forEach((key, word) ->
                        text.append(", ").append(key).append(": ").append(word));
        return new Flow(List.of(), text.append(" }").toString(), comment(entry.comment()));
    }

    static Flow flow(String key, List<Entry> entries) {
        List<String> lines = new ArrayList<>(List.of(key + ": ["));
        lines.addAll(deeper(flow(entries.stream().map(PlanLines::flow).toList())));
        return new Flow(lines, "]", "");
    }

    static Flow flow(NewBatch batch) {
        List<String> lines = new ArrayList<>(List.of("{ name: " + value(batch.name()) + ","));
        batch.comments().forEach(comment -> lines.add(DEEPER + "# " + Printable.of(comment)));
        List<Flow> lists = new ArrayList<>();
        lists(batch).forEach((key, entries) -> lists.add(flow(key, entries)));
        lines.addAll(deeper(flow(lists)));
        String last = lines.remove(lines.size() - 1);
        return new Flow(lines, last + " }", "");
    }

    /** Elements between brackets. */
    static List<String> flow(List<Flow> elements) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            lines.addAll(elements.get(i).text(i == elements.size() - 1));
        }
        return lines;
    }

    private static Map<String, List<Entry>> lists(NewBatch batch) {
        Map<String, List<Entry>> lists = new LinkedHashMap<>();
        lists.put("topics", batch.entries().topics());
        lists.put("groups", batch.entries().groups());
        lists.values().removeIf(List::isEmpty);
        return lists;
    }

    private static List<String> deeper(List<String> lines) {
        return lines.stream().map(line -> DEEPER + line).toList();
    }

    /** Some text as a comment behind a value. */
    public static String comment(String text) {
        return text.isEmpty() ? "" : "   # " + Printable.of(text);
    }

    /** Some text as a value, in quotes where YAML would read something else. */
    public static String value(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.needToQuoteValue(text)) {
            return text;
        }
        try {
            // Text in JSON is text in YAML.
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
