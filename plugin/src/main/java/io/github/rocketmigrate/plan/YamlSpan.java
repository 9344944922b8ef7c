package io.github.rocketmigrate.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The place of an element in the text of a plan. SnakeYAML's nodes know no place of an alias, and their lists and maps in
 * block style end where the next element begins; this one ends with the last character that belongs to it.
 *
 * @param isFlow whether it stands between brackets
 * @param start the index of its first character, an anchor included
 * @param end the index behind its last character
 * @param scalar the text of a scalar, else empty
 * @param parts the entries of a list; the keys and values of a map by turns
 */
record YamlSpan(YamlKind kind, boolean isFlow, int start, int end, String scalar, List<YamlSpan> parts) {
    YamlSpan {
        parts = List.copyOf(parts);
    }

    /** What an element is. */
    enum YamlKind {
        SCALAR,
        LIST,
        MAP,
        ALIAS
    }

    /** The root of a text that {@link YamlReader} could read. */
    static YamlSpan of(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE);
        Reading reading = new Reading(text, new ParserImpl(new StreamReader(text), options));
        while (!(reading.events.peekEvent() instanceof NodeEvent)) {
            reading.events.getEvent();
        }
        return reading.next();
    }

    /** Whether nothing is written where the value belongs. */
    boolean isAbsent() {
        return kind == YamlKind.SCALAR && start == end;
    }

    /** The key of a map with this name. */
    Optional<YamlSpan> key(String name) {
        return index(name).map(parts::get);
    }

    /** The value of a map's key. */
    Optional<YamlSpan> value(String name) {
        return index(name).map(i -> parts.get(i + 1));
    }

    private Optional<Integer> index(String name) {
        for (int i = 0; kind == YamlKind.MAP && i < parts.size(); i += 2) {
            if (parts.get(i).kind == YamlKind.SCALAR && parts.get(i).scalar.equals(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private static final class Reading {
        private final String text;
        private final Parser events;
        /** Of the mark that was last asked for; the next one is near. */
        private int codePoint;

        private int index;

        Reading(String text, Parser events) {
            this.text = text;
            this.events = events;
        }

        YamlSpan next() {
            Event event = events.getEvent();
            if (event instanceof CollectionStartEvent collection) {
                return collection(collection);
            }
            int start = index(event.getStartMark());
            int end = index(event.getEndMark());
            // The mark behind a text of several lines is at the beginning of a later line.
            while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
                end--;
            }
            return event instanceof AliasEvent
                    ? new YamlSpan(YamlKind.ALIAS, false, start, end, "", List.of())
                    : new YamlSpan(YamlKind.SCALAR, false, start, end, ((ScalarEvent) event).getValue(), List.of());
        }

        private YamlSpan collection(CollectionStartEvent event) {
            YamlKind kind = event instanceof MappingStartEvent ? YamlKind.MAP : YamlKind.LIST;
            boolean isFlow = event.getFlowStyle() == FlowStyle.FLOW;
            List<YamlSpan> parts = new ArrayList<>();
            while (events.peekEvent() instanceof NodeEvent) {
                parts.add(next());
            }
            int end = index(events.getEvent().getEndMark());
            return new YamlSpan(
                    kind,
                    isFlow,
                    index(event.getStartMark()),
                    isFlow || parts.isEmpty()
                            ? end
                            : parts.get(parts.size() - 1).end(),
                    "",
                    parts);
        }

        /** Marks count characters outside of the basic plane once, and strings twice. */
        private int index(Mark mark) {
            index = text.offsetByCodePoints(index, mark.getIndex() - codePoint);
            codePoint = mark.getIndex();
            return index;
        }
    }
}
