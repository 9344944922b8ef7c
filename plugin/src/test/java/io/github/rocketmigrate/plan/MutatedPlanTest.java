package io.github.rocketmigrate.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.run.PlanReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A valid plan in which one element is dropped, doubled, misspelled or retyped: reported at its line, or valid for a reason.
 *
 * <p>Longer than 300 lines: the reasons for which a mutant is valid stand beside the mutations.
 */
final class MutatedPlanTest {
    private static final Path PLAN = Path.of("../samples/plans/full.yaml");
    private static final long SEED = 20_261_121;
    private static final int ROUNDS = 4;

    @TempDir
    static Path folder;

    private final PlanReader reader = PlanReaders.offline(name -> Optional.empty(), LocalDate.of(2026, 11, 21));

    private enum Mutation {
        DROP,
        DOUBLE,
        MISSPELL_KEY,
        MISSPELL_VALUE,
        RETYPE;

        /** Each round of the others makes another mutant. */
        boolean isRandom() {
            return this != DROP && this != DOUBLE;
        }
    }

    /** Why a mutant is a plan as good as the one that it comes from. */
    private enum Reason {
        OPTIONAL(Mutation.DROP, """
                /source/cluster /source/credentials /source/tls
                /destination/cluster /destination/credentials /destination/tls /destination/profile
                /destination/clientAddresses /destination/maintenance
                /traffic/complete /traffic/freeze /batches/*/freeze /traffic/soak /batches/*/soak
                /traffic/gates /batches/*/gates /traffic/gates/*/for
                /defaults /defaults/topic /defaults/topic/queues /defaults/group /defaults/group/retries
                /batches/*/stage /batches/*/canary /batches/*/owner
                /batches/*/topics /batches/*/topics/*/queues /batches/*/topics/*/stage
                /batches/*/groups /batches/*/groups/*/retries
                /batches/*/waivers /batches/*/waivers/*/topics /batches/*/waivers/*/groups
                /ignoredTopics /ignoredGroups /assess /assess/answers"""),
        ONE_LESS(Mutation.DROP, """
                /source/nameServers/* /destination/clientAddresses/* /ignoredTopics/* /ignoredGroups/*
                /traffic/freeze/* /batches/*/freeze/* /traffic/gates/*
                /batches/* /batches/*/topics/* /batches/*/groups/* /batches/*/waivers/* /assess/answers/*"""),
        SAID_TWICE(Mutation.DOUBLE, """
                /source/nameServers/* /destination/nameServers/* /destination/clientAddresses/*
                /traffic/freeze/* /batches/*/freeze/* /batches/*/waivers/* /batches/*/waivers/*/topics/* /batches/*/waivers/*/groups/*"""),
        ANOTHER_NAME(Mutation.MISSPELL_VALUE, """
                /name /source/nameServers/* /source/cluster /source/credentials
                /destination/nameServers/* /destination/cluster /destination/credentials /destination/clientAddresses/*
                /traffic/gates/*/name /traffic/gates/*/prometheus /traffic/gates/*/url
                /batches/*/name /batches/*/topics/*/name /batches/*/groups/*/name /ignoredTopics/*/name /ignoredGroups/*/name"""),
        OTHER_WORDS(Mutation.MISSPELL_VALUE, """
                /traffic/gates/*/query
                /batches/*/owner /batches/*/waivers/*/owner /batches/*/waivers/*/reason
                /ignoredTopics/*/reason /ignoredGroups/*/reason
                /assess/answers/*/answer /assess/answers/*/owner"""),
        A_NUMBER_AS_TEXT(Mutation.RETYPE, """
                /traffic/gates/*/below /traffic/gates/*/above /traffic/gates/*/query
                /batches/*/owner /batches/*/waivers/*/owner /batches/*/waivers/*/reason
                /ignoredTopics/*/reason /ignoredGroups/*/reason
                /assess/answers/*/answer /assess/answers/*/owner""") {
            @Override
            boolean holdsFor(Mutant mutant) {
                return super.holdsFor(mutant) && mutant.now.equals("2.5");
            }
        };

        private final Mutation mutation;
        private final String pointers;

        Reason(Mutation mutation, String pointers) {
            this.mutation = mutation;
            this.pointers = pointers;
        }

        boolean holdsFor(Mutant mutant) {
            return mutant.mutation == mutation
                    && List.of(pointers.split("\\s+")).contains(mutant.pointer.replaceAll("/\\d+", "/*"));
        }
    }

    @Test
    void everyMutantIsReportedWhereItWasChangedOrValidForAReason() throws IOException {
        JsonNode plan = YamlReader.read(Files.readString(PLAN, UTF_8))
                .tree()
                .orElseThrow()
                .root();
        List<String> pointers = new ArrayList<>();
        collect(plan, "", pointers);
        Map<Mutation, Integer> reported = new EnumMap<>(Mutation.class);
        Map<Reason, Integer> valid = new EnumMap<>(Reason.class);
        for (String pointer : pointers) {
            for (Mutation mutation : Mutation.values()) {
                for (int round = 0; round < (mutation.isRandom() ? ROUNDS : 1); round++) {
                    Mutant mutant = new Mutant(plan, pointer, mutation, round);
                    if (!mutant.isChanged()) {
                        continue;
                    }
                    if (isReported(mutant)) {
                        reported.merge(mutation, 1, Integer::sum);
                    } else {
                        valid.merge(reason(mutant), 1, Integer::sum);
                    }
                }
            }
        }
        // A rule that is lost, or one that is too strict, moves mutants from one of these to the other.
        assertThat(reported)
                .isEqualTo(Map.of(
                        Mutation.DROP, 66,
                        Mutation.DOUBLE, 116,
                        Mutation.MISSPELL_KEY, 390,
                        Mutation.MISSPELL_VALUE, 139,
                        Mutation.RETYPE, 493));
        assertThat(valid)
                .isEqualTo(Map.of(
                        Reason.OPTIONAL, 39,
                        Reason.ONE_LESS, 21,
                        Reason.SAID_TWICE, 10,
                        Reason.ANOTHER_NAME, 96,
                        Reason.OTHER_WORDS, 34,
                        Reason.A_NUMBER_AS_TEXT, 11));
    }

    private static Reason reason(Mutant mutant) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.holdsFor(mutant))
                .findFirst()
                .orElseThrow(() -> new AssertionError(mutant.words() + " is not reported in\n" + mutant.text()));
    }

    private boolean isReported(Mutant mutant) throws IOException {
        Path file = Files.writeString(folder.resolve("mutant.yaml"), mutant.text(), UTF_8);
        List<Problem> errors = reader.read(file).problems().stream()
                .filter(problem -> problem.severity() == Severity.ERROR)
                .toList();
        if (errors.isEmpty()) {
            return false;
        }
        assertThat(errors)
                .describedAs("%s, expected at one of %s in%n%s", mutant.words(), mutant.lines, mutant.text())
                .anyMatch(problem -> mutant.lines.contains(problem.at().line()));
        return true;
    }

    private static void collect(JsonNode node, String pointer, List<String> pointers) {
        if (node.isObject()) {
            node.properties().forEach(entry -> {
                pointers.add(YamlTree.child(pointer, entry.getKey()));
                collect(entry.getValue(), YamlTree.child(pointer, entry.getKey()), pointers);
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                pointers.add(pointer + "/" + i);
                collect(node.get(i), pointer + "/" + i, pointers);
            }
        }
    }

    /** A plan with one element per line, one of which is changed. */
    private static final class Mutant {
        private final String pointer;
        private final Mutation mutation;
        private final int round;
        private final Random random;
        private final List<String> written = new ArrayList<>();
        /** The lines in one of which a problem is expected. */
        private final Set<Integer> lines = new TreeSet<>();
        /** What the element was, and what it is now; the same where nothing could be misspelled. */
        private String before = "";

        private String now = "";

        Mutant(JsonNode plan, String pointer, Mutation mutation, int round) {
            this.pointer = pointer;
            this.mutation = mutation;
            this.round = round;
            // Of its own, so that a new key in the sample leaves the mutants of others as they are.
            this.random = new Random(SEED + (pointer + mutation + round).hashCode());
            write(plan, "", "");
            // The problem may also be at a reference to the changed name.
            JsonNode old = plan.at(pointer);
            String name = old.isTextual()
                    ? old.asText()
                    : old.path("name").asText(old.path("id").asText());
            for (int i = 0; i < written.size() && !name.isEmpty(); i++) {
                if (written.get(i).contains('"' + name + '"')) {
                    lines.add(i + 1);
                }
            }
        }

        boolean isChanged() {
            return !now.equals(before);
        }

        String words() {
            return mutation + " of " + pointer + ", " + before + " → " + now;
        }

        String text() {
            return String.join("\n", written) + "\n";
        }

        private void write(JsonNode node, String at, String indent) {
            int first = written.size();
            boolean parent = pointer.substring(0, pointer.lastIndexOf('/')).equals(at);
            if (node instanceof ObjectNode object) {
                object.properties().forEach(entry -> {
                    String child = YamlTree.child(at, entry.getKey());
                    entry(entry.getKey() + ":", entry.getValue(), child, indent);
                });
            } else if (node instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    entry("-", array.get(i), at + "/" + i, indent);
                }
            }
            if (parent && mutation == Mutation.DROP) {
                // The element is gone: the problem is at its parent or at a sibling that needs it.
                for (int line = first; line <= written.size(); line++) {
                    lines.add(line);
                }
            }
        }

        private void entry(String label, JsonNode value, String at, String indent) {
            if (!at.equals(pointer)) {
                line(label, value, at, indent);
                return;
            }
            switch (mutation) {
                case DROP -> change(label, "");
                case DOUBLE -> {
                    change(label, label + " " + label);
                    line(label, value, at, indent);
                    lines.add(written.size() + 1);
                    line(label, value, at, indent);
                }
                case MISSPELL_KEY -> {
                    lines.add(written.size() + 1);
                    String wrong = label.equals("-") ? "-" : misspelled(label.replace(":", "")) + ":";
                    change(label, wrong);
                    line(wrong, value, at, indent);
                }
                case MISSPELL_VALUE -> {
                    lines.add(written.size() + 1);
                    JsonNode wrong =
                            value.isTextual() ? new ObjectMapper().valueToTree(misspelled(value.asText())) : value;
                    change(value.toString(), wrong.toString());
                    line(label, wrong, at, indent);
                }
                case RETYPE -> {
                    lines.add(written.size() + 1);
                    String[] others = value.isContainerNode()
                            ? new String[] {"\"text\"", "17", "true", "null"}
                            : new String[] {"[]", "{}", "2.5", "null"};
                    String other = others[round % others.length];
                    change(value.toString(), other);
                    written.add(indent + label + " " + other);
                }
            }
        }

        private void change(String from, String to) {
            before = from;
            now = to;
        }

        private void line(String label, JsonNode value, String at, String indent) {
            if (value.isContainerNode() && !value.isEmpty()) {
                written.add(indent + label);
                int before = written.size();
                write(value, at, indent + "  ");
                if (written.size() == before) {
                    written.set(before - 1, indent + label + (value.isArray() ? " []" : " {}"));
                }
            } else {
                written.add(indent + label + " " + value);
            }
        }

        private String misspelled(String word) {
            int at = random.nextInt(word.length());
            char wrong = (char) ('a' + random.nextInt(26));
            return word.substring(0, at) + wrong + word.substring(at + random.nextInt(2));
        }
    }
}
