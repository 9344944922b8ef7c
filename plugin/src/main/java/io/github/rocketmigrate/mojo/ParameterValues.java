package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Understands what users give as values of parameters, or says why it does not. */
final class ParameterValues {
    private static final Pattern LENGTH = Pattern.compile("(\\d{1,6})\\s*([smh])");

    private ParameterValues() {}

    /** A length of time such as {@code 15m}. */
    static Duration length(String parameter, String text) {
        Matcher matcher = LENGTH.matcher(text.strip());
        if (!matcher.matches()) {
            throw new Fault(
                    parameter + "=" + text + " is not a length of time.",
                    "Give a number with s, m or h: 90s, 15m, 2h.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    /** How long things may take, of parameters that several goals have. */
    static FencePolicy limits(String routePoll, String maxFence, boolean mayReorder) {
        FencePolicy limits = new FencePolicy(
                length("migrate.routePoll", routePoll), length("migrate.maxFence", maxFence), mayReorder);
        if (limits.maxFence().compareTo(limits.routePoll()) < 0) {
            throw new Fault(
                    "migrate.maxFence=" + maxFence + " is less than migrate.routePoll=" + routePoll
                            + ": no fence would be opened in time, since it must be quiet for as long as clients take"
                            + " to ask for routes.",
                    "Give migrate.maxFence more, for example twice as much as migrate.routePoll.");
        }
        return limits;
    }

    /** Names with commas between them; null is none. */
    static Set<String> names(String list) {
        return list == null
                ? Set.of()
                : Arrays.stream(list.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** A change set is a choice already. */
    static Selection alone(String changeSet, Selection selection) {
        if (changeSet != null && !changeSet.isBlank() && selection.isPartial()) {
            throw new Fault(
                    "migrate.changeSet=" + changeSet + " is applied whole: it cannot be combined with "
                            + selection.words() + ".",
                    "Plan only a part, and apply the change set of that.");
        }
        return selection;
    }
}
