package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * When something at the source will be over, as far as it can be known.
 *
 * @param topic empty for several topics and for the whole source
 * @param group empty for several groups and where no group decides
 * @param at empty if the time is unknown; the message then says what is missing
 */
record Estimate(
        Event kind,
        Optional<String> topic,
        Optional<String> group,
        Optional<Instant> at,
        String message,
        ShownIn shown) {
    private static final int MOST_SHOWN = 10;

    Estimate {
        requireNonNull(kind, "kind is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(group, "group is null");
        requireNonNull(at, "at is null");
        requireNonNull(message, "message is null");
        requireNonNull(shown, "shown is null");
    }

    /** Where an estimate is printed; the result files have all of them. */
    enum ShownIn {
        /** Only in the result files: a person learns nothing from it. */
        FILES,
        /** In a plan, too, which says what is missing; a board is looked at again anyway. */
        PLANS,
        BOARDS
    }

    /** What an estimate is about. */
    enum Event {
        LAST_DELAYED("last-delayed-due"),
        UNREAD("unread-consumed"),
        RETENTION("retention-deletes"),
        SOURCE_OFF("source-off");

        private final String word;

        Event(String word) {
            this.word = word;
        }

        /** The word in result files. */
        String word() {
            return word;
        }
    }

    /**
     * The estimates for the topics that leave the source, in the order of the plan, then the one for the source.
     *
     * @param traffic as far as it was read
     */
    static List<Estimate> of(Situation situation, Optional<Traffic> traffic) {
        if (traffic.isEmpty() || situation.routing().isEmpty()) {
            return List.of();
        }
        Estimates all = new Estimates(situation, traffic.get());
        situation.scope().topics().stream()
                .filter(topic -> isLeaving(situation, topic))
                .forEach(all::add);
        return all.all();
    }

    static boolean isLeaving(Situation situation, PlannedTopic topic) {
        return !situation.isAt(Stage.DESTINATION, topic.name())
                && (topic.wanted() != Stage.SOURCE || !situation.isAt(Stage.SOURCE, topic.name()));
    }

    /** Those that are printed at a place, or at all places of lower demands. */
    static List<Estimate> shown(List<Estimate> all, ShownIn place) {
        return all.stream().filter(one -> one.shown().compareTo(place) >= 0).toList();
    }

    static List<String> lines(List<Estimate> shown) {
        List<String> lines = new ArrayList<>(
                shown.stream().map(Estimate::message).limit(MOST_SHOWN).toList());
        if (shown.size() > MOST_SHOWN) {
            lines.add("and " + (shown.size() - MOST_SHOWN) + " more; see " + ResultFile.NAME);
        }
        return lines;
    }
}
