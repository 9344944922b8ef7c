package io.github.rocketmigrate.wire;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Side;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which request it is that something goes wrong with, and what: a sentence that a test writes and that ends with the
 * fault.
 *
 * <p>Each fault happens once, unless it is set to happen every time.
 */
public final class Occasion {
    /** What tells one write from another, besides its code and server. */
    private static final List<String> FIELDS = List.of("topic", "perm", "group", "consumerGroup", "key");

    private final List<Wire.Server> servers;
    private final Consumer<Occasion> ready;
    private String words;
    private BiPredicate<Wire.Server, Frame> meant;
    private int nth = 1;
    private boolean every;
    private Deed deed;
    private int seen;
    private boolean taken;
    private volatile boolean fired;

    /** What happens to a request. */
    private interface Deed {
        void happen(Line line, Frame request) throws IOException;
    }

    Occasion(int code, List<Wire.Server> servers, Consumer<Occasion> ready) {
        this.servers = servers;
        this.ready = ready;
        words = "request " + code;
        meant = (server, request) -> request.code() == code;
    }

    Occasion(Predicate<String> writes, List<Wire.Server> servers, Consumer<Occasion> ready) {
        this.servers = servers;
        this.ready = ready;
        words = "a write";
        meant = (server, request) -> words(server, request).filter(writes).isPresent();
    }

    private static Optional<String> words(Wire.Server server, Frame request) {
        return Arrays.stream(WriteRequest.values())
                .filter(write -> write.code() == request.code())
                .findFirst()
                .map(write -> write + " at " + server.name()
                        + FIELDS.stream()
                                .filter(field -> !request.field(field).isEmpty())
                                .map(field -> field + " " + request.field(field))
                                .collect(joining(", ", ": ", "")));
    }

    /** Only at this broker or name server: {@code destination-a}, {@code source-nameserver}. */
    public Occasion at(String name) {
        if (servers.stream().noneMatch(server -> server.name().equals(name))) {
            throw new IllegalArgumentException("no " + name + " among " + servers);
        }
        return only(" at " + name, (server, request) -> server.name().equals(name));
    }

    /** Only at servers of this side. */
    public Occasion at(Side side) {
        return only(" at the " + side.word(), (server, request) -> server.side() == side);
    }

    /** Only where this field of the request's header has this value, such as the topic of request 17. */
    public Occasion with(String field, String value) {
        return only(
                " with " + field + " " + value,
                (server, request) -> request.field(field).equals(value));
    }

    private Occasion only(String more, BiPredicate<Wire.Server, Frame> condition) {
        words += more;
        meant = meant.and(condition);
        return this;
    }

    /** Not the first such request from now on but the n-th. */
    public Occasion nth(int n) {
        words += ", number " + n;
        nth = n;
        return this;
    }

    /** All such requests, from the first or {@link #nth} on. */
    public Occasion every() {
        words += ", every time";
        every = true;
        return this;
    }

    /** Does something before the server gets the request; meanwhile other requests pass. */
    public void before(FaultyWire.Action action) {
        set(
                "before",
                (line, request) -> line.holding(
                        () -> {
                            action.run();
                            fired = true;
                        },
                        () -> line.toServer(request)));
    }

    /** Does something when the server has answered and the client does not know it yet. */
    public void after(FaultyWire.Action action) {
        set(
                "after",
                (line, request) -> line.toServer(
                        request,
                        answer -> line.holding(
                                () -> {
                                    action.run();
                                    fired = true;
                                },
                                () -> line.toClient(answer))));
    }

    /** Hangs up; the server never gets the request. */
    public void cutBefore() {
        set("cutBefore", (line, request) -> {
            fired = true;
            line.cut();
        });
    }

    /** Hangs up when the server has answered: what was asked for has happened, and nobody tells. */
    public void cutAfter() {
        set(
                "cutAfter",
                (line, request) -> line.toServer(request, answer -> {
                    fired = true;
                    line.cut();
                }));
    }

    /** Loses the answer, so that the client waits for as long as it has patience: what was asked for has happened. */
    public void swallow() {
        set("swallow", (line, request) -> line.toServer(request, answer -> fired = true));
    }

    /** Holds the request up, even if the client hangs up meanwhile; other requests pass. */
    public void delay(Duration duration) {
        set("delay", (line, request) -> {
            // Now, for the client may well lose its patience before the request goes on.
            fired = true;
            line.holding(() -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()), () -> line.toServer(request));
        });
    }

    /** Answers in place of the server, which never gets the request. */
    public void answer(int code, String remark) {
        set("answer " + code, (line, request) -> {
            fired = true;
            line.toClient(request.refused(code, remark));
        });
    }

    private void set(String fault, Deed what) {
        words += ": " + fault;
        deed = what;
        ready.accept(this);
    }

    /** Whether it is for such a request; if so, counts it. */
    boolean isMeant(Wire.Server server, Frame request) {
        if (!meant.test(server, request)) {
            return false;
        }
        seen++;
        return true;
    }

    /** Whether the request that was counted last is the one, if nobody else takes it. */
    boolean isDue() {
        if (seen < nth || taken) {
            return false;
        }
        taken = !every;
        return true;
    }

    void take(Line line, Frame request) throws IOException {
        deed.happen(line, request);
    }

    boolean isFired() {
        return fired;
    }

    @Override
    public String toString() {
        return words;
    }
}
