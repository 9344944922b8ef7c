package io.github.rocketmigrate.sandbox;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The main class of every process of a sandbox: runs another main class and ends the process when its folder is gone or
 * when its parent has died without detaching it. So no killed build leaves servers behind.
 *
 * <p>The class runs in the servers' JVMs with the jars of any RocketMQ version, and therefore uses only the JDK.
 */
public final class GuardedMain {
    /** The file beside the servers' folders whose presence lets the servers outlive the process that started them. */
    static final String DETACHED = "detached";

    private static final long POLL_MILLIS = 250;

    private GuardedMain() {}

    /**
     * Runs the main class that the arguments name.
     *
     * @param args the server's folder, the parent's {@link ProcessStamp}, the main class and its own arguments
     */
    public static void main(String[] args) throws Throwable {
        Path folder = Path.of(args[0]);
        ProcessStamp parent = ProcessStamp.parse(args[1]).orElseThrow();
        ProcessStamp self = ProcessStamp.of(ProcessHandle.current());
        self.write(folder);
        leaveSignalsToTheParent();
        Thread guard = new Thread(() -> watch(folder, self, parent), "sandbox-guard");
        guard.setDaemon(true);
        guard.start();
        run(args[2], Arrays.copyOfRange(args, 3, args.length));
    }

    private static void watch(Path folder, ProcessStamp self, ProcessStamp parent) {
        try {
            while (isWanted(folder, self, parent)) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            // Not exit: RocketMQ's shutdown hooks would write into the folder, which is gone.
            Runtime.getRuntime().halt(0);
        }
    }

    private static boolean isWanted(Path folder, ProcessStamp self, ProcessStamp parent) {
        return ProcessStamp.read(folder).equals(Optional.of(self))
                && (Files.exists(folder.resolveSibling(DETACHED)) || parent.isAlive());
    }

    /** Ignores Ctrl-C and a closed terminal, which reach all processes of a terminal: the parent decides what they mean. */
    private static void leaveSignalsToTheParent() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object ignore = handler.getField("SIG_IGN").get(null);
        boolean windows = File.separatorChar == '\\';
        for (String name : windows ? List.of("INT") : List.of("INT", "HUP")) {
            Object instance = signal.getConstructor(String.class).newInstance(name);
            signal.getMethod("handle", signal, handler).invoke(null, instance, ignore);
        }
    }

    private static void run(String mainClass, String[] args) throws Throwable {
        try {
            Class.forName(mainClass).getMethod("main", String[].class).invoke(null, (Object) args);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
