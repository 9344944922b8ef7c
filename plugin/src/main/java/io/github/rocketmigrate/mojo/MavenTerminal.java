package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.Terminal;
import java.util.function.UnaryOperator;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.shared.utils.logging.MessageUtils;

/** Maven's own output: coloured when Maven is, and never where {@code NO_COLOR} is set. */
final class MavenTerminal implements Terminal {
    private final Log log;
    private final boolean plain;

    MavenTerminal(Log log) {
        this.log = log;
        String noColor = System.getenv("NO_COLOR");
        this.plain = noColor != null && !noColor.isEmpty();
    }

    @Override
    public void line(String text) {
        log.info(text);
    }

    @Override
    public void warning(String text) {
        log.warn(text);
    }

    @Override
    public void error(String text) {
        log.error(text);
    }

    @Override
    public String bad(String text) {
        return styled(text, it -> MessageUtils.buffer().failure(it).build());
    }

    @Override
    public String doubtful(String text) {
        return styled(text, it -> MessageUtils.buffer().warning(it).build());
    }

    @Override
    public String strong(String text) {
        return styled(text, it -> MessageUtils.buffer().strong(it).build());
    }

    @Override
    public String good(String text) {
        return styled(text, it -> MessageUtils.buffer().success(it).build());
    }

    private String styled(String text, UnaryOperator<String> style) {
        return plain ? text : style.apply(text);
    }
}
