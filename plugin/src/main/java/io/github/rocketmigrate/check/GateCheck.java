package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.model.Purpose;
import io.github.rocketmigrate.observe.GateLook;
import io.github.rocketmigrate.observe.Situation;
import io.github.rocketmigrate.plan.Gate;
import io.github.rocketmigrate.text.Counts;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What the company measures of its applications says that the next step may be made. */
record GateCheck(Gate gate) implements Check {
    GateCheck {
        requireNonNull(gate, "gate is null");
    }

    @Override
    public String name() {
        return "gate:" + gate.name().value();
    }

    @Override
    public boolean isWaivable() {
        return true;
    }

    @Override
    public String passesWhen() {
        return "for the time in `for`, the Prometheus query is below or above its limit, or the address answers "
                + "with its status; a server is unknown if it does not answer within 5 s or answers something else, "
                + "and so is a condition that was not measured for that time; the check never blocks steps that have "
                + "begun";
    }

    @Override
    public boolean holdsBegunSteps() {
        return false;
    }

    @Override
    public Set<Purpose> before() {
        return Conditions.BEFORE_STEPS;
    }

    @Override
    public Outlook outlook(TopicStep step) {
        Optional<GateLook> look = Optional.ofNullable(step.situation().gates().get(gate));
        return new Outlook(
                look.filter(it -> it.state() == GateLook.GateState.HOLDS)
                        .map(it -> gate.required().minus(it.holds()))
                        .filter(left -> !left.isNegative() && !left.isZero())
                        .map(step.situation().readAt()::plus),
                Optional.empty(),
                false);
    }

    @Override
    public Findings judge(Situation situation, Optional<TopicStep> step) {
        GateLook look = situation.gates().getOrDefault(gate, GateLook.unknown(gate.address() + " was not asked"));
        return switch (look.state()) {
            case UNKNOWN ->
                new Findings().unknownWithFix(look.what(), "Check that this machine reaches " + gate.address() + ".");
            case FAILS ->
                new Findings()
                        .failed(
                                look.what() + " (" + gate.condition() + " required)",
                                "Wait until the gate holds, or find out why it does not.");
            case HOLDS -> holding(look);
        };
    }

    private Findings holding(GateLook look) {
        Duration required = gate.required();
        String what = look.what() + " (" + gate.condition() + " required)";
        if (required.isZero()) {
            return Findings.passed(what);
        }
        String lasts = what + " for " + Counts.span(look.holds()) + " (" + Counts.span(required) + " required)";
        if (look.holds().compareTo(required) >= 0) {
            return Findings.passed(lasts);
        }
        return look.isSinceFailure()
                ? new Findings().failed(lasts, "Wait until the gate has held for that time.")
                : new Findings()
                        .unknownWithFix(
                                lasts + "; it was not measured for longer",
                                "Let apply wait with -Dmigrate.wait, or run it later.");
    }
}
