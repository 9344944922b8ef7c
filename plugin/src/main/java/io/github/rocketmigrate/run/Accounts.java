package io.github.rocketmigrate.run;

import io.github.rocketmigrate.wire.Credentials;

/** Where the secrets are that a plan only names. */
@FunctionalInterface
public interface Accounts {
    /** The account that is kept under an id; a {@link io.github.rocketmigrate.model.Fault} says why there is none. */
    Credentials find(String id);
}
