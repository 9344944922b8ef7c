package io.github.rocketmigrate.mojo;

import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.Log;

/**
 * Prints which goal begins where Maven does not: with {@code -q}, and a log level that shows the lines of this plugin only,
 * as in the quickstart.
 */
final class QuietHeading {
    private final MavenSession session;
    private final Log log;

    QuietHeading(MavenSession session, Log log) {
        this.session = session;
        this.log = log;
    }

    void print(MojoExecution execution) {
        if (log.isInfoEnabled() && isQuiet()) {
            log.info("");
            log.info("--- migrate:" + execution.getGoal() + " (" + execution.getExecutionId() + ") ---");
        }
    }

    private boolean isQuiet() {
        return session.getRequest().getLoggingLevel() == MavenExecutionRequest.LOGGING_LEVEL_ERROR;
    }
}
