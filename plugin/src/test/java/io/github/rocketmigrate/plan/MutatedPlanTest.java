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
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drops, doubles, misspells or retypes one element of a valid plan: the plan is still valid, or the problem names the line. */
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
        RETYPE
    }

    @Test
    void everyMutantIsValidOrReportedAtItsLine() throws IOException {
        JsonNode plan = YamlReader.read(Files.readString(PLAN, UTF_8))
                .tree()
                .orElseThrow()
                .root();
        List<String> pointers = new ArrayList<>();
        collect(plan, "", pointers);
        Random random = new Random(SEED);
        int reported = 0;
        int mutants = 0;
        for (String pointer : pointers) {
            for (Mutation mutation : Mutation.values()) {
                for (int round = 0; round < ROUNDS; round++) {
                    Mutant mutant = new Mutant(plan, pointer, mutation, random);
                    mutants++;
                    reported += isReported(mutant) ? 1 : 0;
                }
            }
        }
        assertThat(mutants).isGreaterThan(1_000);
        assertThat(reported).describedAs("of %d mutants", mutants).isGreaterThan(mutants / 2);
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
                .describedAs(
                        "%s of %s, expected at one of %s in%n%s",
                        mutant.mutation, mutant.pointer, mutant.lines, mutant.text())
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
        private final Random random;
        private final List<String> written = new ArrayList<>();
        /** The lines in one of which a problem is expected. */
        private final Set<Integer> lines = new TreeSet<>();

        Mutant(JsonNode plan, String pointer, Mutation mutation, Random random) {
            this.pointer = pointer;
            this.mutation = mutation;
            this.random = random;
            write(plan, "", "");
            // The problem may also be at a reference to the changed name.
            JsonNode old = plan.at(pointer);
            String name = old.isTextual() ? old.asText() : old.path("name").asText();
            for (int i = 0; i < written.size() && !name.isEmpty(); i++) {
                if (written.get(i).contains('"' + name + '"')) {
                    lines.add(i + 1);
                }
            }
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
                case DROP -> {}
                case DOUBLE -> {
                    line(label, value, at, indent);
                    lines.add(written.size() + 1);
                    line(label, value, at, indent);
                }
                case MISSPELL_KEY -> {
                    lines.add(written.size() + 1);
                    line(label.equals("-") ? "-" : misspelled(label.replace(":", "")) + ":", value, at, indent);
                }
                case MISSPELL_VALUE -> {
                    lines.add(written.size() + 1);
                    line(
                            label,
                            value.isTextual() ? new ObjectMapper().valueToTree(misspelled(value.asText())) : value,
                            at,
                            indent);
                }
                case RETYPE -> {
                    lines.add(written.size() + 1);
                    String[] others = value.isContainerNode()
                            ? new String[] {"\"text\"", "17", "true", "null"}
                            : new String[] {"[]", "{}", "2.5", "null"};
                    written.add(indent + label + " " + others[random.nextInt(others.length)]);
                }
            }
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
