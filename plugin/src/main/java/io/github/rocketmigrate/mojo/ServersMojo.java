package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.run.Accounts;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.crypto.SettingsDecrypter;

/** What the goals that connect to the clusters of a plan have in common. */
abstract class ServersMojo extends PlanFileMojo {
    /**
     * File in PEM format with the certificates of the authorities that have signed the servers' certificates. Default:
     * the authorities that the JVM trusts. Used if the plan has {@code tls: true}.
     * @since 0.1.0
     */
    @Parameter(property = "migrate.trustedCertificates")
    private String trustedCertificates;

    @Inject
    private SettingsDecrypter decrypter;

    final Accounts accounts() {
        return new SettingsAccounts(
                session().getSettings(),
                decrypter,
                ParameterValues.given(trustedCertificates).map(build()::resolve));
    }
}
