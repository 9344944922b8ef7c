package io.github.rocketmigrate.sim;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import net.bytebuddy.asm.Advice;

/** Remembers which methods were called of those that a mutant replaces; each {@link MutantLoader} has its own. */
public final class CalledMethods implements Supplier<Set<String>> {
    private static final Set<String> CALLED = ConcurrentHashMap.newKeySet();

    /** Remembers a method by its class and name. */
    public static void add(String method) {
        CALLED.add(method);
    }

    @Override
    public Set<String> get() {
        return Set.copyOf(CALLED);
    }

    /** Stands before the first instruction of such a method. */
    static final class Entry {
        private Entry() {}

        @Advice.OnMethodEnter
        static void enter(@Advice.Origin("#t.#m") String method) {
            add(method);
        }
    }
}
