package io.github.rocketmigrate.run;

import io.github.rocketmigrate.wire.Credentials;

/** Finds the credentials of the accounts that a plan names. */
@FunctionalInterface
public interface Accounts {
    /** The credentials of an account; throws a {@link io.github.rocketmigrate.model.Fault} if there are none. */
    Credentials find(String id);
}
