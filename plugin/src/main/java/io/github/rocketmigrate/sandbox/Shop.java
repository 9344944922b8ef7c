package io.github.rocketmigrate.sandbox;

import static io.github.rocketmigrate.model.ConsumeOrder.CONCURRENT;
import static io.github.rocketmigrate.model.ConsumeOrder.ORDERLY;
import static io.github.rocketmigrate.model.MessageType.DELAY;
import static io.github.rocketmigrate.model.MessageType.FIFO;
import static io.github.rocketmigrate.model.MessageType.NORMAL;
import static io.github.rocketmigrate.model.MessageType.TRANSACTION;

import io.github.rocketmigrate.model.ConsumeOrder;
import io.github.rocketmigrate.model.MessageType;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The topics and groups of a small web shop, which a seeded sandbox contains as an example to migrate. */
public final class Shop {
    /** The name of its process among the servers of a sandbox. */
    public static final String NAME = "shop";

    /** The longest delay level: 2 h. */
    static final int LONG_DELAY = 18;

    /** The number of members of each group. */
    static final int MEMBERS = 2;

    private static final int SUBJECTS = 10;

    /**
     * A topic of the shop.
     *
     * @param messages the number of messages from the start
     * @param delayed the number of these messages that are not due yet
     * @param half the number of additional messages that are neither committed nor rolled back
     */
    public record ShopTopic(String name, MessageType type, int queues, int messages, int delayed, int half) {
        /** The number of the first message from the applications. */
        int firstOfTraffic() {
            return messages + half;
        }

        /** The group of the producer that sends to this topic, and to no other. */
        String producerGroup() {
            return name + "-producer";
        }
    }

    /**
     * A consumer group of the shop.
     *
     * @param broadcasting whether each member consumes every message, in which case the broker stores no offsets
     * @param behind the backlog in each of the group's topics, in messages
     */
    public record ShopGroup(
            String name, ConsumeOrder order, boolean broadcasting, int retries, int behind, List<String> topics) {
        /** The readers that must receive every message: the group or, if it is broadcasting, each member. */
        List<String> readers() {
            return broadcasting
                    ? IntStream.rangeClosed(1, MEMBERS).mapToObj(this::member).toList()
                    : List.of(name);
        }

        /** The reader to which a member belongs. */
        String reader(int member) {
            return broadcasting ? member(member) : name;
        }

        private String member(int member) {
            return name + "-" + member;
        }
    }

    public static final List<ShopTopic> TOPICS = List.of(
            new ShopTopic("user-events", NORMAL, 8, 400, 0, 0),
            new ShopTopic("page-views", NORMAL, 8, 240, 0, 0),
            new ShopTopic("search-index", NORMAL, 4, 120, 0, 0),
            new ShopTopic("price-updates", NORMAL, 4, 48, 0, 0),
            new ShopTopic("order-events", FIFO, 4, 160, 0, 0),
            new ShopTopic("stock-changes", FIFO, 4, 80, 0, 0),
            new ShopTopic("invoices", DELAY, 4, 40, 8, 0),
            new ShopTopic("cart-reminders", DELAY, 4, 24, 24, 0),
            new ShopTopic("payments", TRANSACTION, 4, 60, 0, 1),
            new ShopTopic("refunds", TRANSACTION, 4, 20, 0, 0));

    public static final List<ShopGroup> GROUPS = List.of(
            new ShopGroup("user-events-audit", CONCURRENT, false, 16, 64, List.of("user-events")),
            new ShopGroup("recommendations", CONCURRENT, false, 16, 0, List.of("user-events", "page-views")),
            new ShopGroup("search-indexer", CONCURRENT, false, 16, 120, List.of("search-index")),
            new ShopGroup("shop-windows", CONCURRENT, true, 16, 0, List.of("price-updates")),
            new ShopGroup("order-fulfilment", ORDERLY, false, 3, 12, List.of("order-events", "stock-changes")),
            new ShopGroup("invoice-mailer", CONCURRENT, false, 16, 0, List.of("invoices")),
            new ShopGroup("cart-mailer", CONCURRENT, false, 16, 0, List.of("cart-reminders")),
            new ShopGroup("ledger", CONCURRENT, false, 16, 4, List.of("payments", "refunds")));

    private Shop() {}

    /** The applications: groups, which consume, then topics, to each of which one application sends. */
    public static List<String> applications() {
        return Stream.concat(consumers().stream(), producers().stream()).toList();
    }

    public static List<String> consumers() {
        return GROUPS.stream().map(ShopGroup::name).toList();
    }

    public static List<String> producers() {
        return TOPICS.stream().map(ShopTopic::name).toList();
    }

    /** The order, cart or account of a message. FIFO topics keep the order of messages with the same subject. */
    static long subject(long number) {
        return number % SUBJECTS;
    }

    /** The group of a reader, which is the group itself or a broadcasting member. */
    static ShopGroup groupOf(String reader) {
        return GROUPS.stream()
                .filter(group -> group.readers().contains(reader))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no group of the shop has the reader " + reader));
    }

    static ShopTopic topic(String name) {
        return TOPICS.stream()
                .filter(topic -> topic.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
