package io.github.rocketmigrate.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.text.HelpPages;
import java.time.temporal.ChronoUnit;

/** Adds to a result file the steps that are left, estimates, the effects of waivers, and the groups that the plan cuts. */
final class PlanFields {
    private PlanFields() {}

    static void add(Result.Details details, ObjectNode root) {
        if (!details.itinerary().isEmpty()) {
            ArrayNode itinerary = root.putArray("itinerary");
            details.itinerary().forEach(one -> add(itinerary.addObject(), one));
        }
        if (!details.estimates().isEmpty()) {
            ArrayNode estimates = root.putArray("estimates");
            details.estimates().forEach(one -> add(estimates.addObject(), one));
        }
        if (!details.waived().isEmpty()) {
            ArrayNode waived = root.putArray("waived");
            details.waived().forEach(one -> add(waived.addObject(), one));
        }
        if (!details.idleWaivers().isEmpty()) {
            ArrayNode idle = root.putArray("idleWaivers");
            details.idleWaivers()
                    .forEach(one -> idle.addObject()
                            .put("check", one.check())
                            .put("batch", one.batch())
                            .put("state", one.state().word())
                            .put("line", one.at().line())
                            .put("message", one.message()));
        }
        if (!details.cutGroups().isEmpty()) {
            ArrayNode cut = root.putArray("cutGroups");
            details.cutGroups().forEach(one -> add(cut.addObject(), one));
        }
    }

    private static void add(ObjectNode object, CutGroup one) {
        object.put("group", one.name());
        ArrayNode topics = object.putArray("topics");
        one.topics()
                .forEach(topic -> topics.addObject()
                        .put("topic", topic.name())
                        .put("batch", topic.batch())
                        .put("stage", topic.stage().word())
                        .put("line", topic.at().line()));
        object.put("message", one.message()).put("help", HelpPages.CUT_GROUPS);
    }

    private static void add(ObjectNode object, Itinerary one) {
        object.put("batch", one.batch());
        one.topics().forEach(object.putArray("topics")::add);
        object.put("left", one.applies().size());
        object.put("blocked", one.isBlocked());
        ArrayNode applies = object.putArray("applies");
        one.applies().forEach(apply -> {
            ObjectNode next = applies.addObject();
            apply.after().ifPresent(after -> next.put("after", after));
            apply.steps().forEach(next.putArray("steps")::add);
        });
    }

    private static void add(ObjectNode object, Estimate one) {
        object.put("of", one.kind().word());
        one.topic().ifPresent(topic -> object.put("topic", topic));
        one.group().ifPresent(group -> object.put("group", group));
        one.at()
                .ifPresent(at ->
                        object.put("at", at.truncatedTo(ChronoUnit.SECONDS).toString()));
        object.put("message", one.message());
    }

    private static void add(ObjectNode object, WaivedCheck one) {
        object.put("check", one.check());
        one.topic().ifPresent(topic -> object.put("topic", topic));
        object.put("message", one.what());
        object.put("reason", one.waiver().reason().value());
        object.put("owner", one.waiver().owner().value());
        object.put("expires", one.waiver().expires().value().toString());
        object.put("line", one.at().line());
    }
}
