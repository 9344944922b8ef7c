package io.github.rocketmigrate.plan;

import static io.github.rocketmigrate.plan.Severity.ERROR;
import static io.github.rocketmigrate.plan.Severity.NOTE;
import static io.github.rocketmigrate.plan.Severity.WARNING;

import io.github.rocketmigrate.text.HelpPages;

/** The rules for plans. Codes are public: a code never changes its meaning and is never reused. */
public enum Rule {
    UNREADABLE("MIG-001", ERROR),
    TOO_LARGE("MIG-002", ERROR),
    NOT_UTF_8("MIG-003", ERROR),
    NOT_YAML("MIG-004", ERROR),
    EMPTY("MIG-005", ERROR),
    SEVERAL_DOCUMENTS("MIG-006", ERROR),
    DUPLICATE_KEY("MIG-007", ERROR),
    MERGE_KEY("MIG-008", ERROR),
    CUSTOM_TAG("MIG-009", ERROR),
    KEY_NOT_TEXT("MIG-010", ERROR),
    TOO_COMPLEX("MIG-011", ERROR),
    NEEDS_QUOTES("MIG-012", ERROR),

    UNKNOWN_KEY("MIG-101", ERROR),
    MISSING_KEY("MIG-102", ERROR),
    WRONG_KIND("MIG-103", ERROR),
    UNKNOWN_VALUE("MIG-104", ERROR),
    WRONG_FORM("MIG-105", ERROR),
    OUT_OF_RANGE("MIG-106", ERROR),

    TOPIC_TWICE("MIG-201", ERROR),
    GROUP_TWICE("MIG-202", ERROR),
    BATCH_TWICE("MIG-203", ERROR),
    TOPIC_IS_GROUP("MIG-204", ERROR),
    RESERVED_NAME("MIG-205", ERROR),
    NAME_CHARACTERS("MIG-206", ERROR),
    NAME_LENGTH("MIG-207", ERROR),
    STAGE_AHEAD("MIG-208", ERROR),
    CANARY_STAGE("MIG-209", ERROR),
    CANARY_FIFO("MIG-210", ERROR),
    WRITE_BOTH_FIFO("MIG-211", ERROR),
    WAIVER_UNKNOWN_CHECK("MIG-212", ERROR),
    WAIVER_FORBIDDEN("MIG-213", ERROR),
    WAIVER_UNKNOWN_NAME("MIG-214", ERROR),
    WAIVER_EXPIRED("MIG-215", WARNING),
    SAME_CLUSTER("MIG-216", ERROR),
    STAGE_WITHOUT_TRAFFIC("MIG-217", ERROR),
    NOT_COMPLETE("MIG-218", ERROR),
    TYPE_NOT_ALLOWED("MIG-219", ERROR),
    QUEUES_NOT_ALLOWED("MIG-220", ERROR),
    ROUTING_RESERVED("MIG-221", ERROR),
    PLACEHOLDER_OUTSIDE("MIG-222", ERROR),
    PLACEHOLDER_UNSET("MIG-223", NOTE),
    IGNORED_AND_PLANNED("MIG-224", ERROR),
    UNKNOWN_ZONE("MIG-225", ERROR),
    NOTHING_PLANNED("MIG-226", WARNING),
    MANAGED_DESTINATION("MIG-227", ERROR),
    CANARY_ROUTING("MIG-228", ERROR),
    // MIG-229 was a note about waivers of gates before there were gates.
    CONCURRENT_ON_FIFO("MIG-230", WARNING),
    FREEZE_KIND("MIG-231", ERROR),
    FREEZE_ENDS("MIG-232", ERROR),
    GATE_KIND("MIG-233", ERROR),
    GATE_TWICE("MIG-234", ERROR),
    UNDECIDED("MIG-235", ERROR),
    WAIVER_LONG("MIG-236", WARNING),
    JOIN_TLS("MIG-237", WARNING),
    BROKER_PORT("MIG-238", WARNING),
    WAIVER_WITHOUT_NAMES("MIG-240", ERROR),
    ANSWER_UNKNOWN_ROW("MIG-245", ERROR),
    ANSWERED_TWICE("MIG-246", ERROR);

    private final String code;
    private final Severity severity;

    Rule(String code, Severity severity) {
        this.code = code;
        this.severity = severity;
    }

    public String code() {
        return code;
    }

    public Severity severity() {
        return severity;
    }

    /** Whether the rule is about how a plan is written. The others are about what it says. */
    boolean isOfForm() {
        return compareTo(TOPIC_TWICE) < 0;
    }

    /** The page that explains the rule. */
    public String help() {
        return HelpPages.rule(code);
    }
}
