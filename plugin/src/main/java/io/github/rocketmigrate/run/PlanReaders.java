package io.github.rocketmigrate.run;

import io.github.rocketmigrate.assess.Rows;
import io.github.rocketmigrate.check.CheckRegistry;
import io.github.rocketmigrate.plan.KnownChecks;
import io.github.rocketmigrate.plan.KnownChecks.KnownCheck;
import io.github.rocketmigrate.plan.PlaceholderValues;
import io.github.rocketmigrate.plan.PlanReader;
import java.time.LocalDate;

/** Creates readers of plans that know the checks of this version. */
public final class PlanReaders {
    private static final KnownChecks CHECKS = new KnownChecks(
            CheckRegistry.all().stream()
                    .flatMap(check -> check.waiverNames().stream()
                            .map(name -> new KnownCheck(
                                    name,
                                    check.isWaivable(),
                                    check.judgesTopics(),
                                    check.waiverNamesOfGroups().contains(name),
                                    check.protects())))
                    .toList(),
            Rows.ids());

    private PlanReaders() {}

    /** A reader for goals that only read the plan. */
    public static PlanReader offline(PlaceholderValues values, LocalDate today) {
        return PlanReader.offline(values, today, CHECKS);
    }

    /** A reader for goals that add to the plan. */
    public static PlanReader extending(PlaceholderValues values, LocalDate today) {
        return PlanReader.extending(values, today, CHECKS);
    }

    /** A reader for goals that connect to the destination alone. */
    public static PlanReader comparing(PlaceholderValues values, LocalDate today) {
        return PlanReader.comparing(values, today, CHECKS);
    }

    /** A reader for the examination, which connects to the clusters that can be reached. */
    public static PlanReader examining(PlaceholderValues values, LocalDate today, boolean isOfFiles) {
        return PlanReader.examining(values, today, CHECKS, isOfFiles);
    }

    /** A reader for goals that connect to the clusters. */
    public static PlanReader connecting(PlaceholderValues values, LocalDate today) {
        return PlanReader.connecting(values, today, CHECKS);
    }
}
