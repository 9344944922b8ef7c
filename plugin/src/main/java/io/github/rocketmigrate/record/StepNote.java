package io.github.rocketmigrate.record;

import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Standing;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Formats the note that a run keeps at the destination's name servers of the steps that it has begun, in as many parts as
 * it needs. It is the evidence that permissions at no stage are a step of ours, and not somebody else's.
 */
public final class StepNote {
    private static final String PREFIX = "steps:";
    /** Of the note that a run without the destination leaves in the copy of the record. */
    private static final String OPENINGS = "openings:";

    private static final String SEPARATOR = ",";
    private static final char IS = '=';
    private static final char SIDES = '/';
    private static final char FENCE = '!';
    private static final char SINCE = '@';
    private static final Pattern STEP = Pattern.compile("([0246]+)/([0246]+)(!?)([sd]?)(?:@([0-9]{1,12}))?");

    private StepNote() {}

    /** The length of the plan's name keeps the keys of all plans different. */
    private static String prefix(String kind, String plan) {
        return kind + plan.length() + ":" + plan + ":";
    }

    /** All parts of the note, by key; none if no step has begun. */
    public static Map<String, String> all(String plan, SortedMap<String, BegunStep> steps) {
        return parts(prefix(PREFIX, plan), steps);
    }

    /** All parts of the note of topics that a run opens at the source while the destination is down. */
    public static Map<String, String> ofOpenings(String plan, SortedMap<String, BegunStep> steps) {
        return parts(prefix(OPENINGS, plan), steps);
    }

    private static Map<String, String> parts(String prefix, SortedMap<String, BegunStep> steps) {
        Map<String, String> parts = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        steps.forEach((topic, step) -> {
            String entry = topic + IS + text(step);
            if (text.length() + SEPARATOR.length() + entry.length() > RecordFormat.LONGEST) {
                parts.put(prefix + parts.size(), text.toString());
                text.setLength(0);
            }
            text.append(text.isEmpty() ? "" : SEPARATOR).append(entry);
        });
        if (!text.isEmpty()) {
            parts.put(prefix + parts.size(), text.toString());
        }
        return parts;
    }

    private static String text(BegunStep step) {
        return digits(step.places().source())
                + SIDES
                + digits(step.places().destination())
                + (step.fence() ? FENCE : "")
                + step.paused().map(StepNote::mark).orElse("")
                + step.unanswered()
                        .map(at -> SINCE + Long.toString(at.getEpochSecond()))
                        .orElse("");
    }

    private static String mark(Side side) {
        return side.word().substring(0, 1);
    }

    /** The bits of each permission, as RocketMQ writes them. */
    private static String digits(Set<Access> accesses) {
        StringBuilder digits = new StringBuilder();
        accesses.forEach(access -> digits.append(access.inPermission(0)));
        return digits.toString();
    }

    /**
     * The steps that runs of a plan have begun, by topic, also without the destination.
     *
     * @param notes by name server and key
     */
    public static SortedMap<String, BegunStep> read(String plan, Map<String, Map<String, String>> notes) {
        SortedMap<String, BegunStep> steps = read(notes, prefix(PREFIX, plan));
        openings(plan, notes).forEach((topic, step) -> steps.merge(topic, step, BegunStep::and));
        return steps;
    }

    /** The topics that runs have begun to open at the source while the destination was down. */
    public static SortedMap<String, BegunStep> openings(String plan, Map<String, Map<String, String>> notes) {
        return read(notes, prefix(OPENINGS, plan));
    }

    private static SortedMap<String, BegunStep> read(Map<String, Map<String, String>> notes, String prefix) {
        SortedMap<String, BegunStep> steps = new TreeMap<>();
        notes.values()
                .forEach(ofOne -> ofOne.forEach((key, text) -> {
                    if (key.startsWith(prefix)) {
                        for (String entry : text.split(SEPARATOR, -1)) {
                            int is = entry.indexOf(IS);
                            step(entry.substring(is + 1))
                                    .filter(step -> is > 0)
                                    .ifPresent(step -> steps.merge(entry.substring(0, is), step, BegunStep::and));
                        }
                    }
                }));
        return steps;
    }

    /** Ignores what no version of this plugin writes. */
    private static Optional<BegunStep> step(String text) {
        Matcher parts = STEP.matcher(text);
        return parts.matches()
                ? Optional.of(new BegunStep(
                        new Standing(accesses(parts.group(1)), accesses(parts.group(2))),
                        !parts.group(3).isEmpty(),
                        Arrays.stream(Side.values())
                                .filter(side -> mark(side).equals(parts.group(4)))
                                .findFirst(),
                        Optional.ofNullable(parts.group(5)).map(at -> Instant.ofEpochSecond(Long.parseLong(at)))))
                : Optional.empty();
    }

    private static SortedSet<Access> accesses(String digits) {
        SortedSet<Access> accesses = new TreeSet<>();
        digits.chars().forEach(digit -> accesses.add(Access.ofPermission(Character.digit(digit, 10))));
        return accesses;
    }

    /** The keys of all parts that a name server has. */
    public static Set<String> keysOf(String plan, Map<String, String> notes) {
        Set<String> keys = new TreeSet<>(notes.keySet());
        keys.removeIf(key -> !key.startsWith(prefix(PREFIX, plan)) && !key.startsWith(prefix(OPENINGS, plan)));
        return keys;
    }
}
