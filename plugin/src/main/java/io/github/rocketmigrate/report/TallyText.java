package io.github.rocketmigrate.report;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.sandbox.ShopTally;
import io.github.rocketmigrate.sandbox.WaitingMessages;
import io.github.rocketmigrate.text.Counts;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Prints the tally of the sandbox's shop as a table that fits a narrow terminal. */
final class TallyText {
    private static final int RECEIVED = 3;
    private static final int UNREAD = 5;

    private final Terminal terminal;
    private final Layout layout;

    TallyText(Terminal terminal) {
        this.terminal = requireNonNull(terminal, "terminal is null");
        this.layout = new Layout(terminal);
    }

    /** Prints the messages that were not read in time, if there are any, in place of those that were received. */
    void print(ShopTally tally) {
        boolean unread = tally.unread() > 0;
        IntPredicate hidden = column -> column == (unread ? RECEIVED : UNREAD);
        layout.blank();
        Table table = new Table();
        row(table, hidden, "TOPIC", "GROUP", "SENT", "RECEIVED", "LOST", "UNREAD", "TWICE", "LATE");
        for (ShopTally.Line line : tally.lines()) {
            row(
                    table,
                    hidden,
                    line.topic(),
                    line.reader(),
                    line.sent(),
                    line.received(),
                    line.lost(),
                    line.unread(),
                    line.twice(),
                    line.ordered() ? line.late() : "–");
        }
        table.lines().forEach(line -> layout.line(2, line));
        layout.blank();
        layout.text(0, "Twice: received more than once. Late: out of order (FIFO topics).");
        if (unread) {
            layout.text(0, "Unread: still in a queue when the shop was stopped; not lost.");
            tally.waiting().forEach(some -> layout.text(0, words(some)));
        }
        notSent(tally);
        String summary = String.format(
                        Locale.ROOT,
                        "Tally: %,d sent, %,d not sent; %,d received, %,d lost, ",
                        tally.sent(),
                        tally.failed(),
                        tally.received(),
                        tally.lost())
                + (unread ? String.format(Locale.ROOT, "%,d unread, ", tally.unread()) : "")
                + String.format(Locale.ROOT, "%,d twice, %,d late.", tally.twice(), tally.late());
        layout.text(0, summary, tally.isPerfect() ? terminal::good : terminal::bad);
        layout.blank();
    }

    private static String words(WaitingMessages some) {
        return switch (some.cause()) {
            case NOT_CONNECTED ->
                messages(some) + ", where no client of " + some.reader() + " is connected. Switch " + some.reader()
                        + " to the " + some.side().word() + "'s name servers before you stop.";
            case BEHIND -> messages(some) + "; " + some.reader() + " is connected there, and has not consumed them.";
            case NO_ANSWER ->
                some.broker() + " did not answer, so the messages of " + some.topic() + " that " + some.reader()
                        + " did not receive count as unread.";
        };
    }

    private static String messages(WaitingMessages some) {
        return Counts.messages(some.messages()) + " of " + some.topic() + " "
                + Counts.verb(some.messages(), "waits", "wait") + " on " + some.broker();
    }

    /** By topic, because these messages have no group; a column would not fit into a narrow terminal. */
    private void notSent(ShopTally tally) {
        SortedMap<String, Long> topics = new TreeMap<>();
        tally.lines().stream()
                .filter(line -> line.failed() > 0)
                .forEach(line -> topics.put(line.topic(), line.failed()));
        if (topics.isEmpty()) {
            return;
        }
        String counts = topics.entrySet().stream()
                .map(topic -> String.format(Locale.ROOT, "%s %,d", topic.getKey(), topic.getValue()))
                .collect(joining(", "));
        layout.text(0, "Not sent: no broker confirmed the message; by topic: " + counts + ".");
    }

    private static void row(Table table, IntPredicate hidden, Object... cells) {
        table.row(IntStream.range(0, cells.length)
                .filter(hidden.negate())
                .mapToObj(column -> cells[column])
                .toArray());
    }
}
