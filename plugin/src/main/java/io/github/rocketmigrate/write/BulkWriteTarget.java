package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ObjectSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A master in a wave: what it has, and what it was told.
 *
 * @param <T> settings of objects
 */
public final class BulkWriteTarget<T extends ObjectSettings> {
    private final Broker master;
    private final Map<String, Claim> claims = new HashMap<>();
    private final Set<String> inList = new HashSet<>();
    private final Set<String> inMemory = new HashSet<>();
    private Map<String, T> found;
    private boolean stale;
    private boolean accepted;

    /**
     * Begins.
     *
     * @param accepted whether it has taken such an object before
     */
    public BulkWriteTarget(Broker master, boolean accepted) {
        this.master = requireNonNull(master, "master is null");
        this.accepted = accepted;
    }

    /** Whether it is known to let us write. */
    public boolean hasAccepted() {
        return accepted;
    }

    public Broker master() {
        return master;
    }

    public String name() {
        return master.name();
    }

    /** What it has; null where that is not known. */
    public void found(Map<String, T> now) {
        found = now;
        stale = false;
    }

    public boolean isRead() {
        return found != null;
    }

    public Map<String, T> found() {
        return requireNonNull(found, "it was not read");
    }

    public void told(Collection<String> names, Claim claim) {
        stale = true;
        accepted |= claim instanceof Claim.Accepted;
        names.forEach(name -> claims.put(name, claim));
        if (names.size() > 1) {
            inList.addAll(names);
            if (claim instanceof Claim.Rejected) {
                // 5.x stops at the entry that it does not like, with those before it in memory only.
                inMemory.addAll(names);
            }
        } else {
            inList.removeAll(names);
            if (claim instanceof Claim.Accepted) {
                // It wrote all that it has in memory.
                inMemory.clear();
            }
        }
    }

    /** Whether it was told something since it was read. */
    public boolean isStale() {
        return stale;
    }

    public boolean wasToldInList(String name) {
        return inList.contains(name);
    }

    public Claim claim(String name) {
        return claims.get(name);
    }

    /** Why an object may not be on this master as it should be. */
    public record Doubt(WriteOutcome ending, String why, String fix) {
        boolean isWorseThan(Doubt other) {
            return severity() > other.severity();
        }

        private int severity() {
            return switch (ending) {
                case UNKNOWN -> 3;
                case FAILED -> 2;
                case NOT_ATTEMPTED -> 1;
                case CONFIRMED, UNCHANGED -> 0;
            };
        }
    }

    public Optional<Doubt> doubt(ObjectUpdate<T> work, SettingsStore<T> shelf, Optional<Halt> halt) {
        Claim claim = claims.get(work.name());
        if (found != null && work.after().get(name()).equals(found.get(work.name()))) {
            return inMemory.contains(work.name())
                    ? Optional.of(new Doubt(
                            WriteOutcome.UNKNOWN,
                            "broker " + name() + " has it in its memory, and has not written it down",
                            "Run again once the broker takes changes."))
                    : Optional.empty();
        }
        if (claim == null) {
            return Optional.of(new Doubt(
                    WriteOutcome.NOT_ATTEMPTED,
                    halt.map(Halt::getMessage).orElse(""),
                    halt.map(it -> it.stop().fix()).orElse("")));
        }
        if (claim instanceof Claim.Rejected rejected) {
            return Optional.of(new Doubt(WriteOutcome.FAILED, rejected.what(), rejected.fix()));
        }
        if (claim instanceof Claim.Unanswered unanswered) {
            return Optional.of(
                    new Doubt(WriteOutcome.UNKNOWN, unanswered.what(), "Run again: it looks at what is there first."));
        }
        if (found == null) {
            return Optional.of(new Doubt(
                    WriteOutcome.UNKNOWN,
                    "broker " + name() + " took it, and cannot be read any more",
                    "Run again once the broker answers."));
        }
        return Optional.of(new Doubt(
                WriteOutcome.FAILED,
                "broker " + name() + " took it, and has something else ("
                        + shelf.difference(found.get(work.name()), work.after().get(name())) + ")",
                "Somebody else may be changing it; plan again."));
    }
}
