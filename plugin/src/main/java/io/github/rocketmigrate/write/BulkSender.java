package io.github.rocketmigrate.write;

import static java.util.Objects.requireNonNull;

import io.github.rocketmigrate.cluster.Claim;
import io.github.rocketmigrate.cluster.ObjectSettings;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Divides the updates of one master into requests: a broker may refuse lists, or a whole list for one entry in it.
 *
 * @param <T> the settings of an object
 */
final class BulkSender<T extends ObjectSettings> {
    /** After so many equal refusals in a row the broker is the cause, not the objects. */
    private static final int SAME_REFUSALS = 3;

    private final SettingsStore<T> store;
    private final List<ObjectUpdate<T>> works;
    private final WriteGuard guard;
    private final Timing timing;

    BulkSender(SettingsStore<T> store, List<ObjectUpdate<T>> works, WriteGuard guard, Timing timing) {
        this.store = requireNonNull(store, "store is null");
        this.works = List.copyOf(works);
        this.guard = requireNonNull(guard, "guard is null");
        this.timing = requireNonNull(timing, "timing is null");
    }

    /** Sends what one master lacks: one list where it takes lists, and single requests for the rest. */
    void send(BulkWriteTarget<T> broker) throws InterruptedException, Halt {
        SortedMap<String, T> together = new TreeMap<>();
        SortedMap<String, T> alone = new TreeMap<>();
        for (ObjectUpdate<T> work : works) {
            T wanted = work.after().get(broker.name());
            if (work.isOpen() && wanted != null && !wanted.equals(broker.found().get(work.name()))) {
                boolean single = !store.takesLists(broker.master()) || store.isDelicate(wanted);
                (single ? alone : together).put(work.name(), wanted);
            }
        }
        if (!together.isEmpty() && store.isGuarded() && !broker.hasAccepted()) {
            // From 5.3 on, brokers check the right to write for a single object, but not for a list.
            String first = together.firstKey();
            write(broker, new TreeMap<>(Map.of(first, together.remove(first))));
        }
        if (!together.isEmpty()) {
            write(broker, together);
        }
        sendAlone(broker, alone);
    }

    /** Sends one request for each object. */
    void sendAlone(BulkWriteTarget<T> broker, SortedMap<String, T> objects) throws InterruptedException, Halt {
        String refusal = "";
        int same = 0;
        for (Map.Entry<String, T> object : objects.entrySet()) {
            Claim claim = write(broker, new TreeMap<>(Map.of(object.getKey(), object.getValue())));
            String text = claim instanceof Claim.Rejected rejected ? rejected.what() : "";
            same = text.equals(refusal) ? same + 1 : 1;
            refusal = text;
            if (!refusal.isEmpty() && same >= SAME_REFUSALS) {
                throw new Halt(refusal + ", " + SAME_REFUSALS + " times in a row.", ((Claim.Rejected) claim).fix());
            }
        }
    }

    private Claim write(BulkWriteTarget<T> broker, SortedMap<String, T> objects) throws InterruptedException, Halt {
        Claim claim = guard.send(store.what(), broker.master(), objects.keySet(), () -> {
            // Noted before sending: whatever fails from here on, the write may have been made.
            works.stream()
                    .filter(work -> objects.containsKey(work.name()))
                    .forEach(work -> work.sentTo(broker.name(), timing));
            Claim answer = store.write(broker.master(), objects);
            broker.told(objects.keySet(), answer);
            return answer;
        });
        if (claim instanceof Claim.Rejected rejected && rejected.ofRights()) {
            throw new Halt(rejected.what() + ".", rejected.fix());
        }
        if (claim instanceof Claim.Unanswered unanswered) {
            throw new Halt(
                    unanswered.what() + ".",
                    "Check that server, then run again: the run reads both clusters first.",
                    true);
        }
        return claim;
    }
}
