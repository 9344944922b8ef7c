package io.github.rocketmigrate.plan;

import java.util.List;
import java.util.Optional;

/** The checks that a waiver can name. The package of the plan cannot see checks, so its caller lists them. */
public record KnownChecks(List<KnownCheck> all) {
    /** Each gate of a plan is a check of its own. */
    private static final String GATE = "gate:";

    public KnownChecks {
        all = List.copyOf(all);
    }

    /**
     * A check that a waiver can name.
     *
     * @param protects what it prevents, for the message that it cannot be waived
     * @param isMeasured whether this version measures it; nothing waits for a check that it does not measure
     */
    public record KnownCheck(String name, boolean isWaivable, String protects, boolean isMeasured) {}

    Optional<KnownCheck> named(String name) {
        return name.startsWith(GATE) && name.length() > GATE.length()
                ? Optional.of(new KnownCheck(name, true, "", false))
                : all.stream().filter(check -> check.name().equals(name)).findFirst();
    }

    List<String> names() {
        return all.stream().map(KnownCheck::name).toList();
    }
}
