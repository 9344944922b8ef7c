package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the name servers of one cluster know of its lease: each for itself. */
public final class LeaseNotes {
    private final Notes notes;
    private final String cluster;
    private final String key;

    public LeaseNotes(Notes notes, String cluster) {
        this.notes = requireNonNull(notes, "notes is null");
        this.cluster = requireNonNull(cluster, "cluster is null");
        this.key = "lease:" + cluster;
    }

    public String cluster() {
        return cluster;
    }

    /** The note of each name server, if it has one. */
    public Map<String, Optional<LeaseNote>> all() throws InterruptedException {
        Map<String, Optional<LeaseNote>> all = new LinkedHashMap<>();
        // Only this one: records are large, and this is asked before every write.
        Map<String, String> known = notes.note(key);
        notes.nameServers().forEach(nameServer -> all.put(nameServer, LeaseNote.parse(known.get(nameServer))));
        return all;
    }

    /** What others than {@code id} have left at any of them. */
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
                    why + ", so the lease that keeps two runs apart cannot be kept there.",
                    "All name servers of a cluster that is written to must answer.");
        }
    }

    /** Takes away what is of {@code id}; says from how many name servers. */
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
