package io.github.rocketmigrate.assess;

/** What a row that has fired means for the migration. Declared from worst to best. */
public enum RowSeverity {
    /** The migration must not start before this is solved. */
    BLOCKER("blocker"),
    /** Messages or applications can come to harm, unless somebody looks at it. */
    RISK("risk"),
    /** Work or an effect to know of. */
    NOTE("note");

    private final String word;

    RowSeverity(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
