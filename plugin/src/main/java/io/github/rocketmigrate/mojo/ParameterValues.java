package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.observe.Selection;
import io.github.rocketmigrate.plan.Located;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the text of parameters, and refuses values that a goal cannot use. */
final class ParameterValues {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})\\s*([smh])");

    /** The interval at which clients of all versions poll routes by default. */
    private static final Duration USUAL_POLL = Duration.ofSeconds(30);

    private ParameterValues() {}

    /** Reads a parameter that may be missing or blank. */
    static Optional<String> given(String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }

    /** Reads a duration such as {@code 15m}. */
    static Duration duration(String parameter, String text) {
        Matcher matcher = DURATION.matcher(text.strip());
        if (!matcher.matches()) {
            throw new Fault(
                    parameter + "=" + text + " is not a duration.",
                    "Write a number and a unit, for example 90s, 15m or 2h.");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "h" -> Duration.ofHours(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofSeconds(number);
        };
    }

    static FencePolicy fencePolicy(String routePoll, String maxFence, boolean mayReorder) {
        FencePolicy policy = new FencePolicy(
                duration("migrate.routePoll", routePoll), duration("migrate.maxFence", maxFence), mayReorder);
        if (policy.maxFence().compareTo(policy.routePoll()) < 0) {
            throw new Fault(
                    "migrate.maxFence=" + maxFence + " is less than migrate.routePoll=" + routePoll
                            + ". A fence opens only after the source was quiet for migrate.routePoll, so no fence would"
                            + " open in time.",
                    "Set migrate.maxFence to at least migrate.routePoll, better to twice as much.");
        }
        return policy;
    }

    /**
     * Refuses a time after which clients of real clusters have not polled their routes yet.
     *
     * @param isAllowed whether these clients are known to poll more often
     * @param besideSandbox an address of the plan that is not of the sandbox, while others are
     */
    static void checkRoutePoll(Duration routePoll, boolean isAllowed, Optional<Located<String>> besideSandbox) {
        if (!mayPoll(routePoll, isAllowed)) {
            besideSandbox.ifPresent(address -> {
                throw new Fault(
                                "migrate.routePoll is " + routePoll.toSeconds()
                                        + "s, which is safe only for the sandbox, and " + address.value()
                                        + " is not a name server of it.",
                                "Use ${migrate.sandbox.source.nameServers} for the source, and"
                                        + " ${migrate.sandbox.destination.nameServers} for the destination. If the plan"
                                        + " is for another cluster, set migrate.routePoll to at least "
                                        + USUAL_POLL.toSeconds() + "s (default 35s).")
                        .at(Optional.of(address.at()));
            });
            throw new Fault(
                    "migrate.routePoll=" + routePoll.toSeconds() + "s is less than " + USUAL_POLL.toSeconds()
                            + "s, the interval at which clients ask for routes unless configured otherwise. A producer"
                            + " that has not asked yet sends to a topic that is closed, and nobody reads its messages.",
                    "Set migrate.routePoll to at least " + USUAL_POLL.toSeconds()
                            + "s (default 35s). If every client of"
                            + " both clusters asks more often, also set -Dmigrate.unsafeRoutePoll=true.");
        }
    }

    /** Whether clients may be taken to poll within a time. */
    static boolean mayPoll(Duration routePoll, boolean isAllowed) {
        return isAllowed || routePoll.compareTo(USUAL_POLL) >= 0;
    }

    /** Reads names separated by commas. Null is an empty list. */
    static Set<String> names(String list) {
        return list == null
                ? Set.of()
                : Arrays.stream(list.split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Refuses to select a part of the plan when a saved change set says already what to do. */
    static Selection notWithChangeSet(Selection selection, String changeSet) {
        if (given(changeSet).isPresent() && selection.isPartial()) {
            throw new Fault(
                    "migrate.changeSet=" + changeSet + " cannot be combined with " + selection.words()
                            + ": a change set is applied as a whole.",
                    "Run migrate:plan with " + selection.words() + ", then apply the change set that it saves.");
        }
        return selection;
    }
}
