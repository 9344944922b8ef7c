package io.github.rocketmigrate.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * Makes a {@link ClassArchive} in the background, after the servers have started: the build that started them need not
 * wait. The archive gets its name only when it is whole.
 */
public final class ArchiveMain {
    private ArchiveMain() {}

    /**
     * Makes one archive.
     *
     * @param args the path of the archive up to its size, and the class path
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path base = Path.of(args[0]);
        Path part = Path.of(base + "." + ProcessHandle.current().pid() + ".part");
        try {
            List<String> options = List.of(
                    "-Xshare:dump",
                    "-XX:SharedClassListFile=" + claim(base),
                    "-XX:SharedArchiveFile=" + part,
                    "-XX:+UseSerialGC",
                    "-Xlog:disable",
                    "-cp",
                    args[1]);
            if (ServerProcess.runAside(base.getParent(), options) == 0) {
                try (FileChannel written = FileChannel.open(part, StandardOpenOption.READ)) {
                    written.force(true);
                }
                Files.move(part, ClassArchive.whole(base, part), StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(claim(base));
            }
            // The claim of a failed attempt stays, so that not every start tries again.
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The file that lists the classes, and keeps other processes from making the same archive. */
    static Path claim(Path base) {
        return Path.of(base + ".classes");
    }
}
