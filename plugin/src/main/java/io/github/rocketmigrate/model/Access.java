package io.github.rocketmigrate.model;

import java.util.Locale;

/** What clients may do with a topic in one cluster. */
public enum Access {
    NONE(false, false, "no access"),
    READ(true, false, "read"),
    WRITE(false, true, "write"),
    READ_WRITE(true, true, "read and write");

    /** The bits by which RocketMQ's permissions say so. */
    private static final int READ_BIT = 4;

    private static final int WRITE_BIT = 2;

    private final boolean readable;
    private final boolean writable;
    private final String word;

    Access(boolean readable, boolean writable, String word) {
        this.readable = readable;
        this.writable = writable;
        this.word = word;
    }

    public static Access of(boolean readable, boolean writable) {
        return readable ? (writable ? READ_WRITE : READ) : (writable ? WRITE : NONE);
    }

    /** The access that a permission of RocketMQ gives. */
    public static Access ofPermission(int permission) {
        return of((permission & READ_BIT) != 0, (permission & WRITE_BIT) != 0);
    }

    /** A permission of RocketMQ with this access, whatever else {@code permission} says kept. */
    public int inPermission(int permission) {
        int others = permission & ~(READ_BIT | WRITE_BIT);
        return others | (readable ? READ_BIT : 0) | (writable ? WRITE_BIT : 0);
    }

    /** What either of two allows. */
    public Access union(Access other) {
        return of(readable || other.readable, writable || other.writable);
    }

    /** What both of two allow. */
    public Access intersection(Access other) {
        return of(readable && other.readable, writable && other.writable);
    }

    public boolean isReadable() {
        return readable;
    }

    public boolean isWritable() {
        return writable;
    }

    /** The word for this access in files and tables. */
    public String brief() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The words for this access in messages and reports. */
    public String word() {
        return word;
    }
}
