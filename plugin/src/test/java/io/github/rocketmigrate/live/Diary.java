package io.github.rocketmigrate.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What one JVM of the live traffic writes down as it happens; each line reaches the operating system before the JVM continues. */
final class Diary {
    static final String SEPARATOR = "\t";
    static final String NOTICE = "notice";
    /** That all clients of a JVM have started. */
    static final String STARTED = "started";
    /** That a producer has nothing under way any more. */
    static final String STOPPED = "stopped";

    private final OutputStream file;

    private Diary(OutputStream file) {
        this.file = file;
    }

    static Diary open(Path file) throws IOException {
        return new Diary(Files.newOutputStream(file));
    }

    void sent(Sent sent) {
        write(sent.fields());
    }

    void failed(SendError error) {
        write(error.fields());
    }

    void received(Received received) {
        write(received.fields());
    }

    void divided(Division division) {
        write(division.fields());
    }

    void notice(String what) {
        write(List.of(NOTICE, what));
    }

    private synchronized void write(List<String> fields) {
        try {
            file.write((String.join(SEPARATOR, fields) + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
