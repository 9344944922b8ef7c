package io.github.rocketmigrate.memory;

import java.util.Optional;

/** Decides which writes go wrong, and how. */
@FunctionalInterface
public interface FaultPlan {
    FaultPlan NONE = write -> Optional.empty();

    Optional<WriteFault> of(WriteCall write);

    /** Only one write of a run goes wrong. */
    static FaultPlan at(int number, WriteFault fault) {
        return write -> write.number() == number ? Optional.of(fault) : Optional.empty();
    }
}
