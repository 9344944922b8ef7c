package io.github.rocketmigrate.sandbox;

import io.github.rocketmigrate.model.Fault;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Keeps two builds, or two modules of one, from starting or stopping the sandbox of a folder at the same time. */
final class FolderLock implements AutoCloseable {
    private static final String FILE = "lock";
    private static final long LOOK_EVERY_MILLIS = 100;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Takes the lock when it is free, and gives up after {@code patience}. */
    static FolderLock take(Path folder, Duration patience) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        long deadline = System.nanoTime() + patience.toNanos();
        while (!locked(channel)) {
            if (System.nanoTime() >= deadline) {
                channel.close();
                throw new Fault(
                        "Another build is starting or stopping the sandbox in " + folder + ".",
                        "Wait until it is done.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_EVERY_MILLIS));
        }
        return new FolderLock(channel);
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException byThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
