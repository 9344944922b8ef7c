package io.github.rocketmigrate.run;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.write.Journal;
import io.github.rocketmigrate.write.LeaseNote;
import io.github.rocketmigrate.write.Origin;
import io.github.rocketmigrate.write.Timing;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Names a run that writes: in its leases, its journal and its folder of evidence. */
record RunIdentity(String id, LeaseNote note, Origin origin, Timing timing, Outputs outputs) {
    private static final DateTimeFormatter RUN =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    RunIdentity {
        requireNonNull(id, "id is null");
        requireNonNull(note, "note is null");
        requireNonNull(origin, "origin is null");
        requireNonNull(timing, "timing is null");
        requireNonNull(outputs, "outputs is null");
    }

    static RunIdentity begin(Origin origin, Timing timing, Outputs outputs) {
        Instant begin = timing.clock().instant();
        // A run on a laptop has no variable with the commit, but a repository with it.
        Origin known = origin.at(outputs.provenance().revision().commit());
        LeaseNote note = LeaseNote.of(known, begin, timing.random());
        return new RunIdentity(RUN.format(begin) + "-" + note.id(), note, known, timing, outputs);
    }

    /** The folder that keeps the evidence. */
    Path evidence() {
        return outputs.evidence(id);
    }

    /** Opens the journal, among the outputs and in the evidence. */
    Journal journal() {
        return Journal.open(
                List.of(outputs.folder().resolve(Journal.NAME), evidence().resolve(Journal.NAME)),
                id,
                origin,
                timing.clock());
    }
}
