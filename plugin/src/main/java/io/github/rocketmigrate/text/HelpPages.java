package io.github.rocketmigrate.text;

/** Makes the addresses of the documentation's paragraphs on rules, checks and reasons. */
public final class HelpPages {
    /** The address with which all others begin. */
    public static final String SITE = "https://rocketmigrate.github.io/";

    /** What to do at night while the destination does not answer. */
    public static final String DESTINATION_DOWN = SITE + "going-back.html#destination-down";

    /** What to do while consumers of a topic get no new messages. */
    public static final String IN_THE_FENCE = SITE + "going-back.html#in-the-fence";

    /** How to go back, and how to stop everything first. */
    public static final String GOING_BACK = SITE + "going-back.html";

    /** The order in which topics, applications and brokers leave the join before its end. */
    public static final String UNDO_THE_JOIN = SITE + "going-back.html#undo-the-join";

    /** What to check if a goal fails before it has read both clusters. */
    public static final String ERROR = SITE + "planning.html#error";

    /** How a running cluster becomes a plan. */
    public static final String DISCOVER = SITE + "discover.html";

    /** What to do with a plan that exists when a source is discovered. */
    public static final String ADD_WHAT_IS_NEW = SITE + "discover.html#add-what-is-new";

    /** What to look at before the join is left, and what is left to do after it. */
    public static final String LEAVE_THE_JOIN = SITE + "first-migration.html#leave-the-join";

    /** What follows if topics of one group move apart. */
    public static final String CUT_GROUPS = SITE + "planning.html#batch-cuts-group";

    private static final String CHECKS = SITE + "checks.html#";

    private static final String GATE = "gate:";

    private HelpPages() {}

    /** The paragraph on a rule of the plan, such as {@code MIG-104}. */
    public static String rule(String code) {
        return SITE + "rules.html#" + code;
    }

    /** The paragraph on a row of the examination, such as {@code RMA-101}. */
    public static String row(String id) {
        return SITE + "before-you-start.html#" + id;
    }

    /** The paragraph on a check, such as {@code consumers-switched}; all gates share one. */
    public static String check(String name) {
        return CHECKS + (name.startsWith(GATE) ? "gate" : name);
    }

    /** The paragraph on a reason why a plan cannot be reached, such as {@code name-taken}. */
    public static String impossible(String reason) {
        return CHECKS + reason;
    }
}
