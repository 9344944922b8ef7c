package io.github.rocketmigrate.assess;

/** The parts of the examination. The hundreds of a row's id say to which it belongs. */
public enum RowGroup {
    CLUSTERS("Clusters", 1),
    TOPICS("Topics", 2),
    GROUPS("Groups", 3),
    APPLICATIONS("Applications", 4),
    ACCESS("Access", 5),
    FIT("Does it fit", 6),
    QUESTIONS("Questions", 7);

    private final String title;
    private final int number;

    RowGroup(String title, int number) {
        this.title = title;
        this.number = number;
    }

    public String title() {
        return title;
    }

    /** The group of a row with this id. */
    static RowGroup of(String id) {
        for (RowGroup group : values()) {
            if (id.startsWith("RMA-" + group.number)) {
                return group;
            }
        }
        throw new IllegalArgumentException(id);
    }
}
