package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.run.Accounts;
import io.github.rocketmigrate.run.Outputs;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** The parameter of every goal that reads a migration plan, and the accounts for goals that connect with it. */
abstract class PlanFileMojo extends GoalMojo {
    /**
     * The migration plan. A relative path starts at the project's folder or, without a POM, at the current folder.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.file", defaultValue = "migration.yaml")
    String file;

    @Inject
    private SettingsDecrypter decrypter;

    final ConnectedGoal connected(String goal, Outputs outputs) {
        return new ConnectedGoal(goal, file, outputs, build(), getLog());
    }

    final Accounts accounts() {
        return new SettingsAccounts(session().getSettings(), decrypter);
    }
}
