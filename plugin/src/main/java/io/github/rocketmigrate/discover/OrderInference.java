package io.github.rocketmigrate.discover;

import io.github.rocketmigrate.cluster.Clients.ConsumeMode;
import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.text.Counts;
import io.github.rocketmigrate.text.UtcTime;
import java.util.Optional;

/** Infers whether a group consumes in order: from its running members, or from its settings on brokers that have them. */
final class OrderInference {
    private OrderInference() {}

    /**
     * Infers the order of a group.
     *
     * @param hidden why the group may have members behind proxies that are not known; empty if all are known
     */
    static Inference<ConsumeOrder> of(SourceGroup group, Optional<String> hidden) {
        SourceGroup.Members members = group.members();
        String broadcasting = group.isBroadcasting() ? "; broadcasting" : "";
        if (members.running() == 0) {
            return offline(group, hidden);
        }
        String reports = reports(members) + broadcasting;
        if (members.orderly() > 0 && members.concurrent() > 0) {
            return Inference.asked(reports);
        }
        if (members.orderly() > 0) {
            return Inference.certain(ConsumeOrder.ORDERLY, reports);
        }
        if (group.isDeclaredOrderly()) {
            String says = "its brokers say ORDERLY";
            return members.concurrent() > 0
                    ? Inference.asked(says + "; " + reports)
                    : Inference.certain(ConsumeOrder.ORDERLY, says);
        }
        if (members.grpc() == members.running()) {
            return Inference.likely(
                    ConsumeOrder.CONCURRENT, "its members use gRPC, and its brokers say CONCURRENT" + broadcasting);
        }
        if (members.silent() == 0) {
            return Inference.certain(ConsumeOrder.CONCURRENT, reports);
        }
        if (members.concurrent() > 0) {
            return Inference.likely(ConsumeOrder.CONCURRENT, reports);
        }
        if (group.mode().filter(ConsumeMode.POP::equals).isPresent()) {
            return Inference.likely(ConsumeOrder.CONCURRENT, "its members use POP, and its brokers say CONCURRENT");
        }
        if (members.areSilentProxied()) {
            return Inference.asked(Counts.of(members.silent(), "member") + " behind a proxy"
                    + Counts.verb(members.silent(), " does", " do") + " not report its order" + broadcasting);
        }
        String running = Counts.of(members.running(), "member");
        return group.mode().filter(ConsumeMode.PULL::equals).isPresent()
                ? Inference.asked(running + Counts.verb(members.running(), " pulls", " pull")
                        + ", so only the application's code shows its order" + broadcasting)
                : Inference.asked(running + Counts.verb(members.running(), " does", " do") + " not report its order"
                        + broadcasting);
    }

    /** Such as "2 ORDERLY, 1 CONCURRENT of 4 running members". */
    private static String reports(SourceGroup.Members members) {
        StringBuilder words = new StringBuilder();
        if (members.orderly() > 0) {
            words.append(members.orderly()).append(" ORDERLY");
        }
        if (members.concurrent() > 0) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(members.concurrent())
                    .append(" CONCURRENT");
        }
        return words + " of " + Counts.of(members.running(), "running member");
    }

    private static Inference<ConsumeOrder> offline(SourceGroup group, Optional<String> hidden) {
        String nobody = hidden.map(why -> "no member is known, but not all clients of proxies are: " + why)
                .orElse("nobody runs it");
        String evidence = group.unseen().orElseGet(() -> nobody + deleted(group) + lastConsumed(group) + unread(group));
        return group.isDeclaredOrderly()
                ? Inference.likely(ConsumeOrder.ORDERLY, "its brokers say ORDERLY; " + evidence)
                : Inference.asked(evidence);
    }

    private static String deleted(SourceGroup group) {
        return group.hasSettings() ? "" : ", and no broker has its settings";
    }

    private static String lastConsumed(SourceGroup group) {
        return group.lastConsumed()
                .map(last -> last.stored()
                        .map(at -> "; consumed up to a message of " + UtcTime.words(at)
                                + last.unseen()
                                        .map(why -> " or a later one: " + why)
                                        .orElse(""))
                        .orElseGet(() -> last.unseen()
                                .map(why -> "; when it last consumed is not known: " + why)
                                .orElse("; it has consumed nothing")))
                .orElse("");
    }

    private static String unread(SourceGroup group) {
        if (group.unread().isPresent()) {
            return "; " + Counts.messages(group.unread().getAsLong()) + " unread";
        }
        return group.topics().isEmpty() ? "; it has no offsets" : "";
    }
}
