package io.github.rocketmigrate.text;

/** The ways in which a server cannot be read, each with its paragraph in the documentation. */
public enum ConnectionProblem {
    UNKNOWN_HOST("unknown-host"),
    REFUSED("refused"),
    NO_CONNECTION("no-connection"),
    NO_ANSWER("no-answer"),
    NOT_A_NAME_SERVER("not-a-name-server"),
    TLS("tls"),
    CERTIFICATE("certificate"),
    DENIED("denied"),
    TOO_LONG("too-long"),
    CLOSED("closed"),
    UNREADABLE("unreadable");

    private final String anchor;

    ConnectionProblem(String anchor) {
        this.anchor = anchor;
    }

    /** The address of the paragraph. */
    public String help() {
        return HelpPages.SITE + "connections.html#" + anchor;
    }
}
