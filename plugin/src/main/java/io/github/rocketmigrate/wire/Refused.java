package io.github.rocketmigrate.wire;

/** An answer in which a server reports an error instead of doing what was requested. */
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
