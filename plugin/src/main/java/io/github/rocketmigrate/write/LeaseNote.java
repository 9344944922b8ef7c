package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The holder of a lease, as name servers store it.
 *
 * @param id the id of the run
 * @param page the address of the pipeline's run
 * @param since when the run began, by its own clock
 * @param beat the number of heartbeats so far
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
     * Makes the note of a run that begins now.
     *
     * @param random makes the id of the run
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
        return moved(1);
    }

    /** The note after some more heartbeats, or after the time of as many. */
    LeaseNote moved(long beats) {
        return new LeaseNote(id, holder, machine, page, since, beat + beats);
    }

    /** The note of a cluster's lease, if some name server has one; the newest heartbeat counts. */
    public static Optional<LeaseNote> of(String cluster, Map<String, Map<String, String>> notes) {
        String key = LeaseNotes.key(cluster);
        return notes.values().stream()
                .flatMap(ofOne -> Stream.ofNullable(ofOne.get(key)))
                .distinct()
                .flatMap(text -> parse(text).stream())
                .max(Comparator.comparing(LeaseNote::beat));
    }

    /** When the run began; empty if the note does not say it. */
    public Optional<Instant> begin() {
        try {
            return Optional.of(Instant.parse(since));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Whether the holder seems to be alive: its heartbeats reach until a term ago. The clocks of the holder and of this
     * machine may differ, so only {@link LeaseRequest} decides.
     */
    public boolean seemsAlive(Instant now, Lease.Terms terms) {
        return lastBeat(terms)
                .map(at -> at.plus(terms.term()))
                .filter(now::isAfter)
                .isEmpty();
    }

    private Optional<Instant> lastBeat(Lease.Terms terms) {
        return begin().map(at -> at.plus(terms.beat().multipliedBy(beat)));
    }

    /** How old the last heartbeat is, which the note does not hold, and what this means: a sentence without its full stop. */
    public String lastHeartbeat(Instant now, Lease.Terms terms) {
        Optional<Duration> age = lastBeat(terms).map(at -> Duration.between(at, now));
        if (age.isEmpty()) {
            return "The time of its last heartbeat is unknown";
        }
        if (age.get().plus(terms.beat()).isNegative()) {
            return "Its last heartbeat is in the future: its clock or that of this machine is wrong";
        }
        Duration passed = age.get().isNegative() ? Duration.ZERO : age.get();
        return "Last heartbeat " + Counts.span(passed) + " ago (one every " + Counts.span(terms.beat()) + ")"
                + (seemsAlive(now, terms) ? "" : ": it is probably dead");
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

    /** Parses a note; empty if there is none, or if the text is not a note. */
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

    /** Describes the holder for people. */
    public String words() {
        return whose() + ", since " + since + ", lease " + id;
    }

    /** The user and the machine of the run, and its pipeline. */
    public String whose() {
        return new Origin(holder, machine, Optional.empty(), page).words();
    }
}
