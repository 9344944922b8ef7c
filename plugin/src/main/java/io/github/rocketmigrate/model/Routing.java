package io.github.rocketmigrate.model;

/** How clients find the queues of both clusters. */
public enum Routing {
    /** The source brokers also register with the destination's name servers. */
    JOIN("join"),
    /** Applications connect to both clusters themselves. */
    CLIENT("client");

    private final String word;

    Routing(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
