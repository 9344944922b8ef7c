package io.github.rocketmigrate.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Small texts that the name servers of a cluster keep for whoever comes next. They do not share them with each other. */
public interface Notes {
    /** The name servers that keep them. */
    List<String> nameServers();

    /** All notes, by name server and key. */
    Map<String, Map<String, String>> notes() throws InterruptedException;

    /** One note, by name server; those that do not have it are left out. */
    default Map<String, String> note(String key) throws InterruptedException {
        Map<String, String> found = new LinkedHashMap<>();
        notes().forEach((nameServer, ofOne) -> {
            if (ofOne.containsKey(key)) {
                found.put(nameServer, ofOne.get(key));
            }
        });
        return found;
    }

    /** Gives a name server something to keep. */
    Claim put(String nameServer, String key, String value) throws InterruptedException;

    /** Lets a name server forget something. */
    Claim remove(String nameServer, String key) throws InterruptedException;
}
