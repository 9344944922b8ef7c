package io.github.rocketmigrate.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Identifies a process by its id and its start time, because operating systems reuse ids. */
record ProcessStamp(long pid, long startMillis) {
    private static final String FILE = "process";
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})@(\\d{1,18})");
    // A correction of the clock changes the start time that the kernel reports.
    private static final long TOLERANCE_MILLIS = 2_000;

    static ProcessStamp of(ProcessHandle process) {
        return new ProcessStamp(
                process.pid(),
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L));
    }

    /** Parses the result of {@link #toString}; any other text gives nothing. */
    static Optional<ProcessStamp> parse(String text) {
        Matcher stamp = FORM.matcher(text);
        return stamp.matches()
                ? Optional.of(new ProcessStamp(Long.parseLong(stamp.group(1)), Long.parseLong(stamp.group(2))))
                : Optional.empty();
    }

    /** Reads the stamp in {@code folder}, if there is one. */
    static Optional<ProcessStamp> read(Path folder) {
        try {
            return parse(Files.readString(folder.resolve(FILE), ISO_8859_1));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(Path folder) throws IOException {
        Path whole = Files.writeString(folder.resolve(FILE + ".new"), toString(), UTF_8);
        Files.move(whole, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    boolean isAlive() {
        return process().isPresent();
    }

    /** The process, if it is alive. */
    Optional<ProcessHandle> process() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> Math.abs(of(process).startMillis - startMillis) <= TOLERANCE_MILLIS);
    }

    @Override
    public String toString() {
        return pid + "@" + startMillis;
    }
}
