package io.github.rocketmigrate.run;

import static java.util.stream.Collectors.toSet;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.PlannedCluster;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Refuses to add the topics of one source to the plan of another. */
final class SameSource {
    private SameSource() {}

    /** A parameter must not name another source than the plan, whose topics would be mixed with those of the plan. */
    static void check(String parameter, String value, MigrationPlan plan) {
        Set<String> values = parameter.endsWith(".nameServers")
                ? Arrays.stream(value.split("[,;]", -1)).map(String::strip).collect(toSet())
                : Set.of(value);
        if (!values.equals(planned(parameter, plan))) {
            throw new Fault(
                    parameter + "=" + value + " is not what the plan has.",
                    "A merge reads the source of the plan. Remove the parameter or, if the cluster has changed, edit the"
                            + " plan.");
        }
    }

    private static Set<String> planned(String parameter, MigrationPlan plan) {
        PlannedCluster source = plan.source();
        return switch (parameter) {
            case "migrate.source.nameServers" -> values(source.nameServers());
            case "migrate.source.cluster" -> values(source.cluster().stream().toList());
            case "migrate.source.credentials" ->
                values(source.credentials().stream().toList());
            case "migrate.source.tls" -> Set.of(source.tls().word());
            case "migrate.destination.nameServers" -> values(plan.destination().nameServers());
            default -> throw new IllegalArgumentException(parameter);
        };
    }

    private static Set<String> values(List<Located<String>> texts) {
        return texts.stream().map(Located::value).collect(toSet());
    }

    /** The address of a source that is read has to be known. */
    static void checkKnown(MigrationPlan plan) {
        plan.source().nameServers().stream()
                .filter(address -> address.value().contains("${"))
                .findFirst()
                .ifPresent(address -> {
                    throw new Fault(
                                    "The name servers of the source are not known: " + address.value()
                                            + " has no value.",
                                    "Set the property in the POM or with -D, or write the addresses into the plan.")
                            .at(Optional.of(address.at()));
                });
    }
}
