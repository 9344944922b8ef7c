package io.github.rocketmigrate.write;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rocketmigrate.change.Change;
import io.github.rocketmigrate.check.Judgement;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.observe.FencePolicy;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.text.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Leaves a trace of every run, whenever it is killed: its limits, each step of a topic with the measurements of its checks, and each
 * write before it is sent and after it was answered.
 */
public final class Journal implements AutoCloseable {
    public static final String NAME = "journal.jsonl";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<FileChannel> files;
    private final String run;
    private final Origin origin;
    private final Clock clock;
    private final AtomicLong writes = new AtomicLong();

    private Journal(List<FileChannel> files, String run, Origin origin, Clock clock) {
        this.files = List.copyOf(files);
        this.run = requireNonNull(run, "run is null");
        this.origin = requireNonNull(origin, "origin is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /**
     * Opens the journal and appends to its files.
     *
     * @param paths the files that get every line
     * @param run the id of the run
     */
    public static Journal open(List<Path> paths, String run, Origin origin, Clock clock) {
        try {
            List<FileChannel> files = new ArrayList<>();
            for (Path path : paths) {
                Files.createDirectories(path.toAbsolutePath().getParent());
                files.add(FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
            }
            return new Journal(files, run, origin, clock);
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** Waits for the answer to a write. */
    public final class JournalEntry {
        private final long number = writes.incrementAndGet();

        /** Records the answer, or that none came. */
        void answered(Claim claim) {
            ObjectNode line = line("after", number);
            if (claim instanceof Claim.Rejected rejected) {
                line.put("claim", "rejected").put("message", rejected.what());
            } else if (claim instanceof Claim.Unanswered unanswered) {
                line.put("claim", "unanswered").put("message", unanswered.what());
            } else {
                line.put("claim", "accepted");
            }
            append(line);
        }
    }

    /** Records the limits of the run, without which its measurements say little. */
    public void begin(FencePolicy policy) {
        append(line("begin")
                .put("routePollSeconds", policy.routePoll().toSeconds())
                .put("maxFenceSeconds", policy.maxFence().toSeconds())
                .put("pause", policy.pauses()));
    }

    /** Records that the run begins with a copy of the record, because the destination has lost it. */
    public void restored(MigrationRecord copy) {
        ObjectNode line = line("record-restored");
        line.put("from", Side.SOURCE.word());
        for (Side side : Side.values()) {
            copy.mastersOf(side).forEach(line.putArray(side.word() + "Masters")::add);
        }
        append(line);
    }

    /** Records the next step of a topic and what the checks before it have measured. */
    public void step(Change.MoveTopic move, List<Judgement> judgements) {
        ObjectNode line = line("step");
        line.put("topic", move.subject().name());
        line.put("from", move.found().brief()).put("to", move.after().brief());
        ArrayNode checks = line.putArray("checks");
        for (Judgement judgement : judgements) {
            checks.addObject()
                    .put("check", judgement.check().name())
                    .put("verdict", judgement.verdict().word())
                    .put("message", judgement.verdict().what());
        }
        append(line);
    }

    /** Records a write before it is sent: which objects, and to which server. */
    public JournalEntry sending(String what, String server, Collection<String> names) {
        JournalEntry entry = new JournalEntry();
        ObjectNode line = line("before", entry.number);
        line.put("what", what).put("server", server);
        names.forEach(line.putArray("names")::add);
        append(line);
        return entry;
    }

    private ObjectNode line(String event, long number) {
        return line(event).put("write", number);
    }

    private ObjectNode line(String event) {
        ObjectNode line = JSON.createObjectNode()
                .put("at", clock.instant().toString())
                .put("run", run)
                .put("event", event)
                .put("actor", origin.actor());
        origin.commit().ifPresent(commit -> line.put("commit", commit));
        origin.page().ifPresent(page -> line.put("page", page));
        return line;
    }

    /** Appends each line with one call, so that no line is half written. */
    private synchronized void append(ObjectNode line) {
        try {
            ByteBuffer text = UTF_8.encode(Printable.json(line.toString()) + "\n");
            for (FileChannel file : files) {
                ByteBuffer bytes = text.duplicate();
                while (bytes.hasRemaining()) {
                    int unused = file.write(bytes);
                }
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    private static Fault unwritable(IOException e) {
        return new Fault(
                "The journal cannot be written: " + e,
                "Check the folder target/migrate and its disk: without the journal, nothing is written to a cluster.",
                e);
    }

    @Override
    public void close() {
        try {
            for (FileChannel file : files) {
                file.close();
            }
        } catch (IOException e) {
            throw unwritable(e);
        }
    }
}
