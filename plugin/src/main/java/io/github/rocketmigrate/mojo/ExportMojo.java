package io.github.rocketmigrate.mojo;

import static java.util.stream.Collectors.joining;

import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.report.ExportReport;
import io.github.rocketmigrate.report.ExportText;
import io.github.rocketmigrate.run.Export;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Writes the topics and groups of the source or the destination to a file, without RocketMQ's own: as the JSON of
 * {@code mqadmin exportMetadata}, with the queues of one broker instead of sums, or as a plan. The same cluster gives the
 * same file.
 *
 * <p>Needs the name, the source and the destination of the plan; the rest may be missing. Writes to no cluster.
 *
 * @since 0.1.0
 */
@Mojo(name = "export", requiresProject = false, threadSafe = true)
public class ExportMojo extends LimitedLoadMojo {
    /**
     * The cluster to export: {@code source} or {@code destination}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.side", defaultValue = "source")
    private String side;

    /**
     * What to write: {@code mqadmin-json}, which other tools import and {@code migrate.from} reads, or {@code plan}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.format", defaultValue = "mqadmin-json")
    private String format;

    /**
     * File to write. A file that this goal has not written is not replaced. Default:
     * {@code target/migrate/source-metadata.json}, or the same with the other side or {@code source-plan.yaml}.
     *
     * @since 0.1.0
     */
    @Parameter(property = "migrate.exportFile")
    private String exportFile;

    @Override
    String goal() {
        return ExportReport.GOAL;
    }

    @Override
    void run(ConnectedGoal connected) throws MojoFailureException {
        Side wantedSide = oneOf("migrate.side", side, Side.values(), Side::word);
        Export.Format wantedFormat = oneOf("migrate.format", format, Export.Format.values(), Export.Format::word);
        Path target = ParameterValues.given(exportFile)
                .map(build()::resolve)
                .orElseGet(() -> build().folder().resolve(wantedFormat.file(wantedSide)));
        ExportReport report = Export.of(access(), connected.outputs())
                .run(
                        connected.clustersOfPlan(),
                        wantedSide,
                        wantedFormat,
                        new Export.ExportTarget(target, build().named(target).toString(), file));
        new ExportText(terminal()).print(report);
        build().publish(report.outcome(), report.counts());
    }

    private static <T> T oneOf(String parameter, String text, T[] values, Function<T, String> word) {
        return Arrays.stream(values)
                .filter(value -> word.apply(value).equals(text.strip()))
                .findFirst()
                .orElseThrow(() -> new Fault(
                        parameter + "=" + text + " is not known.",
                        "Set it to " + Arrays.stream(values).map(word).collect(joining(" or ")) + "."));
    }
}
