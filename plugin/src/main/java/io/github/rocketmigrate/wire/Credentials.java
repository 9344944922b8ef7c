package io.github.rocketmigrate.wire;

import static java.util.Objects.requireNonNull;

/** An access key (or ACL 2.0 user) with its secret. The secret is never printed. */
public record Credentials(String accessKey, String secretKey) {
    public Credentials {
        requireNonNull(accessKey, "accessKey is null");
        requireNonNull(secretKey, "secretKey is null");
    }

    @Override
    public String toString() {
        return accessKey + ":***";
    }
}
