package io.github.rocketmigrate.discover;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.regex.Pattern;

/** Writes the text of a plan in block style, with a comment behind each value that was inferred. */
public final class PlanDraft {
    /** Stands for a value that the user has to decide; {@code validate} refuses it with the comment behind it. */
    private static final String TODO = "TODO";

    private static final String SCHEMA = "https://rocketmigrate.github.io/schema/migration-plan-1.json";

    /** Text that YAML reads as text, unless it is one of the words for other values. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_-]*");

    private static final StringQuotingChecker WORDS = new StringQuotingChecker.Default();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_REASONS = 5;

    private final ClusterAddress source;
    private final ClusterAddress destination;

    public PlanDraft(ClusterAddress source, ClusterAddress destination) {
        this.source = requireNonNull(source, "source is null");
        this.destination = requireNonNull(destination, "destination is null");
    }

    /** The beginning of a plan, with its clusters and no topic: enough to connect. */
    public String head(String name) {
        StringBuilder text = new StringBuilder();
        line(text, "# yaml-language-server: $schema=" + SCHEMA);
        line(text, "# Written by migrate:discover. Decide every TODO, and read the evidence behind the other values.");
        line(
                text,
                "# Values that are certain come from brokers and running clients. Likely values come from a sample, which may");
        line(text, "# miss rare messages.");
        line(text, "version: 1");
        line(
                text,
                "name: " + value(name) + comment("appears in reports and records: choose it before the first apply"));
        line(text, "");
        cluster(text, "source", source);
        line(text, "");
        cluster(text, "destination", destination);
        return text.toString();
    }

    /** The whole plan. */
    public String text(Discovery discovery) {
        StringBuilder text = new StringBuilder(head(discovery.cluster()));
        line(text, "");
        line(text, "# Without the key traffic, only topics and groups are created at the destination.");
        line(text, "batches:");
        boolean isFirst = true;
        for (ProposedBatch batch : discovery.batches()) {
            if (!isFirst) {
                line(text, "");
            }
            isFirst = false;
            batch(text, batch, discovery);
        }
        return text.toString();
    }

    private static void cluster(StringBuilder text, String side, ClusterAddress cluster) {
        line(text, side + ":");
        line(text, "  nameServers:" + comment(cluster.comment()));
        cluster.nameServers().forEach(address -> line(text, "    - " + value(address)));
        cluster.cluster().ifPresent(name -> line(text, "  cluster: " + value(name)));
        cluster.credentials().ifPresent(id -> line(text, "  credentials: " + value(id)));
        // Not a text: true, false or a word.
        cluster.tls().ifPresent(tls -> line(text, "  tls: " + tls));
    }

    private static void batch(StringBuilder text, ProposedBatch batch, Discovery discovery) {
        line(text, "  - name: " + value(batch.name()));
        List<String> reasons = batch.reasons();
        reasons.stream().limit(MOST_REASONS).forEach(reason -> line(text, "    # " + safe(reason)));
        if (reasons.size() > MOST_REASONS) {
            line(text, "    # and " + Counts.of(reasons.size() - MOST_REASONS, "more reason") + " in inference.json");
        }
        objects(text, "topics", "type", batch.topics(), discovery.types());
        objects(text, "groups", "order", batch.groups(), discovery.orders());
    }

    private static <T> void objects(
            StringBuilder text,
            String list,
            String key,
            SortedSet<String> names,
            SortedMap<String, Inference<T>> inferences) {
        if (names.isEmpty()) {
            return;
        }
        line(text, "    " + list + ":");
        for (String name : names) {
            Inference<T> inference = inferences.get(name);
            line(text, "      - name: " + value(name));
            line(text, "        " + key + ": " + answer(inference));
        }
    }

    private static <T> String answer(Inference<T> inference) {
        return inference.value().isPresent()
                ? inference.value().get() + comment(inference.confidence().word() + ": " + inference.evidence())
                : TODO + comment(inference.evidence());
    }

    private static String comment(String text) {
        return "   # " + safe(text);
    }

    /** Text of clusters in one line. */
    private static String safe(String text) {
        return Printable.of(text);
    }

    private static String value(String text) {
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

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
