package io.github.rocketmigrate.sandbox;

import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;
import static io.github.rocketmigrate.model.MessageType.FIFO;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts the messages that the {@link Shop}'s producers sent and its consumers received, to find lost ones. */
final class ShopLedger {
    static final Backlog NOTHING_UNREAD = (topic, reader) -> 0;

    private final Map<String, Sent> topics = new HashMap<>();
    private final Map<String, Book> books = new LinkedHashMap<>();
    private long receptions;

    /** Counts the messages that the queues of a topic still hold for a reader. */
    @FunctionalInterface
    interface Backlog {
        long unread(String topic, String reader);
    }

    /** The messages that were sent to a topic. */
    private static final class Sent {
        private final BitSet numbers = new BitSet();
        private long failed;
    }

    /** The messages of a topic that a reader received. */
    private static final class Book {
        private final Shop.ShopTopic topic;
        private final String reader;
        private final boolean ordered;
        private final BitSet numbers = new BitSet();
        private final Map<Long, Long> latest = new HashMap<>();
        private long twice;
        private long late;

        Book(Shop.ShopTopic topic, String reader, boolean ordered) {
            this.topic = topic;
            this.reader = reader;
            this.ordered = ordered;
        }

        void receive(int number) {
            if (numbers.get(number)) {
                twice++;
                return;
            }
            numbers.set(number);
            long subject = Shop.subject(number);
            if (ordered && latest.getOrDefault(subject, -1L) > number) {
                late++;
            }
            latest.merge(subject, (long) number, Math::max);
        }

        private BitSet lost(Sent sent) {
            BitSet lost = (BitSet) sent.numbers.clone();
            lost.andNot(numbers);
            return lost;
        }

        ShopTally.Line line(Sent sent, Backlog backlog) {
            long missing = lost(sent).cardinality();
            long unread = missing == 0 ? 0 : Math.min(missing, backlog.unread(topic.name(), reader));
            return new ShopTally.Line(
                    topic.name(),
                    reader,
                    ordered,
                    sent.numbers.cardinality(),
                    sent.failed,
                    numbers.cardinality(),
                    missing - unread,
                    unread,
                    twice,
                    late);
        }
    }

    ShopLedger() {
        for (Shop.ShopTopic topic : Shop.TOPICS) {
            topics.put(topic.name(), new Sent());
            for (Shop.ShopGroup group : Shop.GROUPS) {
                if (group.topics().contains(topic.name())) {
                    boolean ordered = topic.type() == FIFO && group.order() == ORDERLY;
                    for (String reader : group.readers()) {
                        books.put(key(topic.name(), reader), new Book(topic, reader, ordered));
                    }
                }
            }
        }
    }

    /** A broker has confirmed a message. */
    synchronized void sent(String topic, int number) {
        topics.get(topic).numbers.set(number);
    }

    /** A message was not sent, or its confirmation is missing. */
    synchronized void failed(String topic) {
        topics.get(topic).failed++;
    }

    /** A reader has received a message, perhaps before the producer received the confirmation. */
    synchronized void received(String topic, String reader, int number) {
        Book book = books.get(key(topic, reader));
        if (number >= book.topic.firstOfTraffic()) {
            receptions++;
            book.receive(number);
        }
    }

    /** The number of messages received so far, including repeated ones. */
    synchronized long receptions() {
        return receptions;
    }

    /** Whether every reader has received every message that was sent. */
    synchronized boolean isComplete() {
        return incomplete().isEmpty();
    }

    /** Whether a reader that has not received every message can still read more. */
    boolean hasUnread(Backlog backlog) {
        return incomplete().stream().anyMatch(book -> backlog.unread(book.topic.name(), book.reader) > 0);
    }

    private synchronized List<Book> incomplete() {
        return books.values().stream()
                .filter(book -> !book.lost(topics.get(book.topic.name())).isEmpty())
                .toList();
    }

    /** Counts a message that was not received as lost only if no queue holds it any more. */
    synchronized ShopTally tally(Backlog backlog) {
        List<ShopTally.Line> lines = new ArrayList<>();
        books.values().forEach(book -> lines.add(book.line(topics.get(book.topic.name()), backlog)));
        return new ShopTally(lines);
    }

    private static String key(String topic, String reader) {
        return topic + " " + reader;
    }
}
