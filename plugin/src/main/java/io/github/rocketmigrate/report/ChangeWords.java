package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.change.Change.AlignObject;
import io.github.rocketmigrate.change.Change.MoveTopic;
import io.github.rocketmigrate.change.Change.RegisterBroker;
import io.github.rocketmigrate.change.Difference;
import io.github.rocketmigrate.change.Differences;
import io.github.rocketmigrate.cluster.GroupSettings;
import io.github.rocketmigrate.cluster.TopicSettings;
import io.github.rocketmigrate.model.Access;
import io.github.rocketmigrate.model.Pair;
import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.model.Rung;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.text.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/** Describes a change for people, with values as {@code source → planned}. */
final class ChangeWords {
    private final Situation situation;

    ChangeWords(Situation situation) {
        this.situation = requireNonNull(situation, "situation is null");
    }

    String of(Change change) {
        if (change instanceof AlignObject object) {
            return object.isNew() ? "create: " + settings(object) : differences(object);
        }
        if (change instanceof MoveTopic move) {
            return move(move);
        }
        if (change instanceof RegisterBroker register) {
            return (register.joins() ? "join: " : "leave the join: ") + nameServers(register);
        }
        if (change instanceof Change.Remove removal) {
            return "remove: " + removal(removal);
        }
        return change.word();
    }

    /** What a change has done, after its verb and its object. */
    String done(Change change) {
        if (change instanceof AlignObject object) {
            return object.isNew() ? settings(object) : differences(object);
        }
        if (change instanceof MoveTopic move) {
            if (move.isForNameServers()) {
                return move.found().place() + ", registered again";
            }
            return move.isOfSourceAlone()
                    ? atSource(move)
                    : move.found().place() + " → " + move.after().place();
        }
        if (change instanceof Change.Remove removal) {
            return removal(removal);
        }
        return change instanceof RegisterBroker register ? nameServers(register) : "";
    }

    private static String removal(Change.Remove removal) {
        return "from the destination, before the join" + (removal.withRetryTopic() ? ", with its retry topic" : "");
    }

    private static String nameServers(RegisterBroker register) {
        return "name servers " + register.before() + " → " + register.after();
    }

    private String settings(AlignObject object) {
        if (object.isOfTopic()) {
            SortedMap<String, TopicSettings> brokers = object.after(TopicSettings.class);
            TopicSettings topic = brokers.get(brokers.firstKey());
            return topic.type() + ", " + queues(object.subject().name(), topic.readQueues(), brokers.size());
        }
        SortedMap<String, GroupSettings> brokers = object.after(GroupSettings.class);
        GroupSettings group = brokers.get(brokers.firstKey());
        return group.order().name() + ", " + Counts.of(group.retries(), "retry");
    }

    /** {@code 8 queues}, or {@code 4 → 8 queues} if the source has another number; per broker if there are several. */
    private String queues(String topic, int planned, int brokers) {
        OptionalInt source = situation.source().topic(topic).values().stream()
                .mapToInt(TopicSettings::readQueues)
                .max();
        String change = source.isPresent() && source.getAsInt() != planned ? source.getAsInt() + " → " : "";
        return change + Counts.of(planned, "queue") + (brokers == 1 ? "" : " × " + Counts.of(brokers, "broker"));
    }

    private String differences(AlignObject object) {
        return Differences.of(object).stream().map(this::difference).collect(joining("; "));
    }

    private String difference(Difference difference) {
        boolean all =
                difference.brokers().size() == situation.destination().brokers().size();
        String where = all ? "" : " on " + String.join(", ", difference.brokers());
        return difference.attribute().equals(Differences.EVERYTHING)
                ? "create" + where
                : difference.attribute() + " " + difference.from() + " → " + difference.to() + where;
    }

    private static String atSource(MoveTopic move) {
        return "at the source: " + move.from() + " → " + move.to();
    }

    private static String move(MoveTopic move) {
        if (move.isOfSourceAlone()) {
            return "open " + atSource(move);
        }
        if (move.isForNameServers()) {
            return "register again: not every name server shows " + move.found().place();
        }
        List<String> places = new ArrayList<>();
        places.add(move.found().place());
        if (move.after().pair().flatMap(Pair::stage).isEmpty() && !(move.rung() instanceof Rung.Wait)) {
            places.add(fence(move));
        }
        move.stages().forEach(stage -> places.add(stage.word()));
        if (!move.stages().contains(move.wanted())) {
            places.add(move.wanted().word());
        }
        String way = String.join(" → ", places);
        return move.rung() instanceof Rung.Wait wait
                ? way + " once the " + wait.until().word() + " is "
                        + (wait.why() == Purpose.END_PAUSE ? "quiet" : "drained")
                : way;
    }

    /** A step without a stage at its end leads to a fence or completes the way there. */
    private static String fence(MoveTopic move) {
        if (move.rung() instanceof Rung.Pause) {
            return "pause";
        }
        return move.after().pair().filter(pair -> pair.source() == Access.WRITE).isPresent()
                ? "reverse fence"
                : "fence";
    }
}
