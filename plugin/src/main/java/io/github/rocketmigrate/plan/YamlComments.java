package io.github.rocketmigrate.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CommentEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** The comments that stand behind values, by line. */
final class YamlComments {
    private final Map<Integer, String> byLine = new HashMap<>();

    private YamlComments() {}

    /** Reads the comments of a text that is YAML. */
    static YamlComments of(String text) {
        YamlComments comments = new YamlComments();
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        options.setCodePointLimit(Integer.MAX_VALUE);
        Parser parser = new ParserImpl(new StreamReader(text), options);
        try {
            while (parser.peekEvent() != null) {
                if (parser.getEvent() instanceof CommentEvent comment
                        && comment.getCommentType() == CommentType.IN_LINE) {
                    comments.byLine.put(
                            comment.getStartMark().getLine() + 1,
                            comment.getValue().strip());
                }
            }
        } catch (YAMLException e) {
            // The text was read without its comments before; SnakeYAML refuses comments in some places.
            return comments;
        }
        return comments;
    }

    /** The comment at the end of a line. */
    Optional<String> behind(int line) {
        return Optional.ofNullable(byLine.get(line)).filter(comment -> !comment.isEmpty());
    }
}
