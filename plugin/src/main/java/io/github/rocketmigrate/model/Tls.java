package io.github.rocketmigrate.model;

import java.util.Arrays;

/** Whether connections to a cluster are encrypted, and whether its certificates are verified. */
public enum Tls {
    OFF("false"),
    VERIFIED("true"),
    /** Encrypted, but any server that answers at an address is trusted. */
    INSECURE("insecure");

    private final String word;

    Tls(String word) {
        this.word = word;
    }

    /** As a plan has it. */
    public String word() {
        return word;
    }

    /** The value of a plan; off where it has none. */
    public static Tls of(String word) {
        return Arrays.stream(values())
                .filter(tls -> tls.word.equals(word))
                .findFirst()
                .orElse(OFF);
    }

    public boolean isOn() {
        return this != OFF;
    }
}
