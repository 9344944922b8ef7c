package io.github.rocketmigrate.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.rocketmigrate.text.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The page that a CI server shows for a build, such as GitHub's step summary. Every goal adds to it. */
final class StepSummary {
    private StepSummary() {}

    static void append(Path page, String text) throws IOException {
        Files.writeString(page, Printable.lines(text), UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
