package io.github.rocketmigrate.run;

import io.github.rocketmigrate.wire.Credentials;
import java.nio.file.Path;
import java.util.Optional;

/** What users keep outside the plan: the credentials of its accounts, and the certificates that they trust. */
@FunctionalInterface
public interface Accounts {
    /** The credentials of an account; throws a {@link io.github.rocketmigrate.model.Fault} if there are none. */
    Credentials find(String id);

    /** A file with the certificates of private authorities, if servers have such certificates. */
    default Optional<Path> trustedCertificates() {
        return Optional.empty();
    }
}
