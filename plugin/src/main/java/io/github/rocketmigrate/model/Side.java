package io.github.rocketmigrate.model;

/** The two clusters of a migration. */
public enum Side {
    SOURCE("source"),
    DESTINATION("destination");

    private final String word;

    Side(String word) {
        this.word = word;
    }

    public Side other() {
        return this == SOURCE ? DESTINATION : SOURCE;
    }

    /** The word for this side in plans, messages and reports. */
    public String word() {
        return word;
    }
}
