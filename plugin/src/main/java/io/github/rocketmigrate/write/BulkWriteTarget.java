package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Broker;
import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ObjectSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers of one master in a {@link BulkWrite} what it has and what was sent to it.
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
     * Begins with a master that was not read yet.
     *
     * @param accepted whether it has accepted an object of this kind before
     */
    public BulkWriteTarget(Broker master, boolean accepted) {
        this.master = requireNonNull(master, "master is null");
        this.accepted = accepted;
    }

    /** Returns whether the master is known to accept writes of this kind. */
    public boolean hasAccepted() {
        return accepted;
    }

    public Broker master() {
        return master;
    }

    public String name() {
        return master.name();
    }

    /** Sets what the master has; null if it could not be read. */
    public void found(Map<String, T> now) {
        found = now;
        stale = false;
    }

    public boolean isRead() {
        return found != null;
    }

    public Map<String, T> found() {
        return requireNonNull(found, "the master was not read");
    }

    public void told(Collection<String> names, Claim claim) {
        stale = true;
        accepted |= claim instanceof Claim.Accepted;
        names.forEach(name -> claims.put(name, claim));
        if (names.size() > 1) {
            inList.addAll(names);
            if (claim instanceof Claim.Rejected) {
                // 5.x stops at the first bad entry and keeps those before it in memory only.
                inMemory.addAll(names);
            }
        } else {
            inList.removeAll(names);
            if (claim instanceof Claim.Accepted) {
                // The broker has stored everything that was only in memory.
                inMemory.clear();
            }
        }
    }

    /** Whether the master has an object as it is to be. */
    public boolean hasAfter(ObjectUpdate<T> work) {
        return work.after().get(name()).equals(found().get(work.name()));
    }

    /** Whether the master has an object as it was planned. */
    public boolean hasBefore(ObjectUpdate<T> work) {
        return Objects.equals(found().get(work.name()), work.before(name()));
    }

    /** Returns whether something was sent to the master since it was read. */
    public boolean isStale() {
        return stale;
    }

    public boolean wasToldInList(String name) {
        return inList.contains(name);
    }

    public Claim claim(String name) {
        return claims.get(name);
    }

    /** Why this master may not have the wanted settings of an object. */
    public record Doubt(WriteOutcome outcome, String why, String fix) {
        boolean isWorseThan(Doubt other) {
            return severity() > other.severity();
        }

        private int severity() {
            return switch (outcome) {
                case UNKNOWN -> 3;
                case FAILED -> 2;
                case NOT_ATTEMPTED -> 1;
                case CONFIRMED, UNCHANGED -> 0;
            };
        }
    }

    public Optional<Doubt> doubt(ObjectUpdate<T> work, SettingsStore<T> store, Optional<Halt> halt) {
        Claim claim = claims.get(work.name());
        if (found != null && work.after().get(name()).equals(found.get(work.name()))) {
            return inMemory.contains(work.name())
                    ? Optional.of(new Doubt(
                            WriteOutcome.UNKNOWN,
                            "broker " + name() + " has it in memory only and loses it with a restart",
                            "Run again once the broker accepts changes."))
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
            return Optional.of(new Doubt(
                    WriteOutcome.UNKNOWN, unanswered.what(), "Run again: the run reads both clusters first."));
        }
        if (found == null) {
            return Optional.of(new Doubt(
                    WriteOutcome.UNKNOWN,
                    "broker " + name() + " accepted it, but can no longer be read",
                    "Run again once the broker answers."));
        }
        return Optional.of(new Doubt(
                WriteOutcome.FAILED,
                "broker " + name() + " accepted it, but has other settings ("
                        + store.difference(found.get(work.name()), work.after().get(name())) + ")",
                "Plan again: somebody else may be changing it."));
    }
}
