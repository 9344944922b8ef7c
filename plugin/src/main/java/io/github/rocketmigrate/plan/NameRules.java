package io.github.rocketmigrate.plan;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.rocketmq.common.MixAll;
import org.apache.rocketmq.common.topic.TopicValidator;

/** Finds names of topics and groups that RocketMQ reserves or the destination does not accept. */
final class NameRules {
    private static final Set<String> RESERVED_PREFIXES = Set.of(
            MixAll.RETRY_GROUP_TOPIC_PREFIX,
            MixAll.DLQ_GROUP_TOPIC_PREFIX,
            TopicValidator.SYSTEM_TOPIC_PREFIX,
            MixAll.CID_RMQ_SYS_PREFIX);
    /** Reserved names that are not in RocketMQ's own lists. */
    private static final Set<String> ALSO_RESERVED = Set.of("TBW102", "OFFSET_MOVED_EVENT", "BenchmarkTest");

    private final Profile profile;
    private final Allowed topics;
    private final Allowed groups;

    NameRules(Profile profile) {
        this.profile = profile;
        this.topics = Allowed.of(profile.topics());
        this.groups = Allowed.of(profile.groups());
    }

    /** The limits of names, with their expression compiled once for all names. */
    private record Allowed(Profile.ProfileNames names, Pattern text) {
        static Allowed of(Profile.ProfileNames names) {
            return new Allowed(names, Pattern.compile("[" + names.characters() + "]*"));
        }

        boolean allows(String characters) {
            return text.matcher(characters).matches();
        }
    }

    List<Problem> topic(Located<String> name) {
        boolean reserved = isReserved(name.value()) || TopicValidator.isSystemTopic(name.value());
        return check("topic", name, reserved, topics);
    }

    List<Problem> group(Located<String> name) {
        boolean reserved = isReserved(name.value()) || MixAll.isPredefinedGroup(name.value());
        return check("group", name, reserved, groups);
    }

    private static boolean isReserved(String name) {
        return ALSO_RESERVED.contains(name) || RESERVED_PREFIXES.stream().anyMatch(name::startsWith);
    }

    private List<Problem> check(String kind, Located<String> name, boolean reserved, Allowed allowed) {
        String text = name.value();
        // A placeholder in a name is a problem that was reported before.
        if (text.isEmpty() || Placeholders.isIn(text)) {
            return List.of();
        }
        if (reserved) {
            return List.of(new Problem(
                    Rule.RESERVED_NAME,
                    name.at(),
                    kind + " '" + text
                            + "' is reserved by RocketMQ, which creates it itself; remove it from the plan"));
        }
        List<Problem> problems = new ArrayList<>();
        forbidden(text, allowed)
                .ifPresent(forbidden -> problems.add(new Problem(
                        Rule.NAME_CHARACTERS,
                        name.at(),
                        kind + " '" + PlanWords.shortened(text) + "' contains " + forbidden + "; " + profile.title()
                                + " allows " + inWords(allowed.names().characters()))));
        int length = text.codePointCount(0, text.length());
        if (length < allowed.names().shortest() || length > allowed.names().longest()) {
            problems.add(new Problem(
                    Rule.NAME_LENGTH,
                    name.at(),
                    kind + " '" + PlanWords.shortened(text) + "' has " + Counts.of(length, "character") + "; "
                            + profile.title()
                            + " allows " + allowed.names().shortest() + " to "
                            + allowed.names().longest()));
        }
        return problems;
    }

    /** Lists the forbidden characters of {@code name}; those that look like others with their Unicode names. */
    private static Optional<String> forbidden(String name, Allowed allowed) {
        // A plan has thousands of names, and most contain no forbidden character.
        if (allowed.allows(name)) {
            return Optional.empty();
        }
        List<Integer> forbidden = name.codePoints()
                .filter(c -> !allowed.allows(Character.toString(c)))
                .distinct()
                .limit(5)
                .boxed()
                .toList();
        return Optional.of(forbidden.stream().map(NameRules::describe).collect(joining(", ")));
    }

    private static String describe(int c) {
        if (c == ' ') {
            return "a space";
        }
        String shown = "'" + Character.toString(c) + "'";
        if (c > ' ' && c < 127) {
            return shown;
        }
        String name = String.format("U+%04X %s", c, Character.getName(c));
        return Printable.isSafe(c) ? shown + " (" + name + ")" : name;
    }

    private static String inWords(String characters) {
        String others = characters.replace("a-z", "").replace("A-Z", "").replace("0-9", "");
        String list = IntStream.range(0, others.length())
                .mapToObj(i -> Character.toString(others.charAt(i)))
                .collect(joining(" "));
        return "letters a-z, A-Z, digits and " + list;
    }
}
