package io.github.rocketmigrate.plan;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds addresses that are not {@code host:port}, and says how to write those that are recognizable. */
final class AddressRules {
    private static final String HOST = "(\\[[0-9a-fA-F:.]*[0-9a-fA-F:][0-9a-fA-F:.]*]|[^\\s:\\[\\]/@$%{}]+)";
    private static final Pattern ADDRESS = Pattern.compile(HOST + ":(\\d{1,20})");
    private static final Pattern HOST_ONLY = Pattern.compile(HOST);
    private static final Pattern URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://(" + HOST + ":\\d{1,5})(/.*)?");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\(?(\\w+)\\)?|%(\\w+)%|\\$?\\{+\\s*(\\w+)\\s*}+");

    private static final int USUAL_PORT = 9876;
    /** A broker listens on three: the one of its clients, one below for their producers, and one above for its slaves. */
    private static final Set<Integer> BROKER_PORTS = Set.of(10_909, 10_911, 10_912);

    private static final int MOST_PORT = 65_535;
    private static final int DIGITS = 5;

    private AddressRules() {}

    /**
     * Checks an address.
     *
     * @param side the side that has it, for messages
     */
    static List<Problem> check(String side, Located<String> address) {
        String text = address.value();
        if (text.isEmpty() || Placeholders.isIn(text)) {
            return List.of();
        }
        Matcher form = ADDRESS.matcher(text);
        if (!form.matches()) {
            return List.of(new Problem(
                    Rule.WRONG_FORM,
                    address.at(),
                    side + " has the address '" + PlanWords.shortened(text) + "'; " + correction(text)));
        }
        if (!isPort(form.group(2))) {
            return List.of(new Problem(
                    Rule.OUT_OF_RANGE,
                    address.at(),
                    side + " has the address '" + PlanWords.shortened(text) + "', whose port is out of range (1 to "
                            + MOST_PORT + "); name servers usually listen on " + USUAL_PORT));
        }
        return BROKER_PORTS.contains(Integer.parseInt(form.group(2)))
                ? List.of(new Problem(
                        Rule.BROKER_PORT,
                        address.at(),
                        side + " has the address '" + PlanWords.shortened(text) + "', on whose port brokers usually"
                                + " listen; write the address of a name server, which usually listens on "
                                + USUAL_PORT))
                : List.of();
    }

    private static String correction(String text) {
        Matcher variable = VARIABLE.matcher(text);
        if (variable.matches()) {
            String name = Stream.of(1, 2, 3)
                    .map(variable::group)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .orElseThrow();
            return "write ${env." + name + "} for an environment variable";
        }
        Matcher url = URL.matcher(text);
        if (url.matches()) {
            return "write " + url.group(1);
        }
        if (HOST_ONLY.matcher(text).matches()) {
            return "add the port, for example " + text + ":" + USUAL_PORT;
        }
        return text.contains(" ")
                ? "write one address host:port, or several separated by ; or ,"
                : "write host:port, for example 10.0.0.11:9876";
    }

    private static boolean isPort(String digits) {
        if (digits.length() > DIGITS) {
            return false;
        }
        int port = Integer.parseInt(digits);
        return port > 0 && port <= MOST_PORT;
    }

    /** Returns one spelling for equal addresses. */
    static String normal(String address) {
        Matcher form = ADDRESS.matcher(address);
        String one = form.matches() && isPort(form.group(2))
                ? form.group(1) + ":" + Integer.parseInt(form.group(2))
                : address;
        return one.toLowerCase(Locale.ROOT);
    }
}
