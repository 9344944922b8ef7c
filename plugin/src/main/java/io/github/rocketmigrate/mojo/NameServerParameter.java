package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.plan.PlaceholderValues;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a new plan has the name servers of a side from: from a parameter, whose addresses it has, or from a property of the
 * build, whose placeholder it has.
 *
 * @param side as in "source"
 * @param given the value of the parameter, or null
 */
record NameServerParameter(String side, String given) {
    private static final String NAME = ".nameServers";

    Optional<ClusterAddress> found(PlaceholderValues values) {
        List<String> addresses = List.copyOf(ParameterValues.names(given == null ? null : given.replace(';', ',')));
        if (!addresses.isEmpty()) {
            return Optional.of(address(addresses, "from the parameter " + parameter()));
        }
        return Stream.of(side + NAME, "migrate.sandbox." + side + NAME)
                .filter(property ->
                        values.value(property).filter(value -> !value.isBlank()).isPresent())
                .findFirst()
                .map(property -> address(List.of("${" + property + "}"), "a property of the build"));
    }

    /** A plan can be written before its destination exists. */
    ClusterAddress unset() {
        return address(List.of("${" + side + NAME + "}"), "set this property, or write the addresses");
    }

    Fault missing() {
        return new Fault(
                "The name servers of the " + side + " are not known.",
                "Add -D" + parameter() + "=HOST:PORT,HOST:PORT with all of them, or set the property " + side + NAME
                        + " in the POM.");
    }

    private String parameter() {
        return "migrate." + side + NAME;
    }

    private static ClusterAddress address(List<String> addresses, String comment) {
        return new ClusterAddress(addresses, comment, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
