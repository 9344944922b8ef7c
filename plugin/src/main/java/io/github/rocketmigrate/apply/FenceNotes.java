package io.github.rocketmigrate.apply;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ClusterWriter;
import io.github.rocketmigrate.record.FenceNote;
import io.github.rocketmigrate.write.Halt;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Keeps at the name servers of joined clusters which topics pass a fence, so that the next run finds them after a
 * crash.
 */
final class FenceNotes {
    private final StepContext context;
    private final Optional<ClusterWriter> router;
    /** The topics of earlier runs that do not pass now. */
    private final SortedSet<String> others = new TreeSet<>();

    FenceNotes(StepContext context) {
        this.context = requireNonNull(context, "context is null");
        this.router = context.router();
    }

    /** Adds topics to the note on every name server. */
    void add(Collection<String> topics) throws InterruptedException, Halt {
        if (router.isEmpty()) {
            return;
        }
        ClusterWriter writer = router.get();
        others.clear();
        writer.note(context.note()).values().forEach(text -> others.addAll(FenceNote.names(text)));
        SortedSet<String> all = new TreeSet<>(others);
        all.addAll(topics);
        others.removeAll(topics);
        String text = FenceNote.text(all);
        for (String nameServer : writer.nameServers()) {
            Claim claim = context.guard()
                    .send(
                            "note",
                            nameServer,
                            List.of(context.note()),
                            () -> writer.put(nameServer, context.note(), text));
            if (!(claim instanceof Claim.Accepted)) {
                throw Fence.halt(List.of(claim));
            }
        }
    }

    /**
     * Removes the topics that have passed and keeps those of other runs. A note that stays behind only makes the next
     * run ask the name servers once more.
     */
    void remove() throws InterruptedException, Halt {
        if (router.isEmpty()) {
            return;
        }
        ClusterWriter writer = router.get();
        for (String nameServer : writer.nameServers()) {
            Claim unused = context.guard()
                    .urgent()
                    .send(
                            "note",
                            nameServer,
                            List.of(context.note()),
                            () -> others.isEmpty()
                                    ? writer.remove(nameServer, context.note())
                                    : writer.put(nameServer, context.note(), FenceNote.text(others)));
        }
    }
}
