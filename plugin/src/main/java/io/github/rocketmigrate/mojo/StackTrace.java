package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.text.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.maven.plugin.logging.Log;

/** Prints the cause of a message with {@code -X}. Maven's own printing would not clean the words of servers in it. */
final class StackTrace {
    private static final String INDENT = "    ";

    private StackTrace() {}

    static void print(Log log, Throwable failure) {
        if (!log.isDebugEnabled()) {
            return;
        }
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        text.toString()
                .lines()
                .map(line -> line.replace("\t", INDENT))
                .map(Printable::of)
                .forEach(log::debug);
    }
}
