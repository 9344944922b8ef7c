package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.record.BegunStep;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import io.github.rocketmigrate.record.StepNote;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The copy of the record at the source's name servers. When the destination is down, it tells which topics runs have moved
 * away from the source. Its keys are its own: the source may be the destination of another plan.
 */
public final class RecordCopy implements Notes {
    private static final String PREFIX = "copy:";

    private final Notes source;

    public RecordCopy(Notes source) {
        this.source = requireNonNull(source, "source is null");
    }

    /** The key of a note in the copy, as the source's name servers have it. */
    public static String key(String original) {
        return PREFIX + original;
    }

    /** The copied record of a plan. */
    public static MigrationRecord read(String plan, Map<String, Map<String, String>> notesOfSource) {
        return RecordFormat.read(plan, copied(notesOfSource));
    }

    /** The topics that runs have begun to open while the destination was down. */
    public static SortedMap<String, BegunStep> openings(String plan, Map<String, Map<String, String>> notesOfSource) {
        return StepNote.openings(plan, copied(notesOfSource));
    }

    private static Map<String, Map<String, String>> copied(Map<String, Map<String, String>> notes) {
        Map<String, Map<String, String>> copied = new LinkedHashMap<>();
        notes.forEach((nameServer, ofOne) -> {
            Map<String, String> ofCopy = new LinkedHashMap<>();
            ofOne.forEach((key, value) -> {
                if (key.startsWith(PREFIX)) {
                    ofCopy.put(key.substring(PREFIX.length()), value);
                }
            });
            copied.put(nameServer, ofCopy);
        });
        return copied;
    }

    @Override
    public List<String> nameServers() {
        return source.nameServers();
    }

    @Override
    public Map<String, Map<String, String>> notes() throws InterruptedException {
        return copied(source.notes());
    }

    @Override
    public Map<String, String> note(String key) throws InterruptedException {
        return source.note(PREFIX + key);
    }

    @Override
    public Claim put(String nameServer, String key, String value) throws InterruptedException {
        return source.put(nameServer, PREFIX + key, value);
    }

    @Override
    public Claim remove(String nameServer, String key) throws InterruptedException {
        return source.remove(nameServer, PREFIX + key);
    }
}
