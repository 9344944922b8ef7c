package io.github.rocketmigrate.run;

import static io.github.rocketmigrate.run.CheckedTopics.await;
import static io.github.rocketmigrate.run.CheckedTopics.in;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.rocketmigrate.check.Verdict;
import io.github.rocketmigrate.model.Outcome;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Stage;
import io.github.rocketmigrate.report.ApplyReport;
import io.github.rocketmigrate.report.Printed;
import io.github.rocketmigrate.sandbox.Endpoints;
import io.github.rocketmigrate.sandbox.Eventually;
import io.github.rocketmigrate.sandbox.SandboxExtension;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.rocketmq.common.TopicConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Conditions of a company on real servers: the brake, a freeze, the time that a topic stays in a stage, and gates. */
@ExtendWith(SandboxExtension.class)
final class ConditionsIT {
    private static final List<String> NO_BATCH = List.of();

    @TempDir
    Path folder;

    private Endpoints endpoints;

    @BeforeEach
    void open(Endpoints shared) {
        endpoints = shared;
    }

    private CheckedTopics topics() {
        return new CheckedTopics(endpoints, folder, "client");
    }

    private void create(String topic) throws Exception {
        Topics.create(endpoints.cluster(Side.SOURCE), new TopicConfig(topic, 1, 1, 6));
    }

    private void applied(String text) {
        ApplyReport report = topics().goals().applySteadily(text);
        assertThat(report.outcome()).describedAs(Printed.of(report)).isEqualTo(Outcome.APPLIED);
    }

    @Test
    void noStepInAFreeze() throws Exception {
        create("frozen");
        in(topics().plan(topics().text(freeze(-1), Stage.READ_BOTH, "frozen", "NORMAL")))
                .fails("freeze", "frozen until ");
        in(topics().plan(topics().text(freeze(2), Stage.READ_BOTH, "frozen", "NORMAL")))
                .passes("freeze");
    }

    /** A freeze of some days, so many days from now. */
    private static String freeze(int days) {
        LocalDate begin = LocalDate.now(ZoneOffset.UTC).plusDays(days);
        return ", freeze: [{ from: " + begin + ", to: " + begin.plusDays(2) + ", zone: UTC }]";
    }

    @Test
    void theTimeInAStageIsSoaked() throws Exception {
        create("soaked");
        applied(topics().text("", Stage.READ_BOTH, "soaked", "NORMAL"));
        in(topics().plan(topics().text(", soak: 1h", Stage.WRITE_DESTINATION, "soaked", "NORMAL")))
                .fails("soak", "(1 h required)");
        String second = topics().text(", soak: 1s", Stage.WRITE_DESTINATION, "soaked", "NORMAL");
        await("soak", "without new messages", () -> in(topics().plan(second)));
        in(topics().plan(second)).passes("soak");
        in(topics().plan(second.replace("name: soaked\nsource", "name: other\nsource")))
                .isUnknown("soak", "no run has recorded since when the topic has been at read-both");
    }

    @Test
    void aGateHoldsFailsOrHangs() throws Exception {
        create("gated");
        CountDownLatch end = new CountDownLatch(1);
        ExecutorService threads = Executors.newCachedThreadPool();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            int status = exchange.getRequestURI().getPath().equals("/fails") ? 503 : 200;
            if (exchange.getRequestURI().getPath().equals("/hangs")) {
                try {
                    end.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            // On a busy machine an answer may take longer than a plan waits for it.
            Eventually.holds("one gate passes and one fails", () -> {
                CheckedTopics.Judged judged = in(topics().plan(gated(gate("holds", url) + ", " + gate("fails", url))));
                return judged.of("gate:holds") instanceof Verdict.Passed
                        && judged.of("gate:fails") instanceof Verdict.Failed failed
                        && failed.what().contains("503");
            });
            in(topics().plan(gated(gate("hangs", url)))).isUnknown("gate:hangs", url + "hangs");
        } finally {
            end.countDown();
            server.stop(0);
            threads.shutdownNow();
        }
    }

    private String gated(String gates) {
        return topics().text(", gates: [" + gates + "]", Stage.READ_BOTH, "gated", "NORMAL");
    }

    private static String gate(String name, String url) {
        return "{ name: " + name + ", url: \"" + url + name + "\", status: 200 }";
    }

    @Test
    void theBrakeIsOnForABatchOrForAll() throws Exception {
        create("braked");
        String text = topics().text("", Stage.READ_BOTH, "braked", "NORMAL");
        Goals goals = topics().goals();
        goals.brake(text, List.of("another"));
        in(topics().plan(text)).passes("brake");
        goals.brake(text, NO_BATCH);
        in(topics().plan(text)).fails("brake", ": Checkout errors");
        assertThat(goals.applySteadily(text).outcome()).isEqualTo(Outcome.BLOCKED);
        goals.release(text, NO_BATCH);
        applied(text);
    }
}
