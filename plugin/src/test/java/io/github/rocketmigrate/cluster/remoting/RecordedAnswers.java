package io.github.rocketmigrate.cluster.remoting;

import java.io.IOException;
import java.io.InputStream;

/** Answers of real servers and clients, recorded once for each release that answers differently. */
final class RecordedAnswers {
    private RecordedAnswers() {}

    static byte[] read(String name) throws IOException {
        try (InputStream file = RecordedAnswers.class.getResourceAsStream("/answers/" + name + ".json")) {
            return file.readAllBytes();
        }
    }
}
