package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.ClusterReader;
import io.github.rocketmigrate.cluster.Metadata;
import io.github.rocketmigrate.cluster.file.MetadataExport;
import io.github.rocketmigrate.discover.ClusterAddress;
import io.github.rocketmigrate.discover.Discovery;
import io.github.rocketmigrate.discover.PlanDraft;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.model.Tls;
import io.github.rocketmigrate.plan.Located;
import io.github.rocketmigrate.plan.MigrationPlan;
import io.github.rocketmigrate.plan.MigrationPlan.PlannedCluster;
import io.github.rocketmigrate.report.ExportReport;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Runs the goal {@code export}: writes the topics and groups of one cluster of a plan to a file. */
public final class Export {
    private final BiFunction<Side, MigrationPlan, ClusterReader> opener;
    private final Outputs outputs;

    /** Exports clusters that {@code opener} opens. */
    Export(BiFunction<Side, MigrationPlan, ClusterReader> opener, Outputs outputs) {
        this.opener = requireNonNull(opener, "opener is null");
        this.outputs = requireNonNull(outputs, "outputs is null");
    }

    /** Exports clusters with the protocol of their servers. */
    public static Export of(ClusterAccess access, Outputs outputs) {
        return new Export(access::open, outputs);
    }

    /** What the file is for. */
    public enum Format {
        /** For tools that import what {@code mqadmin exportMetadata} writes. */
        MQADMIN_JSON("mqadmin-json", "-metadata.json"),
        /** A plan without traffic. */
        PLAN("plan", "-plan.yaml");

        private final String word;
        private final String suffix;

        Format(String word, String suffix) {
            this.word = word;
            this.suffix = suffix;
        }

        /** The word for this format in parameters. */
        public String word() {
            return word;
        }

        /** The name of the file unless the user names another one. */
        public String file(Side side) {
            return side.word() + suffix;
        }
    }

    /**
     * Where to write.
     *
     * @param name of the file as the user would write it
     * @param plan the file of the plan as the user named it
     */
    public record ExportTarget(Path file, String name, String plan) {
        public ExportTarget {
            requireNonNull(file, "file is null");
            requireNonNull(name, "name is null");
            requireNonNull(plan, "plan is null");
        }
    }

    /** Writes what one cluster has. */
    public ExportReport run(MigrationPlan plan, Side side, Format format, ExportTarget target) {
        outputs.checkExport(target.file(), target.name());
        Metadata metadata = read(plan, side);
        String text = format == Format.MQADMIN_JSON ? MetadataExport.text(metadata) : draft(plan, side, metadata);
        ExportReport report = new ExportReport(
                target.plan(),
                target.name(),
                side,
                format == Format.MQADMIN_JSON,
                metadata.cluster(),
                Map.of(
                        "topics", (long) metadata.topics().size(),
                        "groups", (long) metadata.groups().size(),
                        "brokers", (long) metadata.brokers().size()));
        outputs.writeExport(target.file(), text, report.result());
        return report;
    }

    private Metadata read(MigrationPlan plan, Side side) {
        try (ClusterReader reader = opener.apply(side, plan)) {
            return reader.metadata(reader.nameServers(), Set.of());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Fault("Reading the " + side.word() + " was interrupted.", "Run again.", e);
        }
    }

    /** A plan with the clusters of this one, for what one of them has. */
    private static String draft(MigrationPlan plan, Side side, Metadata metadata) {
        return new PlanDraft(
                        address(plan.source()),
                        address(plan.destination()),
                        Optional.of("migrate:export from the " + side.word() + " " + metadata.cluster()))
                .text(Discovery.ofSettings(metadata, metadata.topics(), metadata.groups()));
    }

    private static ClusterAddress address(PlannedCluster planned) {
        return new ClusterAddress(
                planned.nameServers().stream().map(Located::value).toList(),
                "of the plan that was exported from",
                planned.cluster().map(Located::value),
                planned.credentials().map(Located::value),
                planned.tls() == Tls.OFF
                        ? Optional.empty()
                        : Optional.of(planned.tls().word()));
    }
}
