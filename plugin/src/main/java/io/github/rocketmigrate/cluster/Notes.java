package io.github.rocketmigrate.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Short texts that migrations leave at the name servers of a cluster. Name servers do not copy them to each other. */
public interface Notes {
    /** The addresses of the name servers. */
    List<String> nameServers();

    /** Reads all notes, by name server and key. */
    Map<String, Map<String, String>> notes() throws InterruptedException;

    /** Reads one note, by name server. Name servers that do not have it are left out. */
    default Map<String, String> note(String key) throws InterruptedException {
        Map<String, String> found = new LinkedHashMap<>();
        notes().forEach((nameServer, ofNameServer) -> {
            if (ofNameServer.containsKey(key)) {
                found.put(nameServer, ofNameServer.get(key));
            }
        });
        return found;
    }

    /** Stores a note at a name server. */
    Claim put(String nameServer, String key, String value) throws InterruptedException;

    /** Removes a note from a name server. */
    Claim remove(String nameServer, String key) throws InterruptedException;
}
