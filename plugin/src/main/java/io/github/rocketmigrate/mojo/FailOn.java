package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.report.Terminal;
import io.github.rocketmigrate.text.Printable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;

/** The outcomes that fail a build. */
record FailOn(Set<Outcome> outcomes) {
    private static final String NOTHING = "none";
    private static final Set<Outcome> CHOICES = EnumSet.of(Outcome.BLOCKED, Outcome.DRIFT, Outcome.PENDING);

    FailOn {
        outcomes = Set.copyOf(outcomes);
    }

    /** Reads a list such as {@code pending,drift}. Null is an empty list. */
    static FailOn of(String list) {
        Set<Outcome> outcomes = EnumSet.noneOf(Outcome.class);
        for (String word : ParameterValues.names(list)) {
            String name = word.toLowerCase(Locale.ROOT);
            if (!name.equals(NOTHING)) {
                outcomes.add(CHOICES.stream()
                        .filter(outcome -> outcome.word().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new Fault(
                                "migrate.failOn=" + list + ": the build cannot fail on '" + word + "'.",
                                "Use blocked, drift and pending, separated by commas, or none.")));
            }
        }
        return new FailOn(outcomes);
    }

    /** Adds outcomes that the user cannot switch off. */
    FailOn and(Outcome... more) {
        Set<Outcome> all = EnumSet.noneOf(Outcome.class);
        all.addAll(outcomes);
        all.addAll(Arrays.asList(more));
        return new FailOn(all);
    }

    /** Fails the build with {@code message} if one of the outcomes found is among these. */
    void check(Set<Outcome> found, String message) throws MojoFailureException {
        if (isAmong(found)) {
            throw new MojoFailureException(Printable.of(message));
        }
    }

    /**
     * The same, and prints the reasons before if Maven has not shown them: the message says that they are above.
     *
     * @param reasons prints them
     */
    void check(Set<Outcome> found, String message, Log log, Consumer<Terminal> reasons) throws MojoFailureException {
        if (isAmong(found) && !log.isInfoEnabled()) {
            reasons.accept(MavenTerminal.ofErrors(log));
        }
        check(found, message);
    }

    private boolean isAmong(Set<Outcome> found) {
        return found.stream().anyMatch(outcomes::contains);
    }
}
