package io.github.rocketmigrate.discover;

import static io.github.rocketmigrate.plan.PlanLines.comment;
import static io.github.rocketmigrate.plan.PlanLines.value;
import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.plan.PlanAdditions.Entries;
import io.github.rocketmigrate.plan.PlanAdditions.Entry;
import io.github.rocketmigrate.plan.PlanAdditions.NewBatch;
import io.github.rocketmigrate.plan.PlanLines;
import io.github.rocketmigrate.plan.PlanReader;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes the text of a plan in block style, with a comment behind each value that was inferred. */
public final class PlanDraft {
    /** Stands for a value that the user has to decide; {@code validate} refuses it with the comment behind it. */
    private static final String SCHEMA = "https://rocketmigrate.github.io/schema/migration-plan-1.json";

    private static final int MOST_REASONS = 5;
    /** The name of a plan has up to 100 characters. */
    private static final int LONGEST_CLUSTER = 80;

    private final ClusterAddress source;
    private final ClusterAddress destination;
    private final Optional<String> settingsOf;

    public PlanDraft(ClusterAddress source, ClusterAddress destination) {
        this(source, destination, Optional.empty());
    }

    /**
     * A plan that may have been written without a running source.
     *
     * @param settingsOf the goal that wrote it, and what the goal read
     */
    public PlanDraft(ClusterAddress source, ClusterAddress destination, Optional<String> settingsOf) {
        this.settingsOf = requireNonNull(settingsOf, "settingsOf is null");
        this.source = requireNonNull(source, "source is null");
        this.destination = requireNonNull(destination, "destination is null");
    }

    /** The beginning of a plan, with its clusters and no topic: enough to connect. */
    public String head(String name) {
        return head(name, true);
    }

    private String head(String name, boolean hasOpen) {
        StringBuilder text = new StringBuilder();
        line(text, "# yaml-language-server: $schema=" + SCHEMA);
        if (settingsOf.isPresent()) {
            line(text, "# Written by " + Printable.of(settingsOf.get()) + (hasOpen ? ". Decide every TODO." : "."));
            line(
                    text,
                    "# Neither messages nor clients were read, so nothing is known of what couples topics and groups. To learn");
            line(text, "# more, run migrate:discover with the running source.");
        } else {
            line(
                    text,
                    "# Written by migrate:discover. "
                            + (hasOpen
                                    ? "Decide every TODO, and read the evidence behind the other values."
                                    : "Read the evidence behind the values."));
            line(
                    text,
                    "# Values that are certain come from brokers and running clients. Likely values come from a sample, which may");
            line(text, "# miss rare messages.");
        }
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

    /** Stages need a running source: a plan from files can be compared only without them. */
    private void traffic(StringBuilder text) {
        if (settingsOf.isPresent()) {
            line(
                    text,
                    "# If topics are to move, add \"traffic: { routing: join }\" before the first apply. Without it, apply only");
            line(text, "# creates topics and groups at the destination.");
        } else {
            line(
                    text,
                    "# A topic moves only after you have set another stage than source, which is the default. If this plan is only to");
            line(text, "# create topics and groups at the destination, remove the key traffic before the first apply.");
            line(text, "traffic: { routing: join }");
        }
    }

    /** The whole plan. */
    public String text(Discovery discovery) {
        StringBuilder text = new StringBuilder(head(name(discovery.cluster()), discovery.hasOpen()));
        line(text, "");
        traffic(text);
        line(text, "");
        line(
                text,
                "# Give each batch an owner, such as \"owner: team-orders\": plan addresses to owners what they have to do.");
        line(text, "batches:");
        boolean isFirst = true;
        for (ProposedBatch batch : discovery.batches()) {
            if (!isFirst) {
                line(text, "");
            }
            isFirst = false;
            PlanLines.batch(batch(batch, discovery)).forEach(batchLine -> line(text, "  " + batchLine));
        }
        return text.toString();
    }

    /** Several migrations may begin at a cluster of this name: it is everybody's default. */
    private static String name(String cluster) {
        return cluster.substring(0, Math.min(LONGEST_CLUSTER, cluster.length())) + "-migration";
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

    /** A batch as a plan has it. */
    static NewBatch batch(ProposedBatch batch, Discovery discovery) {
        List<String> comments =
                new ArrayList<>(batch.reasons().stream().limit(MOST_REASONS).toList());
        int others = batch.reasons().size() - comments.size();
        if (others > 0) {
            comments.add("and " + Counts.of(others, "more reason") + " in inference.json");
        }
        return new NewBatch(
                batch.name(),
                comments,
                new Entries(
                        batch.topics().stream()
                                .map(topic -> topic(topic, discovery))
                                .toList(),
                        batch.groups().stream()
                                .map(group -> group(group, discovery))
                                .toList()));
    }

    static Entry topic(String name, Discovery discovery) {
        return entry(name, "type", discovery.types().get(name));
    }

    static Entry group(String name, Discovery discovery) {
        return entry(name, "order", discovery.orders().get(name));
    }

    private static <T> Entry entry(String name, String key, Inference<T> inference) {
        return new Entry(
                name,
                Map.of(key, inference.value().map(Object::toString).orElse(PlanReader.UNDECIDED)),
                inference.value().isPresent()
                        ? inference.confidence().word() + ": " + inference.evidence()
                        : inference.evidence());
    }

    private static void line(StringBuilder text, String line) {
        text.append(line).append('\n');
    }
}
