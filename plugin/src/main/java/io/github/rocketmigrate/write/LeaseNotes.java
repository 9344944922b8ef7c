package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.GoalCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads and writes the notes of one lease; each name server of the cluster keeps its own. */
public final class LeaseNotes {
    private final Notes notes;
    private final String cluster;
    private final String key;
    private final String file;

    public LeaseNotes(Notes notes, String cluster) {
        this(notes, cluster, GoalCommand.USUAL_FILE);
    }

    /**
     * Notes with the name of the plan's file, which commands need.
     *
     * @param file as the user named it
     */
    public LeaseNotes(Notes notes, String cluster, String file) {
        this.file = requireNonNull(file, "file is null");
        this.notes = requireNonNull(notes, "notes is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.key = key(cluster);
    }

    static String key(String cluster) {
        return "lease:" + cluster;
    }

    public String cluster() {
        return cluster;
    }

    /** The command that releases the lease of a dead run. */
    String unlock(String id) {
        return GoalCommand.of(file, "unlock", List.of(GoalCommand.parameter("leaseId", id)));
    }

    /** Reads the note of each name server. */
    public Map<String, Optional<LeaseNote>> all() throws InterruptedException {
        Map<String, Optional<LeaseNote>> all = new LinkedHashMap<>();
        // Reads this key only: records are large, and this is read before every write.
        Map<String, String> known = notes.note(key);
        Map<String, Optional<LeaseNote>> parsed = new HashMap<>();
        notes.nameServers()
                .forEach(nameServer ->
                        all.put(nameServer, parsed.computeIfAbsent(known.get(nameServer), LeaseNote::parse)));
        return all;
    }

    /** Reads the notes of other runs than {@code id}. */
    public List<LeaseNote> othersThan(String id) throws InterruptedException {
        List<LeaseNote> others = new ArrayList<>();
        for (Optional<LeaseNote> note : all().values()) {
            note.filter(it -> !it.id().equals(id)).ifPresent(others::add);
        }
        return others;
    }

    public boolean areAllOf(String id) throws InterruptedException {
        return all().values().stream()
                .allMatch(note -> note.filter(it -> it.id().equals(id)).isPresent());
    }

    public void putEverywhere(LeaseNote note) throws InterruptedException {
        for (String nameServer : notes.nameServers()) {
            put(nameServer, note);
        }
    }

    public void put(String nameServer, LeaseNote note) throws InterruptedException {
        Claim claim = notes.put(nameServer, key, note.text());
        if (!(claim instanceof Claim.Accepted)) {
            String why = claim instanceof Claim.Rejected rejected ? rejected.what() : ((Claim.Unanswered) claim).what();
            throw new Fault(
                    why + ", so the lease that keeps two runs apart cannot be stored there.",
                    "Check that name server: all name servers of a cluster must answer before it is changed.");
        }
    }

    /** Removes the notes of {@code id} and returns from how many name servers. */
    public int remove(String id) throws InterruptedException {
        int removed = 0;
        for (Map.Entry<String, Optional<LeaseNote>> note : all().entrySet()) {
            boolean his = note.getValue().filter(it -> it.id().equals(id)).isPresent();
            if (his && notes.remove(note.getKey(), key) instanceof Claim.Accepted) {
                removed++;
            }
        }
        return removed;
    }
}
