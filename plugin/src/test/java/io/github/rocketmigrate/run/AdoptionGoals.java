package io.github.rocketmigrate.run;

import io.github.rocketmigrate.report.AssessmentReport;
import io.github.rocketmigrate.report.DiscoveryReport;
import io.github.rocketmigrate.sandbox.Endpoints;
import java.nio.file.Path;

/** What somebody runs first: {@code discover} and {@code assess} against a sandbox, for the benchmark. */
public record AdoptionGoals(Endpoints endpoints, Path folder) {
    public DiscoveryReport discover() {
        return new SandboxDiscovery(folder).discover(endpoints);
    }

    public AssessmentReport assess() {
        Goals goals = new Goals(endpoints, folder);
        return goals.assess(goals.head("batches: [{ name: all }]\n"));
    }
}
