package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Who has the right to change a cluster, as name servers keep it.
 *
 * @param id of the run
 * @param page of the pipeline's run, if there is one
 * @param since when, by the holder's clock
 * @param beat how often the holder has shown life
 */
public record LeaseNote(String id, String holder, String machine, Optional<String> page, String since, long beat) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public LeaseNote {
        requireNonNull(id, "id is null");
        requireNonNull(holder, "holder is null");
        requireNonNull(machine, "machine is null");
        requireNonNull(page, "page is null");
        requireNonNull(since, "since is null");
    }

    /**
     * Notes a run that begins now.
     *
     * @param random gives it an id that no other run has
     */
    public static LeaseNote of(Origin origin, Instant now, RandomGenerator random) {
        return new LeaseNote(
                HexFormat.of().toHexDigits(random.nextInt()),
                origin.actor(),
                origin.machine(),
                origin.page(),
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                0);
    }

    public LeaseNote moved() {
        return new LeaseNote(id, holder, machine, page, since, beat + 1);
    }

    public String text() {
        ObjectNode node = JSON.createObjectNode()
                .put("id", id)
                .put("holder", holder)
                .put("machine", machine)
                .put("since", since)
                .put("beat", beat);
        page.ifPresent(it -> node.put("page", it));
        return node.toString();
    }

    /** Reads one; nothing where there is none, or something that nobody can have written as one. */
    public static Optional<LeaseNote> parse(String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(text);
            return node.path("id").isTextual()
                    ? Optional.of(new LeaseNote(
                            node.path("id").asText(),
                            node.path("holder").asText(),
                            node.path("machine").asText(),
                            Optional.ofNullable(node.get("page")).map(JsonNode::asText),
                            node.path("since").asText(),
                            node.path("beat").asLong()))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** In words for people. */
    public String words() {
        return new Origin(holder, machine, Optional.empty(), page).words() + ", since " + since + ", lease " + id;
    }
}
