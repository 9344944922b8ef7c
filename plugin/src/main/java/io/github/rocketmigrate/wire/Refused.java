package io.github.rocketmigrate.wire;

/** A server's answer that is not the one that was asked for. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    Refused(int code, String remark) {
        super(remark == null ? "no reason given" : remark);
        this.code = code;
    }

    public int code() {
        return code;
    }
}
