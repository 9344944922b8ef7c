package io.github.rocketmigrate.live;

import java.time.Instant;
import java.util.List;

/**
 * That a member has divided the queues of a topic among the members of its group, with another result than before.
 *
 * @param members how many it has been told that there are
 * @param queues that it took for itself
 */
record Division(Instant at, String group, String topic, int members, String queues) {
    static final String TAG = "divided";

    List<String> fields() {
        return List.of(TAG, Moment.text(at), group, topic, Integer.toString(members), queues);
    }

    static Division of(String[] fields) {
        return new Division(Moment.of(fields[1]), fields[2], fields[3], Integer.parseInt(fields[4]), fields[5]);
    }
}
