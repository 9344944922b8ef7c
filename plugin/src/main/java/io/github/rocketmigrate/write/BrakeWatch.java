package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Notes;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.record.Brakes;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * Finds out between the steps of a run whether somebody has put a brake on since the run last read both clusters. It reads
 * at most once a second, because thousands of writes may follow each other.
 */
public final class BrakeWatch {
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final List<Notes> clusters;
    private final String key;
    private final Timing timing;
    /** Workers of one run ask at the same time. */
    private final Lock lock;

    private Brakes obeyed = Brakes.NONE;
    private Brakes found = Brakes.NONE;
    private Optional<Timing.Stopwatch> sinceReading = Optional.empty();

    /** Reads the brakes of a plan from the name servers of these clusters. */
    public BrakeWatch(Collection<? extends Notes> clusters, String plan, Timing timing) {
        this.clusters = List.copyOf(clusters);
        this.key = Brakes.key(plan);
        this.timing = requireNonNull(timing, "timing is null");
        this.lock = timing.lock();
    }

    /** Takes the brakes that the run has read, and obeys from now on. That may be a while ago: it waits for its lease. */
    public void obey(Brakes brakes) {
        lock.lock();
        try {
            obeyed = brakes;
            found = brakes;
            sinceReading = Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Whether a brake is on that the run does not obey yet. */
    public boolean isPulled() throws InterruptedException {
        lock.lock();
        try {
            if (sinceReading.isEmpty() || sinceReading.get().isOver(BETWEEN)) {
                for (Notes cluster : clusters) {
                    found = found.or(read(cluster));
                }
                sinceReading = Optional.of(timing.stopwatch());
            }
            return !obeyed.scopes().containsAll(found.scopes());
        } finally {
            lock.unlock();
        }
    }

    /** A cluster that does not answer holds no write up: the brake stands at the other one too. */
    private Brakes read(Notes cluster) throws InterruptedException {
        try {
            return Brakes.read(cluster.note(key).values());
        } catch (Fault fault) {
            return Brakes.NONE;
        }
    }
}
