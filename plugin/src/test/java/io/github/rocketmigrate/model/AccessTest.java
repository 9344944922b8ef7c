package io.github.rocketmigrate.model;

import static io.github.rocketmigrate.model.Access.NONE;
import static io.github.rocketmigrate.model.Access.READ;
import static io.github.rocketmigrate.model.Access.READ_WRITE;
import static io.github.rocketmigrate.model.Access.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accesses of topics, the permission bits of RocketMQ that they stand for, and their words. */
final class AccessTest {
    /** Brokers add bits of their own, such as 1 for inherited and 8 for priority. */
    @ParameterizedTest
    @CsvSource({
        "0, NONE, none, no access",
        "2, WRITE, write, write",
        "4, READ, read, read",
        "6, READ_WRITE, read-write, read and write",
        "1, NONE, none, no access",
        "9, NONE, none, no access",
        "7, READ_WRITE, read-write, read and write",
        "12, READ, read, read",
        "10, WRITE, write, write"
    })
    void aPermissionOfABrokerIsAnAccess(int permission, Access access, String brief, String word) {
        assertThat(Access.ofPermission(permission)).isEqualTo(access);
        assertThat(access.isReadable()).isEqualTo((permission & 4) != 0);
        assertThat(access.isWritable()).isEqualTo((permission & 2) != 0);
        assertThat(access.brief()).isEqualTo(brief);
        assertThat(access.word()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "6, NONE, 0",
        "6, READ, 4",
        "0, WRITE, 2",
        "0, READ_WRITE, 6",
        "15, READ, 13",
        "9, READ_WRITE, 15",
        "11, NONE, 9"
    })
    void aNewAccessLeavesTheOtherBitsOfAPermissionAlone(int before, Access access, int after) {
        assertThat(access.inPermission(before)).isEqualTo(after);
    }

    @Test
    void anAccessIsTheSetOfWhatClientsMayDo() {
        for (Access one : Access.values()) {
            for (Access other : Access.values()) {
                Set<Access> both = parts(one);
                both.addAll(parts(other));
                assertThat(parts(one.union(other)))
                        .describedAs("%s or %s", one, other)
                        .isEqualTo(both);

                Set<Access> shared = parts(one);
                shared.retainAll(parts(other));
                assertThat(parts(one.intersection(other)))
                        .describedAs("%s and %s", one, other)
                        .isEqualTo(shared);
            }
        }
        assertThat(READ.union(WRITE)).isEqualTo(READ_WRITE);
        assertThat(READ.intersection(WRITE)).isEqualTo(NONE);
    }

    private static Set<Access> parts(Access access) {
        Set<Access> parts = EnumSet.noneOf(Access.class);
        if (access.isReadable()) {
            parts.add(READ);
        }
        if (access.isWritable()) {
            parts.add(WRITE);
        }
        return parts;
    }
}
