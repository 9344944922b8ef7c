package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.record.Hold;
import io.github.rocketmigrate.record.MigrationRecord;
import io.github.rocketmigrate.record.RecordFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Function;

/** Stores the record at every name server that has none or an older one. */
public final class RecordKeeper {
    private final Notes notes;
    private final String plan;
    private final boolean needsJoin;

    /**
     * Keeps the record of one plan.
     *
     * @param needsJoin whether the plan needs the join, so that other plans must not leave it
     */
    public RecordKeeper(Notes notes, String plan, boolean needsJoin) {
        this.notes = requireNonNull(notes, "notes is null");
        this.plan = requireNonNull(plan, "plan is null");
        this.needsJoin = needsJoin;
    }

    /** One write to a name server; removes the key if there is no value. */
    private record Put(String nameServer, String key, Optional<String> value) {}

    /** Reads whether all name servers have this record. */
    public boolean isKept(MigrationRecord recorded) throws InterruptedException {
        return missing(recorded).isEmpty();
    }

    /** Writes the record where it is missing, and warns if no majority of the name servers has it then. */
    public Optional<String> keep(MigrationRecord recorded) throws InterruptedException {
        return keep(missing(recorded));
    }

    /** Writes only the holds, beside a record that must stay as it is, whatever has become of it. */
    public Optional<String> keepHolds(SortedMap<String, Hold> holds) throws InterruptedException {
        return keep(missing(RecordFormat.holds(plan, holds), has -> RecordFormat.holdKeysOf(plan, has)));
    }

    private Optional<String> keep(List<Put> missing) throws InterruptedException {
        Map<String, String> failed = send(missing);
        return failed.size() * 2 < notes.nameServers().size()
                ? Optional.empty()
                : Optional.of(
                        "The result could not be recorded, so the next plan cannot tell drift from pending changes: "
                                + failed.values().iterator().next() + ".");
    }

    /** Removes all that was recorded of the plan, and warns if a name server keeps something. */
    public Optional<String> forget() throws InterruptedException {
        List<Put> puts = new ArrayList<>();
        notes.notes()
                .forEach((nameServer, has) -> RecordFormat.keysOf(plan, has)
                        .forEach(key -> puts.add(new Put(nameServer, key, Optional.empty()))));
        return send(puts).values().stream()
                .findFirst()
                .map(why -> "The record of plan '" + plan + "' could not be removed: " + why + ". Run again.");
    }

    /** Sends writes, and returns why name servers refused, after which they get no other. */
    private Map<String, String> send(List<Put> puts) throws InterruptedException {
        Map<String, String> failed = new HashMap<>();
        for (Put put : puts) {
            if (failed.containsKey(put.nameServer())) {
                continue;
            }
            Claim claim = put.value().isPresent()
                    ? notes.put(put.nameServer(), put.key(), put.value().get())
                    : notes.remove(put.nameServer(), put.key());
            if (claim instanceof Claim.Rejected rejected) {
                failed.put(put.nameServer(), rejected.what());
            } else if (claim instanceof Claim.Unanswered unanswered) {
                failed.put(put.nameServer(), unanswered.what());
            }
        }
        return failed;
    }

    private List<Put> missing(MigrationRecord recorded) throws InterruptedException {
        return missing(RecordFormat.all(plan, needsJoin, recorded), has -> RecordFormat.keysOf(plan, has));
    }

    /**
     * What name servers do not have.
     *
     * @param keys those of its entries that are to be replaced
     */
    private List<Put> missing(Map<String, String> wanted, Function<Map<String, String>, Set<String>> keys)
            throws InterruptedException {
        List<Put> puts = new ArrayList<>();
        for (Map.Entry<String, Map<String, String>> nameServer : notes.notes().entrySet()) {
            Map<String, String> has = nameServer.getValue();
            wanted.forEach((key, value) -> {
                if (!value.equals(has.get(key))) {
                    puts.add(new Put(nameServer.getKey(), key, Optional.of(value)));
                }
            });
            Set<String> old = keys.apply(has);
            old.removeAll(wanted.keySet());
            old.forEach(key -> puts.add(new Put(nameServer.getKey(), key, Optional.empty())));
        }
        return puts;
    }
}
