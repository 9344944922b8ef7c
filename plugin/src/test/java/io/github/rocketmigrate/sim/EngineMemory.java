package io.github.rocketmigrate.sim;

import io.github.rocketmigrate.model.Side;
import io.github.rocketmigrate.sim.EngineRequest.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run remembers when it begins to look at both clusters once more: the time, what it has written and when, its last
 * two readings of the traffic, and since when the messages of each topic are the same. It has read all the rest for a
 * decision that is made. Two runs that remember the same do the same next; {@link Exploration} tries it now and then.
 */
final class EngineMemory {
    private static final int READINGS = 2;

    private final List<Object> written = new ArrayList<>();
    /** By time; of several readings at a time, the first counts. */
    private final SortedMap<Long, List<Object>> readings = new TreeMap<>();

    private final SortedMap<String, Messages> messages = new TreeMap<>();
    private List<Object> reading = new ArrayList<>();
    private long now;

    /** What was read of the queues of a topic. */
    private record Messages(Object last, long first, long changed) {}

    private EngineMemory() {}

    /** Whether a run begins to look at both clusters with this request. */
    static boolean isBeginning(EngineRequest request) {
        return request.what().equals("brokers") && request.address().startsWith(Scenario.network(Side.SOURCE));
    }

    /** What a run remembers after these requests and their answers. */
    static List<Object> of(List<EngineRequest> requests, List<Object> answers) {
        EngineMemory memory = new EngineMemory();
        for (int i = 0; i < requests.size(); i++) {
            memory.add(requests.get(i), answers.get(i));
        }
        memory.end();
        while (memory.readings.size() > READINGS) {
            memory.readings.remove(memory.readings.firstKey());
        }
        return List.of(memory.now, memory.written, memory.readings, memory.messages);
    }

    private void add(EngineRequest request, Object answer) {
        String words = request.toString();
        if (request.is(Kind.PAUSE)) {
            now += (Long) answer;
        } else if (request.is(Kind.TELL)) {
            written.add(now + " " + words + " " + answer);
        } else if (isBeginning(request)) {
            end();
        } else if (request.isOfTraffic()) {
            reading.add(words);
            reading.add(answer);
        }
        if (request.isOfQueues()) {
            Messages before = messages.get(words);
            messages.put(
                    words,
                    new Messages(
                            answer,
                            before == null ? now : before.first(),
                            before == null || !before.last().equals(answer) ? now : before.changed()));
        }
    }

    private void end() {
        if (!reading.isEmpty()) {
            readings.putIfAbsent(now, reading);
        }
        reading = new ArrayList<>();
    }
}
