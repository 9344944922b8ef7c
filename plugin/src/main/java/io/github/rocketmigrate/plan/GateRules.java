package io.github.rocketmigrate.plan;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds gates that ask nothing, that ask two things, or that have no address to ask. */
final class GateRules {
    private final List<Problem> problems = new ArrayList<>();

    List<Problem> check(StepConditions conditions) {
        Map<String, Located<String>> names = new HashMap<>();
        conditions.gateList().forEach(gate -> {
            check(gate);
            Located<String> first = gate.name().value().isEmpty()
                    ? null
                    : names.putIfAbsent(gate.name().value(), gate.name());
            if (first != null) {
                problems.add(new Problem(
                        Rule.GATE_TWICE,
                        gate.name().at(),
                        "gate '" + gate.name().value() + "' is already defined in line "
                                + first.at().line() + "; give it another name"));
            }
        });
        return problems;
    }

    private void check(Gate gate) {
        gate.prometheus().ifPresent(address -> address(gate, address));
        gate.url().ifPresent(address -> address(gate, address));
        kind(gate)
                .ifPresent(what -> problems.add(new Problem(
                        Rule.GATE_KIND, gate.at(), "gate '" + gate.name().value() + "' " + what)));
    }

    /** What is wrong with the keys of a gate, and how to correct them. */
    private static Optional<String> kind(Gate gate) {
        boolean asksQuery = gate.prometheus().isPresent() || gate.query().isPresent();
        boolean hasLimit = gate.below().isPresent() || gate.above().isPresent();
        boolean asksUrl = gate.url().isPresent() || gate.status().isPresent();
        if (!asksQuery && !asksUrl) {
            return Optional.of("has no condition; add prometheus, query and below or above, or add url and status");
        }
        if (asksUrl && (asksQuery || hasLimit)) {
            return Optional.of("has a query and an address; write two gates");
        }
        if (asksUrl) {
            return gate.url().isEmpty()
                    ? Optional.of("has no 'url'; add it, for example url: http://shop.internal/ready")
                    : gate.status().isEmpty()
                            ? Optional.of("has no 'status'; add it, for example status: 200")
                            : Optional.empty();
        }
        if (gate.prometheus().isEmpty()) {
            return Optional.of("has no 'prometheus'; add it, for example prometheus: http://prom:9090");
        }
        if (gate.query().isEmpty()) {
            return Optional.of("has no 'query'; add it, for example query: rate(errors[5m])");
        }
        if (gate.below().isPresent() == gate.above().isPresent()) {
            return Optional.of(
                    hasLimit
                            ? "has below and above; write two gates"
                            : "has no limit; add below or above, for example below: 0.5");
        }
        return Optional.empty();
    }

    private void address(Gate gate, Located<String> address) {
        if (address.value().isBlank()) {
            return;
        }
        wrong(address.value())
                .ifPresent(what -> problems.add(new Problem(
                        Rule.WRONG_FORM, address.at(), "gate '" + gate.name().value() + "' has " + what)));
    }

    private static Optional<String> wrong(String address) {
        String incomplete = "the address '" + PlanWords.shortened(address)
                + "'; write a full address, for example http://prom:9090";
        try {
            URI uri = new URI(address);
            boolean isHttp = List.of("http", "https").contains(String.valueOf(uri.getScheme()));
            if (!isHttp || uri.getHost() == null) {
                return Optional.of(incomplete);
            }
            // The message does not repeat it: logs are read by more people than the plan.
            return uri.getUserInfo() == null
                    ? Optional.empty()
                    : Optional.of("an address with an account; remove the account, because plans have no secrets");
        } catch (URISyntaxException e) {
            return Optional.of(incomplete);
        }
    }
}
