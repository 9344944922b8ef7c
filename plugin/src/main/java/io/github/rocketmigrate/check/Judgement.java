package io.github.rocketmigrate.check;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * The verdict of one check, about a topic or about both clusters.
 *
 * @param topic nothing where it is about both clusters
 */
public record Judgement(Check check, Optional<String> topic, Verdict verdict) {
    public Judgement {
        requireNonNull(check, "check is null");
        requireNonNull(topic, "topic is null");
        requireNonNull(verdict, "verdict is null");
    }
}
