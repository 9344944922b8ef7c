package io.github.rocketmigrate.model;

import static java.util.Collections.unmodifiableSortedSet;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whether clients may read a topic, write it, both or neither in one cluster. */
public enum Access {
    NONE(false, false, "no access"),
    READ(true, false, "read"),
    WRITE(false, true, "write"),
    READ_WRITE(true, true, "read and write");

    // The bits of a permission in RocketMQ.
    private static final int READ_BIT = 4;

    private static final int WRITE_BIT = 2;

    /** Every set of accesses, by the sum of the bits of its elements. */
    private static final List<SortedSet<Access>> SETS =
            IntStream.range(0, 1 << values().length).mapToObj(Access::set).toList();

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

    private static SortedSet<Access> set(int bits) {
        return unmodifiableSortedSet(Arrays.stream(values())
                .filter(access -> (bits & access.bit()) != 0)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private int bit() {
        return 1 << ((readable ? 1 : 0) + (writable ? 2 : 0));
    }

    /** The accesses as a set that nobody can change. Equal sets are the same: every look asks for those of every topic. */
    public static SortedSet<Access> setOf(Collection<Access> accesses) {
        int bits = 0;
        for (Access access : accesses) {
            bits |= access.bit();
        }
        return SETS.get(bits);
    }

    /** Reads the access from the permission bits of RocketMQ and ignores all other bits. */
    public static Access ofPermission(int permission) {
        return of((permission & READ_BIT) != 0, (permission & WRITE_BIT) != 0);
    }

    /** Returns {@code permission} with the bits of this access; all other bits stay. */
    public int inPermission(int permission) {
        int others = permission & ~(READ_BIT | WRITE_BIT);
        return others | (readable ? READ_BIT : 0) | (writable ? WRITE_BIT : 0);
    }

    /** The union of two accesses. */
    public Access union(Access other) {
        return of(readable || other.readable, writable || other.writable);
    }

    /** The intersection of two accesses. */
    public Access intersection(Access other) {
        return of(readable && other.readable, writable && other.writable);
    }

    public boolean isReadable() {
        return readable;
    }

    public boolean isWritable() {
        return writable;
    }

    /** For files and tables: {@code read-write}. */
    public String brief() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For messages and reports: {@code read and write}. */
    public String word() {
        return word;
    }
}
