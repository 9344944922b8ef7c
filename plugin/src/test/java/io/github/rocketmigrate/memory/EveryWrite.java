package io.github.rocketmigrate.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Tells a story once without trouble, and then again for each of its writes and each {@link WriteFault} that the write
 * may meet. After trouble the story is told a second time, over the same clusters, and has to come to its end.
 */
public final class EveryWrite {
    private static final Duration REST = Duration.ofMinutes(1);

    private EveryWrite() {}

    /** Something that is run over two clusters in memory, which each of its kind has for itself. */
    public interface Story {
        MemoryNetwork network();

        /** One run, from its look at the clusters to its end. */
        void run() throws Exception;

        /** Asserts what must hold after a run in which a write went wrong; after one that was killed, it is not asked. */
        void ended(WriteFault fault, WriteCall write);

        /** Asserts what must hold after a run in which nothing went wrong. */
        void arrived();
    }

    /** Begins a story. */
    @FunctionalInterface
    public interface Beginning {
        Story begin() throws Exception;
    }

    /** All tellings of a story. */
    public static Stream<DynamicTest> of(Beginning beginning) throws Exception {
        Story plain = beginning.begin();
        plain.network().begin(FaultPlan.NONE);
        plain.run();
        List<WriteCall> writes = plain.network().writes();
        assertThat(writes).isNotEmpty();
        List<DynamicTest> tests = new ArrayList<>();
        tests.add(DynamicTest.dynamicTest("nothing goes wrong", plain::arrived));
        for (WriteCall write : writes) {
            for (WriteFault fault : WriteFault.values()) {
                tests.add(DynamicTest.dynamicTest(fault + " at " + write, () -> tell(beginning.begin(), write, fault)));
            }
        }
        return tests.stream();
    }

    private static void tell(Story story, WriteCall write, WriteFault fault) throws Exception {
        story.network().begin(FaultPlan.at(write.number(), fault));
        boolean killed = false;
        try {
            story.run();
        } catch (Killed end) {
            killed = true;
        }
        assertThat(killed).isEqualTo(fault.isKill());
        if (!killed) {
            story.ended(fault, write);
        }
        // The next run starts when the servers have come to rest.
        story.network().timing().sleep(REST);
        story.network().begin(FaultPlan.NONE);
        story.run();
        story.arrived();
    }
}
