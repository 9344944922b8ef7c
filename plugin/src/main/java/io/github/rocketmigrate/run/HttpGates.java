package io.github.rocketmigrate.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rocketmigrate.observe.GateLook;
import io.github.rocketmigrate.observe.GateReader;
import io.github.rocketmigrate.plan.Gate;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.text.Printable;
import io.github.rocketmigrate.wire.HttpQuestion;
import io.github.rocketmigrate.wire.HttpQuestion.HttpAnswer;
import io.github.rocketmigrate.wire.HttpQuestion.NoAnswer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads gates over HTTP: the status of an address, or a Prometheus query over the time for which it has to hold. */
final class HttpGates implements GateReader {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int OK = 200;
    /** Values in the time for which a condition has to hold. */
    private static final int VALUES = 20;

    private static final int LONGEST_ERROR = 100;

    private final Duration limit;
    private final ObjectMapper json = new ObjectMapper();
    private Optional<HttpClient> client = Optional.empty();

    HttpGates() {
        this(LIMIT);
    }

    /** Waits for each answer no longer than {@code limit}. */
    HttpGates(Duration limit) {
        this.limit = requireNonNull(limit, "limit is null");
    }

    @Override
    public Map<Gate, GateLook> read(Collection<Gate> gates, Instant at) throws InterruptedException {
        if (client.isEmpty()) {
            client = Optional.of(HttpQuestion.client(limit));
        }
        Map<Gate, HttpQuestion> asked = new LinkedHashMap<>();
        for (Gate gate : gates) {
            asked.put(gate, HttpQuestion.ask(client.get(), address(gate, at), limit));
        }
        Map<Gate, GateLook> looks = new HashMap<>();
        for (Map.Entry<Gate, HttpQuestion> question : asked.entrySet()) {
            Gate gate = question.getKey();
            try {
                looks.put(gate, look(gate, question.getValue().await(), at));
            } catch (NoAnswer e) {
                looks.put(gate, GateLook.unknown(gate.address() + " " + Printable.of(e.getMessage())));
            }
        }
        return looks;
    }

    private static URI address(Gate gate, Instant at) {
        if (gate.url().isPresent()) {
            return URI.create(gate.url().get().value());
        }
        String base = gate.address().replaceFirst("/+$", "") + "/api/v1/";
        String query =
                "query=" + URLEncoder.encode(gate.query().map(Located::value).orElse(""), UTF_8);
        return URI.create(
                gate.required().isZero()
                        ? base + "query?" + query + "&time=" + at.getEpochSecond()
                        : base + "query_range?" + query + "&start="
                                + at.minus(gate.required()).getEpochSecond() + "&end=" + at.getEpochSecond() + "&step="
                                + step(gate).toSeconds());
    }

    private static Duration step(Gate gate) {
        return Duration.ofSeconds(Math.max(1, gate.required().toSeconds() / VALUES));
    }

    private GateLook look(Gate gate, HttpAnswer answer, Instant at) {
        if (gate.url().isPresent()) {
            String what = gate.address() + " answered " + answer.status();
            return gate.accepts(answer.status())
                    ? GateLook.holding(what, Duration.ZERO, false)
                    : GateLook.failing(what);
        }
        try {
            JsonNode root = json.readTree(answer.body());
            if (root == null || !root.path("status").asText().equals("success")) {
                return GateLook.unknown(gate.address() + " " + error(answer, root));
            }
            return values(gate, root.path("data"), at);
        } catch (JsonProcessingException | NumberFormatException e) {
            return GateLook.unknown(gate.address() + " answered " + answer.status()
                    + " with something that is no answer of Prometheus");
        }
    }

    private static String error(HttpAnswer answer, JsonNode root) {
        String error = root == null ? "" : Printable.of(root.path("error").asText());
        String shown = error.length() > LONGEST_ERROR ? error.substring(0, LONGEST_ERROR) + "…" : error;
        String status = answer.status() == OK ? "answered without a result" : "answered " + answer.status();
        return shown.isEmpty() ? status : status + ": " + shown;
    }

    /** One value of a series, at a time in seconds. */
    private record Value(double at, double value) {
        static Value of(JsonNode pair) {
            if (!pair.isArray() || pair.size() != 2 || !pair.get(0).isNumber()) {
                throw new NumberFormatException("no value of Prometheus");
            }
            return new Value(pair.get(0).asDouble(), number(pair.get(1).asText()));
        }

        private static double number(String text) {
            return switch (text) {
                case "+Inf" -> Double.POSITIVE_INFINITY;
                case "-Inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(text);
            };
        }
    }

    private static List<List<Value>> series(JsonNode data) {
        JsonNode result = data.path("result");
        List<List<Value>> series = new ArrayList<>();
        if (data.path("resultType").asText().equals("scalar")) {
            series.add(List.of(Value.of(result)));
            return series;
        }
        for (JsonNode one : result) {
            List<Value> values = new ArrayList<>();
            if (one.has("value")) {
                values.add(Value.of(one.get("value")));
            }
            one.path("values").forEach(pair -> values.add(Value.of(pair)));
            series.add(values);
        }
        return series;
    }

    /** All series have to meet the condition; the one that does worst counts. */
    private static GateLook values(Gate gate, JsonNode data, Instant at) {
        List<List<Value>> series = series(data);
        if (series.isEmpty() || series.stream().anyMatch(List::isEmpty)) {
            return GateLook.unknown("the query has no value");
        }
        Optional<GateLook> worst = Optional.empty();
        for (List<Value> values : series) {
            GateLook look = look(gate, values, at.getEpochSecond());
            if (worst.isEmpty() || isWorse(look, worst.get())) {
                worst = Optional.of(look);
            }
        }
        return worst.get();
    }

    private static boolean isWorse(GateLook one, GateLook other) {
        return one.state() == other.state() ? one.holds().compareTo(other.holds()) < 0 : rank(one) > rank(other);
    }

    private static int rank(GateLook look) {
        return switch (look.state()) {
            case HOLDS -> 0;
            case UNKNOWN -> 1;
            case FAILS -> 2;
        };
    }

    /** Looks back from now, until the condition did not hold or was not measured. */
    private static GateLook look(Gate gate, List<Value> values, long now) {
        long step = step(gate).toSeconds();
        Value last = values.get(values.size() - 1);
        if (Double.isNaN(last.value())) {
            return GateLook.unknown("the query is not a number");
        }
        if (!gate.required().isZero() && now - last.at() > 2 * step) {
            return GateLook.unknown("the query has had no value for " + Math.round(now - last.at()) + " s");
        }
        String what = "the query is " + text(last.value());
        if (!gate.accepts(last.value())) {
            return GateLook.failing(what);
        }
        double since = last.at();
        boolean failed = false;
        for (int i = values.size() - 2; i >= 0; i--) {
            Value value = values.get(i);
            failed = !Double.isNaN(value.value()) && !gate.accepts(value.value());
            if (failed || Double.isNaN(value.value()) || since - value.at() > 2 * step) {
                break;
            }
            since = value.at();
        }
        long required = gate.required().toSeconds();
        long holds = Math.round(now - since);
        // The first value of the range may be one step after its begin.
        boolean isWhole = !failed && holds + step >= required;
        return GateLook.holding(what, Duration.ofSeconds(isWhole ? Math.max(holds, required) : holds), failed);
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
