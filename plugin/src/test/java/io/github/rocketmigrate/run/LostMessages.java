package io.github.rocketmigrate.run;

import io.github.rocketmigrate.live.LiveTraffic;
import io.github.rocketmigrate.live.Place;
import io.github.rocketmigrate.live.Received;
import io.github.rocketmigrate.live.Sent;
import io.github.rocketmigrate.live.Tally;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.wire.AdminConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.rocketmq.common.message.MessageQueue;
import org.apache.rocketmq.remoting.protocol.admin.OffsetWrapper;

/** Asks, while the servers still run, why messages were lost: whether the broker has them, and what came beside them. */
final class LostMessages {
    private static final int EXAMINED = 3;

    private final Endpoints endpoints;
    private final LiveTraffic live;

    LostMessages(Endpoints endpoints, LiveTraffic live) {
        this.endpoints = endpoints;
        this.live = live;
    }

    List<String> evidence(Tally tally) throws Exception {
        List<String> words = new ArrayList<>();
        for (Tally.Line line : tally.lines()) {
            for (Sent lost :
                    line.lost().subList(0, Math.min(EXAMINED, line.lost().size()))) {
                words.add("lost for " + line.group() + ": " + lost.message() + " at " + lost.place() + "; "
                        + queue(line, lost.place()));
                for (Sent sent : live.sent()) {
                    if (sent.place().equals(lost.place()) && !sent.message().equals(lost.message())) {
                        words.add("    the same place has " + sent.message() + ", sent at " + sent.at());
                    }
                }
                for (Received received : live.received()) {
                    Place there = received.place();
                    if (received.group().equals(line.group())
                            && there.broker().equals(lost.place().broker())
                            && there.queue() == lost.place().queue()
                            && Math.abs(there.offset() - lost.place().offset()) <= 1) {
                        words.add("    beside it " + received.message() + " at " + there + ", received at "
                                + received.at() + " by " + received.member());
                    }
                }
            }
        }
        return words;
    }

    private String queue(Tally.Line line, Place place) throws Exception {
        Side side = Side.SOURCE.word().equals(place.broker().replaceFirst("-.*", "")) ? Side.SOURCE : Side.DESTINATION;
        MessageQueue queue = new MessageQueue(line.topic(), place.broker(), place.queue());
        try (AdminConnection connection =
                AdminConnection.open(endpoints.cluster(side).nameServers(), endpoints.admin())) {
            Map<MessageQueue, OffsetWrapper> offsets = connection
                    .admin()
                    .examineConsumeStats(line.group(), line.topic())
                    .getOffsetTable();
            OffsetWrapper offset = offsets.get(queue);
            return "its queue has the messages " + connection.admin().minOffset(queue) + " to "
                    + connection.admin().maxOffset(queue) + ", and the group's offset is "
                    + (offset == null ? "none" : Long.toString(offset.getConsumerOffset()));
        }
    }
}
