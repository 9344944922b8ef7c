package io.github.rocketmigrate.mojo;

import io.github.rocketmigrate.report.Terminal;
import io.github.rocketmigrate.text.Printable;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.shared.utils.logging.MessageBuilder;
import org.apache.maven.shared.utils.logging.MessageUtils;

/** Prints to Maven's log, in color if Maven uses color and {@code NO_COLOR} is not set. */
final class MavenTerminal implements Terminal {
    /** Replacements for characters that an ASCII terminal cannot show. */
    private static final Map<String, String> PLAIN_SIGNS =
            Map.of("→", "->", "–", "-", "…", "...", "×", "x", "·", "-", "✓", "+", "■", "#", "□", ".");

    private static final String DIM = "\u001B[2m";
    private static final String UNDIM = "\u001B[22m";

    private static final int LEVEL = "[INFO] ".length();

    private final Log log;
    /** The width of the terminal, or 0 until it is needed: to find it can start a process. */
    private int columns;

    private final Supplier<MessageBuilder> colors;
    private final boolean plain;
    private final boolean ascii;
    /** Whether ordinary lines are errors: Maven's {@code -q} shows nothing else. */
    private final boolean raised;

    MavenTerminal(Log log) {
        this(log, System.getenv("NO_COLOR"), MessageUtils::buffer);
    }

    /**
     * Prints in the colors of Maven.
     *
     * @param noColor the value of {@code NO_COLOR}, or null
     * @param colors a new text in Maven's colors, or without any if Maven uses none
     */
    MavenTerminal(Log log, String noColor, Supplier<MessageBuilder> colors) {
        this(log, noColor, colors, false);
    }

    private MavenTerminal(Log log, String noColor, Supplier<MessageBuilder> colors, boolean raised) {
        this.raised = raised;
        this.log = log;
        this.colors = colors;
        this.plain = noColor != null && !noColor.isEmpty();
        this.ascii = !shows("→");
    }

    /** Prints ordinary lines as errors. */
    static MavenTerminal ofErrors(Log log) {
        return new MavenTerminal(log, System.getenv("NO_COLOR"), MessageUtils::buffer, true);
    }

    /** Maven begins each line with its level. */
    @Override
    public int width() {
        if (columns == 0) {
            columns = TerminalSize.columns(System.getenv("COLUMNS"), MessageUtils.isColorEnabled());
        }
        return columns - LEVEL - (raised ? GoalMojo.LONGER_LEVEL : 0);
    }

    @Override
    public void line(String text) {
        if (raised) {
            log.error(spelled(text));
        } else {
            log.info(spelled(text));
        }
    }

    @Override
    public void warning(String text) {
        log.warn(spelled(text));
    }

    @Override
    public void error(String text) {
        log.error(spelled(text));
    }

    @Override
    public String bad(String text) {
        return styled(text, it -> colors.get().failure(it).build());
    }

    @Override
    public String doubtful(String text) {
        return styled(text, it -> colors.get().warning(it).build());
    }

    @Override
    public String strong(String text) {
        return styled(text, it -> colors.get().strong(it).build());
    }

    @Override
    public String good(String text) {
        return styled(text, it -> colors.get().success(it).build());
    }

    @Override
    public String dim(String text) {
        // Maven has no style for it.
        return MessageUtils.isColorEnabled() ? styled(text, it -> DIM + it + UNDIM) : text;
    }

    private String styled(String text, UnaryOperator<String> style) {
        return plain ? text : style.apply(text);
    }

    /** The text without signs that the output cannot encode, and without characters that would control the terminal. */
    String spelled(String text) {
        String shown = Printable.styled(text);
        if (ascii) {
            for (Map.Entry<String, String> sign : PLAIN_SIGNS.entrySet()) {
                shown = shown.replace(sign.getKey(), sign.getValue());
            }
        }
        return shown;
    }

    /** Whether the standard output can encode a sign. In the locale {@code C}, it is limited to ASCII. */
    private static boolean shows(String sign) {
        String encoding = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        Charset charset = encoding != null && Charset.isSupported(encoding)
                ? Charset.forName(encoding)
                : Charset.defaultCharset();
        return charset.newEncoder().canEncode(sign);
    }
}
