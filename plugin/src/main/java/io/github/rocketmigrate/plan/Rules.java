package io.github.rocketmigrate.plan;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import io.github.rocketmigrate.model.Position;
import io.github.rocketmigrate.model.Routing;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.plan.MigrationPlan.Batch;
import io.github.rocketmigrate.plan.MigrationPlan.Group;
import io.github.rocketmigrate.plan.MigrationPlan.Ignored;
import io.github.rocketmigrate.plan.MigrationPlan.Topic;
import io.github.rocketmigrate.plan.MigrationPlan.Waiver;
import io.github.rocketmigrate.text.Counts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks rules that a schema cannot express: relations between elements, and the limits of RocketMQ and the destination.
 *
 * <p>Longer than 300 lines: all rules are here, and share the plan and the list of problems.
 */
final class Rules {
    /** The check that compares orders once the clusters are read. */
    private static final String ORDER_CHECK = "order-matches";

    private final MigrationPlan plan;
    private final Profile profile;
    private final List<Problem> problems = new ArrayList<>();

    private Rules(MigrationPlan plan, Profile profile) {
        this.plan = plan;
        this.profile = profile;
    }

    static List<Problem> check(MigrationPlan plan, LocalDate today, KnownChecks checks) {
        Profile profile = plan.profile();
        Rules rules = new Rules(plan, profile);
        rules.clusters();
        rules.names();
        rules.batches();
        rules.conditions();
        rules.problems.addAll(new WaiverRules(plan, today, checks).check());
        rules.problems.addAll(new AnswerRules(plan.answers(), checks.rows()).check());
        return rules.problems;
    }

    private void clusters() {
        Map<String, Located<String>> source = new HashMap<>();
        plan.source().nameServers().forEach(address -> source.put(AddressRules.normal(address.value()), address));
        nameServers("source", plan.source());
        nameServers("destination", plan.destination());
        addresses("destination", plan.traits().clientAddresses());
        for (Located<String> address : plan.destination().nameServers()) {
            Located<String> same = source.get(AddressRules.normal(address.value()));
            if (same != null) {
                add(
                        Rule.SAME_CLUSTER,
                        address.at(),
                        "name server " + address.value() + " is also in the source, in line "
                                + same.at().line() + "; name a server of the destination cluster");
            }
        }
        joinTls();
        // Clients of this address would count as clients that have switched.
        for (Located<String> address : plan.traits().clientAddresses()) {
            Located<String> same = source.get(AddressRules.normal(address.value()));
            if (same != null) {
                add(
                        Rule.SAME_CLUSTER,
                        address.at(),
                        "client address " + address.value() + " is a name server of the source, in line "
                                + same.at().line() + "; list only addresses of the destination's name servers");
            }
        }
        plan.traits()
                .maintenance()
                .flatMap(maintenance -> ZoneRules.check(maintenance.zone()))
                .ifPresent(problems::add);
    }

    /** Brokers and clients that speak to both clusters have one TLS setting for both, which the plan can only show. */
    private void joinTls() {
        boolean isWaived = plan.batches().stream()
                .flatMap(batch -> batch.waivers().stream())
                .anyMatch(waiver -> waiver.check().value().equals("client-compatible"));
        plan.traffic()
                .filter(traffic -> traffic.routing().value() == Routing.JOIN
                        && !traffic.complete()
                        && plan.source().tls().isOn()
                                != plan.destination().tls().isOn()
                        && !isWaived)
                .ifPresent(traffic -> add(
                        Rule.JOIN_TLS,
                        traffic.routing().at(),
                        "routing: join needs one TLS setting for both clusters, but the plan has tls: "
                                + plan.source().tls().word() + " for the source and tls: "
                                + plan.destination().tls().word() + " for the destination, so client-compatible will"
                                + " block the join; set the same tls for both (servers with"
                                + " tls.server.mode=permissive accept both)"));
    }

    private void nameServers(String side, MigrationPlan.PlannedCluster cluster) {
        addresses(side, cluster.nameServers());
        if (cluster.nameServers().isEmpty()) {
            cluster.written()
                    .ifPresent(at -> add(
                            Rule.OUT_OF_RANGE,
                            at,
                            "nameServers of " + side + " contains no address; write host:port, for example"
                                    + " 10.0.0.11:9876"));
        }
    }

    private void addresses(String side, List<Located<String>> addresses) {
        addresses.forEach(address -> problems.addAll(AddressRules.check(side, address)));
    }

    private void names() {
        NameRules names = new NameRules(profile);
        Map<String, Located<String>> topics = new HashMap<>();
        Map<String, Located<String>> groups = new HashMap<>();
        plan.topics().map(Topic::name).forEach(name -> {
            problems.addAll(names.topic(name));
            once("topic", Rule.TOPIC_TWICE, name, topics);
        });
        plan.groups().map(Group::name).forEach(name -> {
            problems.addAll(names.group(name));
            once("group", Rule.GROUP_TWICE, name, groups);
            Located<String> topic = topics.get(name.value());
            if (topic != null) {
                add(
                        Rule.TOPIC_IS_GROUP,
                        name.at(),
                        "group '" + name.value() + "' has the same name as the topic in line "
                                + topic.at().line()
                                + ", which the destination does not allow; give the group another name at the source, or remove"
                                + " the one that nobody uses");
            }
        });
        ignored("topic", Rule.TOPIC_TWICE, plan.ignoredTopics(), topics);
        ignored("group", Rule.GROUP_TWICE, plan.ignoredGroups(), groups);
    }

    private void ignored(String noun, Rule twice, List<Ignored> ignored, Map<String, Located<String>> planned) {
        Map<String, Located<String>> names = new HashMap<>();
        ignored.stream().map(Ignored::name).forEach(name -> {
            once("ignored " + noun, twice, name, names);
            Located<String> other = planned.get(name.value());
            if (other != null) {
                add(
                        Rule.IGNORED_AND_PLANNED,
                        name.at(),
                        noun + " '" + name.value() + "' is ignored here and planned in line "
                                + other.at().line() + "; remove one of them");
            }
        });
    }

    private void batches() {
        Map<String, Located<String>> names = new HashMap<>();
        for (Batch batch : plan.batches()) {
            once("batch", Rule.BATCH_TWICE, batch.name(), names);
            if (batch.topics().isEmpty() && batch.groups().isEmpty()) {
                add(
                        Rule.NOTHING_PLANNED,
                        batch.name().at(),
                        "batch '" + batch.name().value()
                                + "' has neither topics nor groups; add some or remove the batch");
            }
            canary(batch);
            stage(batch.wanted(), batch.stage().map(Located::at), batch.name());
            for (Topic topic : batch.topics()) {
                topic(batch, topic);
            }
            orders(batch);
        }
    }

    private void conditions() {
        problems.addAll(new FreezeRules().check(plan.conditions()));
        problems.addAll(new GateRules().check(plan.conditions()));
        for (Batch batch : plan.batches()) {
            problems.addAll(new FreezeRules().check(batch.conditions()));
            problems.addAll(new GateRules().check(batch.conditions()));
            batch.conditions()
                    .written()
                    .filter(at -> plan.traffic().isEmpty())
                    .ifPresent(at -> add(
                            Rule.STAGE_WITHOUT_TRAFFIC,
                            at,
                            "batch '" + batch.name().value()
                                    + "' has conditions for steps, but the plan has no traffic; add"
                                    + " traffic: { routing: join }, or remove the conditions"));
        }
    }

    /** Only clusters know which group consumes which topic, but a group of a batch without other topics leaves no doubt. */
    private void orders(Batch batch) {
        boolean isFifo = !batch.topics().isEmpty()
                && batch.topics().stream().allMatch(topic -> topic.type().value() == MessageType.FIFO);
        batch.groups().stream()
                .filter(group -> isFifo && group.order().value() == ConsumeOrder.CONCURRENT)
                .filter(group -> batch.waivers().stream().noneMatch(waiver -> acceptsAnyOrder(waiver, group)))
                .forEach(group -> add(
                        Rule.CONCURRENT_ON_FIFO,
                        group.order().at(),
                        "group '" + group.name().value() + "' is CONCURRENT, and all topics of its batch are FIFO; set"
                                + " order: ORDERLY, or waive " + ORDER_CHECK + " if it needs no order"));
    }

    private static boolean acceptsAnyOrder(Waiver waiver, Group group) {
        return waiver.check().value().equals(ORDER_CHECK)
                && (waiver.groups().isEmpty()
                        || waiver.groups().stream()
                                .anyMatch(
                                        name -> name.value().equals(group.name().value())));
    }

    private void canary(Batch batch) {
        batch.canary().ifPresent(canary -> {
            if (plan.traffic().isEmpty()) {
                add(
                        Rule.STAGE_WITHOUT_TRAFFIC,
                        canary.at(),
                        "batch '" + batch.name().value() + "' has a canary, but the plan has no traffic; add"
                                + " traffic: { routing: join }");
            } else if (batch.wanted() != Stage.WRITE_BOTH) {
                add(
                        Rule.CANARY_STAGE,
                        canary.at(),
                        "batch '" + batch.name().value() + "' has a canary but stage "
                                + batch.wanted().word() + "; set stage: write-both or remove the canary");
            } else if (plan.traffic().get().routing().value() == Routing.CLIENT) {
                add(
                        Rule.CANARY_ROUTING,
                        canary.at(),
                        "batch '" + batch.name().value() + "' has a canary, but with routing: client the"
                                + " applications choose the cluster to write to; remove the canary");
            }
        });
    }

    private void topic(Batch batch, Topic topic) {
        String called = "topic '" + topic.name().value() + "'";
        Located<MessageType> type = topic.type();
        topic.stage().ifPresent(stage -> {
            stage(stage.value(), Optional.of(stage.at()), topic.name());
            if (stage.value().isAheadOf(batch.wanted())) {
                add(
                        Rule.STAGE_AHEAD,
                        stage.at(),
                        called + " is at stage " + stage.value().word() + ", ahead of its batch '"
                                + batch.name().value() + "' at "
                                + batch.wanted().word()
                                + "; advance the batch or remove the topic's stage");
            }
        });
        if (type.value() == MessageType.FIFO) {
            batch.canary()
                    .ifPresent(canary -> add(
                            Rule.CANARY_FIFO,
                            type.at(),
                            called
                                    + " is FIFO, and its batch has a canary, which would break the order of its messages; move"
                                    + " the topic to a batch without a canary"));
            if (batch.canary().isEmpty() && batch.wanted(topic) == Stage.WRITE_BOTH) {
                add(
                        Rule.WRITE_BOTH_FIFO,
                        type.at(),
                        called
                                + " is FIFO, and writing to both clusters would break the order of its messages; choose read-both or"
                                + " write-destination");
            }
        }
        if (!profile.types().contains(type.value())) {
            add(
                    Rule.TYPE_NOT_ALLOWED,
                    type.at(),
                    called + " has type " + type.value() + ", which " + profile.title()
                            + " does not support; choose one of "
                            + String.join(
                                    ", ",
                                    profile.types().stream().map(Enum::name).toList()));
        }
        topic.queues().or(() -> plan.defaults().queues()).ifPresent(queues -> queues(called, queues));
    }

    private void queues(String called, Located<Integer> queues) {
        profile.queues()
                .filter(range -> !range.holds(queues.value()))
                .ifPresent(range -> add(
                        Rule.QUEUES_NOT_ALLOWED,
                        queues.at(),
                        called + " has " + Counts.of(queues.value(), "queue") + "; " + profile.title() + " allows "
                                + range.least() + " to " + range.most()));
    }

    /** Checks a stage against the plan's traffic; {@code written} is its position, unless it is the default. */
    private void stage(Stage stage, Optional<Position> written, Located<String> of) {
        if (plan.traffic().isEmpty()) {
            written.ifPresent(at -> add(
                    Rule.STAGE_WITHOUT_TRAFFIC,
                    at,
                    "'" + of.value() + "' has a stage, but the plan has no traffic; add traffic: { routing: join }, or"
                            + " remove the stage"));
        } else if (plan.traffic().get().complete() && stage != Stage.DESTINATION) {
            add(
                    Rule.NOT_COMPLETE,
                    written.orElse(of.at()),
                    "'" + of.value() + "' is at stage " + stage.word()
                            + ", but complete: true in line "
                            + plan.traffic().get().completeAt().line() + " requires stage destination"
                            + " everywhere; set stage: destination, or complete: false if the join is still in use");
        }
    }

    private void once(String kind, Rule rule, Located<String> name, Map<String, Located<String>> seen) {
        if (name.value().isEmpty()) {
            return;
        }
        Located<String> first = seen.putIfAbsent(name.value(), name);
        if (first != null) {
            add(
                    rule,
                    name.at(),
                    kind + " '" + name.value() + "' is already defined in line "
                            + first.at().line() + "; remove one of them");
        }
    }

    private void add(Rule rule, Position at, String what) {
        problems.add(new Problem(rule, at, what));
    }
}
