package io.github.rocketmigrate.report;

import io.github.rocketmigrate.text.HelpPages;
import io.github.rocketmigrate.text.Printable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps text of others from becoming Markdown, HTML or a name that notifies a person. */
final class MarkdownText {
    /** Nothing in it is Markdown where a link is recognized, and a backslash in it would lead to no page. */
    private static final Pattern HELP_ADDRESS =
            Pattern.compile(Pattern.quote(HelpPages.SITE) + "[\\w/-]+(\\.\\w+)?(#[\\w-]+)?");

    /**
     * What a code span keeps together: a parameter, which a browser breaks behind its hyphen, and what a site may take for
     * the name of a person to notify.
     */
    private static final Pattern KEPT =
            Pattern.compile("-Dmigrate\\.[A-Za-z.]*[A-Za-z](=[\\w.-]*\\w)?|[^\\s,;()]*@[^\\s,;()]*[^\\s,;().:]|@");

    private MarkdownText() {}

    static String code(String text) {
        return "`" + Printable.of(text).replace("`", "'").replace("|", "\\|") + "`";
    }

    /** Escapes Markdown and HTML, and names that would notify a person; an address of the help stays a link. */
    static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        String clean = Printable.of(text);
        Matcher address = HELP_ADDRESS.matcher(clean);
        int end = 0;
        while (address.find()) {
            escape(clean.substring(end, address.start()), escaped);
            escaped.append(address.group());
            end = address.end();
        }
        escape(clean.substring(end), escaped);
        return escaped.toString();
    }

    /** In a code span, an ID such as {@code 10.0.0.9@mailer} names nobody, and is copied as it is. */
    private static void escape(String text, StringBuilder escaped) {
        Matcher kept = KEPT.matcher(text);
        int end = 0;
        while (kept.find()) {
            escapeSigns(text.substring(end, kept.start()), escaped);
            escaped.append(code(kept.group()));
            end = kept.end();
        }
        escapeSigns(text.substring(end), escaped);
    }

    private static void escapeSigns(String text, StringBuilder escaped) {
        text.chars().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '\\', '`', '*', '_', '|', '[', ']', '#', '~' ->
                    escaped.append('\\').append((char) c);
                default -> escaped.append((char) c);
            }
        });
    }
}
