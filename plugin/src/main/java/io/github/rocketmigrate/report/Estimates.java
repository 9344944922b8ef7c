package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.HeldMessages.Amount;
import io.github.rocketmigrate.cluster.HeldMessages.HeldKind;
import io.github.rocketmigrate.cluster.QueueKey;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.observe.ConsumptionSpeed;
import io.github.rocketmigrate.observe.PlannedTopic;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.observe.Traffic;
import io.github.rocketmigrate.report.Estimate.ShownIn;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.DueTime;
import io.github.rocketmigrate.text.Names;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/** Collects the estimates of all topics, and what the end of the source waits for. */
final class Estimates {
    private static final int MOST_DIGITS = 6;
    private static final Duration SHORTEST = Duration.ofSeconds(5);

    private final Situation situation;
    private final Traffic traffic;
    private final List<Estimate> all = new ArrayList<>();
    private final SortedSet<String> unknown = new TreeSet<>();
    private final SortedSet<String> withoutSpeed = new TreeSet<>();
    private final SortedSet<String> withoutRetention = new TreeSet<>();
    private long unreadWithoutSpeed;
    private Instant sourceOff;

    Estimates(Situation situation, Traffic traffic) {
        this.situation = requireNonNull(situation, "situation is null");
        this.traffic = requireNonNull(traffic, "traffic is null");
        this.sourceOff = traffic.readAt();
    }

    void add(PlannedTopic topic) {
        String name = topic.name();
        if (!traffic.at(Side.SOURCE).queues().covers(name)) {
            unknown.add("the messages of " + name + " were not counted");
            return;
        }
        delayed(name);
        for (String group : traffic.at(Side.SOURCE).offsets().groupsOf(name)) {
            boolean isIgnored = situation.plan().ignoredGroupNames().contains(group)
                    && traffic.members(group).isEmpty();
            if (!isIgnored && !traffic.isBroadcasting(group)) {
                unread(name, group);
            }
        }
        soak(topic);
    }

    private void delayed(String topic) {
        if (traffic.at(Side.SOURCE).held().kinds().isEmpty()) {
            unknown.add("the delayed messages of " + topic + " were not read");
            return;
        }
        if (amount(HeldKind.TIMED, topic) > 0) {
            String why = "brokers do not say when the timed messages of " + topic + " are due";
            unknown.add(why);
            add(Estimate.Event.LAST_DELAYED, topic, Optional.empty(), Optional.empty(), why);
        }
        if (amount(HeldKind.HALF, topic) > 0) {
            unknown.add("transactions of " + topic + " are open");
        }
        if (amount(HeldKind.DELAYED, topic) == 0) {
            return;
        }
        Optional<Instant> due = traffic.lastDue(Side.SOURCE, topic);
        due.ifPresentOrElse(this::after, () -> unknown.add("the delayed messages of " + topic + " were not read"));
        add(
                Estimate.Event.LAST_DELAYED,
                topic,
                Optional.empty(),
                due,
                due.map(at -> topic + ": the last delayed message at the source is due " + words(at))
                        .orElse(topic + ": the source has delayed messages, and when they are due was not read"));
    }

    private long amount(HeldKind kind, String topic) {
        return traffic.at(Side.SOURCE)
                .held()
                .kinds()
                .getOrDefault(kind, Amount.NOTHING)
                .of(topic);
    }

    private void unread(String topic, String group) {
        OptionalLong backlog = traffic.at(Side.SOURCE)
                .offsets()
                .backlog(group, topic, traffic.at(Side.SOURCE).queues());
        if (backlog.isEmpty()) {
            unknown.add("the backlog of " + group + " is not known");
            return;
        }
        long unread = backlog.getAsLong();
        if (unread == 0) {
            return;
        }
        String amount = Counts.messages(unread) + " at the source";
        Optional<ConsumptionSpeed> speed = ConsumptionSpeed.of(traffic, Side.SOURCE, group, topic);
        Optional<Duration> needed = speed.flatMap(it -> it.timeFor(unread));
        Optional<Instant> at = needed.map(traffic.readAt()::plus);
        if (speed.isEmpty()) {
            withoutSpeed.add(group);
            unreadWithoutSpeed += unread;
        } else {
            at.ifPresentOrElse(this::after, () -> unknown.add(group + " consumes nothing"));
        }
        // A group that is nearly through would only hide those that take time.
        if (speed.isPresent() && needed.filter(it -> it.compareTo(SHORTEST) < 0).isEmpty()) {
            add(
                    Estimate.Event.UNREAD,
                    topic,
                    Optional.of(group),
                    at,
                    topic + ": " + group
                            + at.map(it -> " will have consumed " + amount + " " + words(it))
                                    .orElse(" has to consume " + amount)
                            + " (" + speed.get().words() + ")");
        }
        retention(topic, group, needed, speed.isPresent());
    }

    /** What is unread now has all expired after the time of the retention; the oldest of it expires sooner. */
    private void retention(String topic, String group, Optional<Duration> needed, boolean hasSpeed) {
        Optional<Duration> kept = kept(topic, group);
        boolean isInTime = kept.isPresent()
                && needed.filter(it -> it.compareTo(kept.get()) < 0).isPresent();
        if (kept.isEmpty() || !hasSpeed || isInTime) {
            return;
        }
        Instant at = traffic.readAt().plus(kept.get());
        add(
                Estimate.Event.RETENTION,
                topic,
                Optional.of(group),
                Optional.of(at),
                topic + ": at this rate, the source deletes messages before " + group
                        + " reads them: what is unread"
                        + " now has expired " + words(at) + ", the oldest of it sooner (" + Broker.RETENTION + ": "
                        + Counts.span(kept.get()) + ")");
    }

    /** The shortest retention of the brokers that have unread messages of a group; empty if one does not report it. */
    private Optional<Duration> kept(String topic, String group) {
        List<Duration> times = new ArrayList<>();
        boolean isKnown = true;
        for (QueueKey queue : traffic.at(Side.SOURCE)
                .offsets()
                .unread(group, topic, traffic.at(Side.SOURCE).queues())
                .keySet()) {
            Optional<Duration> time = kept(queue.broker());
            time.ifPresentOrElse(times::add, () -> withoutRetention.add(queue.broker()));
            isKnown &= time.isPresent();
        }
        return isKnown ? times.stream().min(Duration::compareTo) : Optional.empty();
    }

    private Optional<Duration> kept(String broker) {
        return Optional.ofNullable(situation.source().brokers().get(broker))
                .map(it -> it.settings().getOrDefault(Broker.RETENTION, ""))
                .filter(hours -> hours.matches("\\d{1," + MOST_DIGITS + "}"))
                .map(hours -> Duration.ofHours(Long.parseLong(hours)));
    }

    /** The present stage at least lasts for its time, where the time of arrival is known. */
    private void soak(PlannedTopic topic) {
        situation
                .plan()
                .conditionsOf(topic.batch())
                .soaking()
                .filter(time -> !situation.isAt(Stage.SOURCE, topic.name()))
                .flatMap(time -> situation.enteredStage(topic.name()).map(entered -> entered.plus(time)))
                .ifPresent(this::after);
    }

    private void after(Instant at) {
        if (at.isAfter(sourceOff)) {
            sourceOff = at;
        }
    }

    private String words(Instant at) {
        return DueTime.at(at, traffic.readAt());
    }

    private void add(Estimate.Event kind, String topic, Optional<String> group, Optional<Instant> at, String message) {
        all.add(new Estimate(kind, Optional.of(topic), group, at, message, shown(at)));
    }

    private static ShownIn shown(Optional<Instant> at) {
        return at.isPresent() ? ShownIn.BOARDS : ShownIn.PLANS;
    }

    private void addUnknown(Estimate.Event kind, String message) {
        all.add(new Estimate(kind, Optional.empty(), Optional.empty(), Optional.empty(), message, ShownIn.FILES));
    }

    /** Only a plan in which every topic goes to the destination ends the source. */
    List<Estimate> all() {
        if (!withoutSpeed.isEmpty()) {
            String names = Names.of(withoutSpeed, Counts.MOST_NAMED);
            unknown.add("how fast " + names + " " + Counts.verb(withoutSpeed.size(), "consumes", "consume")
                    + " needs a second reading, which status makes with -Dmigrate.watch=true");
            addUnknown(
                    Estimate.Event.UNREAD,
                    names + " " + Counts.verb(withoutSpeed.size(), "has", "have") + " to consume "
                            + Counts.messages(unreadWithoutSpeed)
                            + " at the source; how fast needs a second reading, which status makes with"
                            + " -Dmigrate.watch=true");
        }
        if (!withoutRetention.isEmpty()) {
            addUnknown(
                    Estimate.Event.RETENTION,
                    Names.of(withoutRetention, Counts.MOST_NAMED) + " "
                            + Counts.verb(withoutRetention.size(), "does", "do") + " not report "
                            + Broker.RETENTION + ", after which unread messages are deleted");
        }
        boolean leavesAll = !situation.scope().partial()
                && situation.plan().topics().findAny().isPresent()
                && situation.scope().topics().stream().allMatch(topic -> topic.wanted() == Stage.DESTINATION)
                && situation.scope().topics().stream().anyMatch(topic -> Estimate.isLeaving(situation, topic));
        if (leavesAll) {
            all.add(sourceOff());
        }
        return List.copyOf(all);
    }

    /** Nobody may read a time while topics would be lost with the source. */
    private Estimate sourceOff() {
        Optional<String> unplanned = UnplannedTopics.words(situation);
        Optional<Instant> at = unplanned.isEmpty() && unknown.isEmpty() ? Optional.of(sourceOff) : Optional.empty();
        String message = unplanned
                .map(words -> "the source has to stay: " + words)
                .orElseGet(() -> at.isPresent()
                        ? "the source can be switched off at the earliest " + words(sourceOff)
                                + ", once every topic has arrived and complete: true has ended the join"
                        : "no time yet to switch off the source: " + String.join("; ", unknown));
        return new Estimate(
                Estimate.Event.SOURCE_OFF,
                Optional.empty(),
                Optional.empty(),
                at,
                message,
                unplanned.isPresent() ? ShownIn.BOARDS : shown(at));
    }
}
