package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.cluster.file.StoredCluster;
import io.github.rocketmigrate.model.Fault;
import io.github.rocketmigrate.text.GoalCommand;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The metadata files that stand for the source, as the user named them.
 *
 * @param from files and folders with commas between them, or null
 * @param masters over how many masters the numbers of queues are sums, or null
 */
record FromParameter(String from, Integer masters) {
    private static final int MOST_MASTERS = 10_000;

    /** Whether files stand for the source. */
    boolean isGiven() {
        if (masters != null && names().isEmpty()) {
            throw new Fault(
                    "migrate.fromMasters needs migrate.from.", "Name the files, or remove migrate.fromMasters.");
        }
        return !names().isEmpty();
    }

    private List<String> names() {
        return List.copyOf(ParameterValues.names(from));
    }

    StoredCluster read(BuildFolder build) {
        if (masters != null && (masters < 1 || masters > MOST_MASTERS)) {
            throw new Fault(
                    "migrate.fromMasters=" + masters + " is not from 1 to " + MOST_MASTERS + ".",
                    "Set it to the number of masters of the cluster.");
        }
        Map<String, Path> files = new LinkedHashMap<>();
        names().forEach(name -> files.put(name, build.resolve(name)));
        return StoredCluster.read(files, masters == null ? OptionalInt.empty() : OptionalInt.of(masters));
    }

    /** The parameters, to repeat them in a command. */
    List<String> parameters() {
        List<String> parameters = new ArrayList<>();
        if (isGiven()) {
            parameters.add(GoalCommand.parameter("from", String.join(",", names())));
            if (masters != null) {
                parameters.add(GoalCommand.parameter("fromMasters", Integer.toString(masters)));
            }
        }
        return parameters;
    }
}
