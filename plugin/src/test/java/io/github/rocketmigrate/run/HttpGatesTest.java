package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.rocketmigrate.observe.GateLook;
import io.github.rocketmigrate.observe.GateLook.GateState;
import io.github.rocketmigrate.observe.Situations;
import io.github.rocketmigrate.plan.Gate;
import io.github.rocketmigrate.plan.Plans;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that answers, refuses, hangs, or sends what nobody can use. */
final class HttpGatesTest {
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final long NOW = Situations.NOON.getEpochSecond();

    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicReference<String> asked = new AtomicReference<>("");
    private HttpServer server;
    private HttpHandler handler = exchange -> answer(exchange, 404, "");

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            asked.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            try (exchange) {
                handler.handle(exchange);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static List<Gate> gates(String... gates) {
        return Plans.plan("""
                        traffic: { routing: join, gates: [%s] }
                        batches: [{ name: all, topics: [{ name: clicks, type: NORMAL }] }]
                        """.formatted(String.join(", ", gates)))
                .conditions()
                .gateList()
                .toList();
    }

    private GateLook read(String keys) throws InterruptedException {
        List<Gate> gates = gates("{ name: one, " + keys + " }");
        return new HttpGates(LIMIT).read(gates, Situations.NOON).get(gates.get(0));
    }

    private GateLook ready() throws InterruptedException {
        return read("url: \"" + address() + "/ready?deep=1\", status: 200");
    }

    private GateLook query(String keys) throws InterruptedException {
        return read("prometheus: \"" + address() + "/\", query: \"rate(errors[5m]) > 0\", " + keys);
    }

    private void prometheus(String data) {
        handler = exchange -> answer(exchange, 200, "{\"status\":\"success\",\"data\":" + data + "}");
    }

    /** A series with a value every 15 s, the last one now. */
    private void series(double... values) {
        prometheus("{\"resultType\":\"matrix\",\"result\":[" + one(values) + "]}");
    }

    private static String one(double... values) {
        return "{\"metric\":{},\"values\":["
                + String.join(
                        ",",
                        LongStream.range(0, values.length)
                                .mapToObj(i -> "[" + (NOW - 15 * (values.length - 1 - i)) + ",\""
                                        + (Double.isNaN(values[(int) i]) ? "NaN" : values[(int) i]) + "\"]")
                                .toList())
                + "]}";
    }

    private static double[] times(int count, double value, double... more) {
        double[] all = new double[count + more.length];
        Arrays.fill(all, 0, count, value);
        System.arraycopy(more, 0, all, count, more.length);
        return all;
    }

    @Test
    void anAddressHoldsWithItsStatusOnly() throws InterruptedException {
        handler = exchange -> answer(exchange, 200, "ok");
        assertThat(ready()).isEqualTo(GateLook.holding(address() + "/ready?deep=1 answered 200", Duration.ZERO, false));
        assertThat(asked).hasValue("GET /ready?deep=1");
        handler = exchange -> answer(exchange, 503, "closed");
        assertThat(ready()).isEqualTo(GateLook.failing(address() + "/ready?deep=1 answered 503"));
        handler = exchange -> {
            exchange.getResponseHeaders().add("Location", address() + "/elsewhere");
            answer(exchange, 302, "");
        };
        assertThat(ready())
                .describedAs("a redirect is an answer")
                .isEqualTo(GateLook.failing(address() + "/ready?deep=1 answered 302"));
    }

    @Test
    void aServerThatRefusesIsUnknown() throws Exception {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        GateLook look = read("url: \"http://127.0.0.1:" + free + "/\", status: 200");
        assertThat(look.state()).isEqualTo(GateState.UNKNOWN);
        assertThat(look.what()).startsWith("http://127.0.0.1:" + free + "/ could not be reached: ");
    }

    /** Before its headers, and in the middle of its body; several at once take no longer than one. */
    @Test
    void aServerThatHangsIsUnknownAfterTheLimit() throws InterruptedException {
        handler = exchange -> {
            if (exchange.getRequestURI().getPath().equals("/body")) {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
            hang();
        };
        List<Gate> gates = gates(
                "{ name: headers, url: \"" + address() + "/headers\", status: 200 }",
                "{ name: body, url: \"" + address() + "/body\", status: 200 }",
                "{ name: query, prometheus: \"" + address() + "\", query: up, above: 0 }");
        long begin = System.nanoTime();
        assertThat(new HttpGates(LIMIT).read(gates, Situations.NOON).values())
                .hasSize(3)
                .allSatisfy(look -> {
                    assertThat(look.state()).isEqualTo(GateState.UNKNOWN);
                    assertThat(look.what()).endsWith(" did not answer within 2 s");
                });
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LIMIT.multipliedBy(2));
    }

    private void hang() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneHundredMegabytesAreNotRead() throws InterruptedException {
        AtomicLong sent = new AtomicLong();
        handler = exchange -> {
            exchange.sendResponseHeaders(200, 100L << 20);
            byte[] part = new byte[1 << 16];
            try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 1_600; i++) {
                    body.write(part);
                    sent.addAndGet(part.length);
                }
            }
        };
        GateLook look = query("below: 0.5");
        assertThat(look).isEqualTo(GateLook.unknown(address() + "/ answered more than 1 MB"));
        assertThat(sent.get()).isLessThan(50L << 20);
    }

    @Test
    void whatIsNoAnswerOfPrometheusIsUnknown() throws InterruptedException {
        for (String garbage : List.of(
                "<html>login</html>",
                "{",
                "17",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"many\"]}]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}",
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":[1,\"NaN\"]}]}}",
                "")) {
            handler = exchange -> answer(exchange, 200, garbage);
            assertThat(query("below: 0.5").state()).describedAs(garbage).isEqualTo(GateState.UNKNOWN);
        }
        handler = exchange -> answer(
                exchange,
                400,
                "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error \\u001b[31m\"}");
        assertThat(query("below: 0.5").what())
                .describedAs("no control characters of others")
                .startsWith(address() + "/ answered 400: parse error <U+001B>");
    }

    @Test
    void oneValueIsComparedWithTheLimit() throws InterruptedException {
        prometheus("{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[" + NOW + ",\"0.25\"]}]}");
        assertThat(query("below: 0.5")).isEqualTo(GateLook.holding("the query is 0.25", Duration.ZERO, false));
        assertThat(asked).hasValue("GET /api/v1/query?query=rate%28errors%5B5m%5D%29+%3E+0&time=" + NOW);
        assertThat(query("above: 0.5")).isEqualTo(GateLook.failing("the query is 0.25"));
        assertThat(query("below: 0.25").state()).describedAs("the limit itself").isEqualTo(GateState.FAILS);
        prometheus("{\"resultType\":\"scalar\",\"result\":[" + NOW + ",\"+Inf\"]}");
        assertThat(query("below: 1e9").state()).isEqualTo(GateState.FAILS);
    }

    @Test
    void theTimeIsMeasuredByTheRange() throws InterruptedException {
        series(times(21, 0.2));
        assertThat(query("below: 0.5, for: 5m"))
                .isEqualTo(GateLook.holding("the query is 0.2", Duration.ofMinutes(5), false));
        assertThat(asked)
                .hasValue("GET /api/v1/query_range?query=rate%28errors%5B5m%5D%29+%3E+0&start=" + (NOW - 300) + "&end="
                        + NOW + "&step=15");
        series(times(12, 0.9, times(9, 0.2)));
        assertThat(query("below: 0.5, for: 5m"))
                .isEqualTo(GateLook.holding("the query is 0.2", Duration.ofMinutes(2), true));
        series(times(20, 0.2, 0.9));
        assertThat(query("below: 0.5, for: 5m")).isEqualTo(GateLook.failing("the query is 0.9"));
    }

    @Test
    void whatWasNotMeasuredForTheTimeIsKnownForLess() throws InterruptedException {
        series(times(9, 0.2));
        assertThat(query("below: 0.5, for: 5m"))
                .describedAs("the series began two minutes ago")
                .isEqualTo(GateLook.holding("the query is 0.2", Duration.ofMinutes(2), false));
        series(times(15, 0.2, times(1, Double.NaN, times(5, 0.2))));
        assertThat(query("below: 0.5, for: 5m"))
                .isEqualTo(GateLook.holding("the query is 0.2", Duration.ofMinutes(1), false));
        prometheus("{\"resultType\":\"matrix\",\"result\":[{\"values\":[[" + (NOW - 200) + ",\"0.2\"]]}]}");
        assertThat(query("below: 0.5, for: 5m")).isEqualTo(GateLook.unknown("the query has had no value for 200 s"));
    }

    @Test
    void theSeriesThatDoesWorstCounts() throws InterruptedException {
        prometheus("{\"resultType\":\"matrix\",\"result\":[" + one(times(21, 0.2)) + "," + one(times(21, 0.7)) + "]}");
        assertThat(query("below: 0.5, for: 5m")).isEqualTo(GateLook.failing("the query is 0.7"));
        prometheus("{\"resultType\":\"matrix\",\"result\":[" + one(times(21, 0.2)) + "," + one(times(9, 0.3)) + "]}");
        assertThat(query("below: 0.5, for: 5m").holds()).isEqualTo(Duration.ofMinutes(2));
    }
}
